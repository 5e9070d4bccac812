import type { Refusal } from '../../../workflows/types.js';
import type { UnitTree } from '../../organisation/tree.js';
import { isSame, type PostForm } from '../posts.js';
import { addingFaults, changingFaults } from '../writes.js';
import type { ParsedRow } from './parsed.js';
import { fault, gathering, remember, whose, type Draft, type World } from './whose.js';

export type Outcome = 'new' | 'more' | 'already' | 'faulty';
export interface Placed {
  readonly outcome: Outcome;
  readonly draft: Draft | null;
  readonly faults: readonly Refusal[];
}

/** Takes the rows one after the other: whom each means, what it would add, and what stands in the way, by the same rules as the form for one person. Those with a user name come first. */
export function gatherer(given: World): { readonly place: (row: ParsedRow) => Placed; readonly drafts: () => readonly Draft[] } {
  const world = gathering(given);
  const drafts = new Set<Draft>();
  return {
    drafts: () => [...drafts],
    place(row) {
      if (row.faults.length > 0) return faulty(...row.faults);
      const draft = whose(row, world);
      if ('rule' in draft) return faulty(draft);
      const placed = joined(row, draft, world);
      if (placed.draft && !drafts.has(placed.draft)) remember(placed.draft, row.key, world);
      if (placed.draft) drafts.add(placed.draft);
      return placed;
    },
  };
}

/** The posts of a row, on top of those that its person has by the rows before it. */
function joined(row: ParsedRow, draft: Draft, { by, scope, tree, today }: World): Placed {
  const over = draft.held.find((post) => post.untilOn !== null && post.untilOn < today && row.posts.some((each) => isSame(each, post)));
  if (over) return faulty(fault('ended', { day: over.untilOn ?? '' }, 'posts'));
  const other = draft.held.find((post) => row.posts.some((each) => isSame(each, post) && each.untilOn !== null && each.untilOn !== post.untilOn));
  if (other) return faulty(fault('dates', { day: other.untilOn ?? '' }, 'untilOn'));
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
  if (!draft.existing) draft.phone ||= row.phone;
  return { outcome, draft, faults: [] };
}

/** All posts that somebody would have: those held, as a form sends them, and those of the list. */
export function postsOf({ held, wanted }: Draft): readonly PostForm[] {
  return [...held.map(({ role, unitId, kind, untilOn }) => ({ role, unitId, kind, untilOn })), ...wanted.map(({ post }) => post)];
}

/** The form counts posts, a list counts rows: what a refusal says of a post is said of the row's unit, and of the office that was most likely meant. */
function inList(refusal: Refusal, { row, unit }: ParsedRow, tree: UnitTree): Refusal {
  if (!('row' in refusal.params)) return refusal;
  return { ...refusal, rule: refusal.rule.replace('people.', 'people.list.'), params: { unit: row.unit, ...(refusal.rule === 'people.officeOnly' ? { office: unit ? tree.officeFor(unit.id)?.name ?? '' : '' } : {}) } };
}

function faulty(...faults: readonly Refusal[]): Placed {
  return { outcome: 'faulty', draft: null, faults };
}
