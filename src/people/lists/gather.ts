import type { Refusal } from '../../../workflows/types.js';
import type { UnitTree } from '../../organisation/tree.js';
import { isSame, type HeldPost, type PostForm } from '../posts.js';
import { usernameKey } from '../queries.js';
import { administersPerson, administersPost, type AdministrationScope } from '../scope.js';
import { addingFaults, changingFaults, type By } from '../writes.js';
import { nameKey, type Known } from './known.js';
import type { ParsedRow } from './parsed.js';

/** Somebody whom rows of the list mean: new, or there already. Several rows give one person several posts, as one form would. */
export interface Draft {
  readonly existing: Known | null;
  /** the posts within the scope. */
  readonly held: readonly HeldPost[];
  readonly name: string;
  /** '' until one is proposed. */
  username: string;
  phone: string;
  /** where they were found first. */
  readonly place: string;
  wanted: readonly { readonly post: PostForm; readonly row: number }[];
}

export type Outcome = 'new' | 'more' | 'already' | 'faulty';
export interface Placed {
  readonly outcome: Outcome;
  readonly draft: Draft | null;
  readonly faults: readonly Refusal[];
}

export interface World {
  readonly by: By;
  readonly scope: AdministrationScope;
  readonly tree: UnitTree;
  readonly today: string;
  readonly known: readonly Known[];
}

/** The same with what is asked for each of two thousand rows looked up. */
interface Gathering extends World {
  readonly there: ReadonlyMap<string, readonly Known[]>;
  readonly thereByUsername: ReadonlyMap<string, Known>;
  readonly drafts: Map<string, Draft[]>;
  readonly draftsByUsername: Map<string, Draft>;
}

/** Takes the rows one after the other: whom each means, what it would add, and what stands in the way, by the same rules as the form for one person. Those with a user name come first. */
export function gatherer(given: World): { readonly place: (row: ParsedRow) => Placed; readonly drafts: () => readonly Draft[] } {
  const world: Gathering = {
    ...given, there: byName(given.known), thereByUsername: new Map(given.known.map((each) => [each.person.usernameKey, each])), drafts: new Map(), draftsByUsername: new Map(),
  };
  const drafts = new Set<Draft>();
  return {
    drafts: () => [...drafts],
    place(row) {
      if (row.faults.length > 0) return faulty(...row.faults);
      const whose = row.username === '' ? byPlace(row, world) : byUsername(row, world);
      if ('rule' in whose) return faulty(whose);
      const placed = joined(row, whose, world);
      if (placed.draft && !drafts.has(placed.draft)) remember(placed.draft, row.key, world);
      if (placed.draft) drafts.add(placed.draft);
      return placed;
    },
  };
}

function byName(known: readonly Known[]): ReadonlyMap<string, readonly Known[]> {
  const there = new Map<string, Known[]>();
  for (const each of known) there.set(nameKey(each.person.name), [...(there.get(nameKey(each.person.name)) ?? []), each]);
  return there;
}

function remember(draft: Draft, key: string, { drafts, draftsByUsername }: Gathering): void {
  drafts.set(key, [...(drafts.get(key) ?? []), draft]);
  if (draft.username !== '') draftsByUsername.set(usernameKey(draft.username), draft);
}

function byUsername(row: ParsedRow, world: Gathering): Draft | Refusal {
  const key = usernameKey(row.username);
  const drafted = world.draftsByUsername.get(key);
  if (drafted) return nameKey(drafted.name) === row.key ? drafted : fault('usernameTwice', { username: row.username }, 'username');
  const there = world.thereByUsername.get(key);
  if (there) return nameKey(there.person.name) === row.key && outOfReach(there, world) === null ? draftOf(there, world) : { rule: 'people.taken', kind: 'input', params: { username: row.username }, field: 'username' };
  const [other] = knownAt(row, world);
  if (other) return outOfReach(other, world) ?? fault('otherUsername', { username: other.person.username }, 'username');
  return fresh(row);
}

function byPlace(row: ParsedRow, world: Gathering): Draft | Refusal {
  const drafted = (world.drafts.get(row.key) ?? []).filter((each) => unitsOf(each).includes(row.unit?.id ?? 0));
  const known = knownAt(row, world).filter((each) => !drafted.some(({ existing }) => existing?.person.id === each.person.id));
  if (drafted.length + known.length > 1) return fault('several', { usernames: [...drafted.map(({ username }) => username), ...known.map(({ person }) => person.username)].filter(Boolean).join('、') }, 'name');
  const [there] = known;
  if (there) return outOfReach(there, world) ?? draftOf(there, world);
  return drafted[0] ?? fresh(row);
}

/** The posts of a row, on top of those that its person has by the rows before it. */
function joined(row: ParsedRow, draft: Draft, { by, scope, tree, today }: World): Placed {
  const over = draft.held.find((post) => post.untilOn !== null && post.untilOn < today && row.posts.some((each) => isSame(each, post)));
  if (over) return faulty(fault('ended', { day: over.untilOn ?? '' }, 'posts'));
  const alike = draft.wanted.find(({ post }) => row.posts.some((each) => isSame(each, post)));
  if (alike) return faulty(fault('alike', { row: alike.row }, 'row'));
  if (row.phone !== '' && draft.phone !== '' && row.phone !== draft.phone && !draft.existing) return faulty(fault('phones', {}, 'phone'));
  const added = row.posts.filter((each) => !draft.held.some((post) => isSame(post, each)));
  if (added.length === 0) return { outcome: 'already', draft, faults: [] };
  const posts = [...postsOf(draft), ...added];
  const faults = draft.existing ? changingFaults(by, draft.existing.person.id, { posts }, draft.held, scope, tree) : addingFaults({ posts }, scope, tree);
  if (faults.length > 0) return faulty(...faults.map((each) => inList(each, row, tree)));
  const outcome = draft.existing || draft.wanted.length > 0 ? 'more' : 'new';
  draft.wanted = [...draft.wanted, ...added.map((post) => ({ post, row: row.row.row }))];
  draft.phone ||= row.phone;
  return { outcome, draft, faults: [] };
}

/** All posts that somebody would have: those held, as a form sends them, and those of the list. */
export function postsOf({ held, wanted }: Draft): readonly PostForm[] {
  return [...held.map(({ role, unitId, kind, untilOn }) => ({ role, unitId, kind, untilOn })), ...wanted.map(({ post }) => post)];
}

function draftOf(known: Known, { scope }: World): Draft {
  const { person, posts } = known;
  return { existing: known, held: posts.filter((post) => administersPost(scope, post)), name: person.name, username: person.username, phone: person.phone ?? '', place: '', wanted: [] };
}

function fresh({ name, username, unit }: ParsedRow): Draft {
  return { existing: null, held: [], name, username, phone: '', place: unit?.shortName ?? '', wanted: [] };
}

function unitsOf({ existing, wanted }: Draft): readonly number[] {
  return [...(existing?.posts ?? []), ...wanted.map(({ post }) => post)].map(({ unitId }) => unitId);
}

function knownAt({ key, unit }: ParsedRow, { there }: Gathering): readonly Known[] {
  return (there.get(key) ?? []).filter(({ posts }) => posts.some(({ unitId }) => unitId === unit?.id));
}

/** Whoever is there and is not this administrator's to change, or is shut out. */
function outOfReach({ person, posts }: Known, { scope, today }: World): Refusal | null {
  if (!administersPerson(scope, posts, today)) return fault('elsewhere', {}, 'name');
  return person.disabledOn === null ? null : fault('disabled', { username: person.username }, 'name');
}

/** The form counts posts, a list counts rows: what a refusal says of a post is said of the row's unit, and of the office that was most likely meant. */
function inList(refusal: Refusal, { row, unit }: ParsedRow, tree: UnitTree): Refusal {
  if (!('row' in refusal.params)) return refusal;
  return { ...refusal, rule: refusal.rule.replace('people.', 'people.list.'), params: { unit: row.unit, ...(refusal.rule === 'people.officeOnly' ? { office: unit ? tree.officeFor(unit.id)?.name ?? '' : '' } : {}) } };
}

function faulty(...faults: readonly Refusal[]): Placed {
  return { outcome: 'faulty', draft: null, faults };
}

function fault(rule: string, params: Refusal['params'], field: string): Refusal {
  return { rule: `people.list.${rule}`, kind: 'input', params, field };
}
