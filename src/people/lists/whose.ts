import type { Refusal } from '../../../workflows/types.js';
import type { UnitTree } from '../../organisation/tree.js';
import { nameKey } from '../names.js';
import type { HeldPost, PostForm } from '../posts.js';
import { usernameKey } from '../queries.js';
import { administersPerson, administersPost, type AdministrationScope } from '../scope.js';
import type { By } from '../writes.js';
import type { Known } from './known.js';
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

export interface World {
  readonly by: By;
  readonly scope: AdministrationScope;
  readonly tree: UnitTree;
  readonly today: string;
  readonly known: readonly Known[];
}

/** The same with what is asked for each of two thousand rows looked up. */
export interface Gathering extends World {
  readonly there: ReadonlyMap<string, readonly Known[]>;
  readonly thereByUsername: ReadonlyMap<string, Known>;
  readonly drafts: Map<string, Draft[]>;
  readonly draftsByUsername: Map<string, Draft>;
}

export function gathering(world: World): Gathering {
  return { ...world, there: byName(world.known), thereByUsername: new Map(world.known.map((each) => [each.person.usernameKey, each])), drafts: new Map(), draftsByUsername: new Map() };
}

/** Whom a row means: by its user name, else by name and unit; somebody of the rows before it, somebody who is there, or somebody new. */
export function whose(row: ParsedRow, world: Gathering): Draft | Refusal {
  return row.username === '' ? byPlace(row, world) : byUsername(row, world);
}

/** So that later rows find them. */
export function remember(draft: Draft, key: string, { drafts, draftsByUsername }: Gathering): void {
  drafts.set(key, [...(drafts.get(key) ?? []), draft]);
  if (draft.username !== '') draftsByUsername.set(usernameKey(draft.username), draft);
}

function byName(known: readonly Known[]): ReadonlyMap<string, readonly Known[]> {
  const there = new Map<string, Known[]>();
  for (const each of known) there.set(nameKey(each.person.name), [...(there.get(nameKey(each.person.name)) ?? []), each]);
  return there;
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

export function fault(rule: string, params: Refusal['params'], field: string): Refusal {
  return { rule: `people.list.${rule}`, kind: 'input', params, field };
}
