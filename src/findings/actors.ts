import type { Actor, Relation } from '../../workflows/actor.js';
import type { FindingContext } from '../../workflows/finding.js';
import type { Person, Post } from '../context.js';
import { unitsOf } from '../ledger/project.js';
import type { UnitTree } from '../organisation/tree.js';

/** A person, and where it is not just by their posts that they belong, by which they do. */
export type Somebody = Pick<Person, 'id' | 'name' | 'posts'> & { readonly bound?: readonly Post[] };

/** A person's posts as actors towards one finding, in the order of their posts. */
export function actorsOf(person: Somebody, context: FindingContext, tree: UnitTree): readonly Actor[] {
  const units = unitsOf(context);
  // Whoever has a part of it to put right belongs to the whole.
  const parts = context.parts.map(({ unitId }) => ({ unitId, relation: 'responsible' as const }));
  const belongs = [...new Set((person.bound ?? person.posts).flatMap((post) => belongingOf(post.unitId, [...units, ...parts], tree)))];
  return person.posts.map((post) => ({
    personId: person.id, name: person.name, role: post.role, unitId: post.unitId, unitName: tree.unit(post.unitId)?.name ?? '',
    relations: relationsOf(post, context, units, tree), belongs,
  }));
}

/** The engine, when a timer is due or another finding's event decides. */
export const system: Actor = Object.freeze({ personId: 0, name: '系统', role: 'system', unitId: 0, unitName: '', relations: [], belongs: [] });

function relationsOf(post: Post, context: FindingContext, units: ReturnType<typeof unitsOf>, tree: UnitTree): readonly Relation[] {
  // A county's office acts for its county where the county leads; the office that decides stays apart from both.
  const own = post.role === 'office' ? tree.jurisdictionOf(post.unitId) : post.unitId;
  const direct = units.filter((unit) => unit.unitId === post.unitId || (unit.unitId === own && unit.relation !== 'host')).map((unit) => unit.relation);
  const overseen = tree.within(tree.jurisdictionOf(context.hostOfficeId), tree.jurisdictionOf(post.unitId));
  return overseen && overseers.includes(post.role) ? [...direct, 'jurisdiction'] : direct;
}

const overseers: readonly Post['role'][] = ['office', 'inspector', 'leader'];

/**
 * "Of their own unit": the unit itself, one below it, or one above it. Offices and inspection teams look after their parent without
 * belonging to what it leads; a team of a county still belongs to the county.
 */
function belongingOf(unitId: number, units: ReturnType<typeof unitsOf>, tree: UnitTree): readonly Relation[] {
  if (isRoot(unitId, tree)) return [];
  return units.filter((unit) => unit.relation !== 'host' && !isRoot(unit.unitId, tree) && (tree.within(unitId, unit.unitId) || tree.within(unit.unitId, unitId))).map((unit) => unit.relation);
}

/** The city itself stands above everybody; belonging to it excludes nobody. */
function isRoot(unitId: number, tree: UnitTree): boolean {
  return tree.unit(unitId)?.parentId === null;
}
