import type { Person, Post } from '../context.js';
import type { UnitTree } from '../organisation/tree.js';

/** Who looks after a jurisdiction sees what was drawn in it. */
const looking: readonly Post['role'][] = ['office', 'inspector', 'leader'];
/** Who checks, or answers for the checking, draws. A leader reads. */
const drawing: readonly Post['role'][] = ['office', 'inspector'];

/** Every unit in which a sample that this person sees may have been drawn: their jurisdictions and those below. */
export function unitsInSight({ posts }: Pick<Person, 'posts'>, tree: UnitTree): readonly number[] {
  const own = posts.filter(({ role }) => looking.includes(role)).map(({ unitId }) => tree.jurisdictionOf(unitId));
  return [...new Set(own.flatMap((id) => tree.subtree(id).map((unit) => unit.id)))];
}

/** The jurisdictions in which this person draws. */
export function drawsIn({ posts }: Pick<Person, 'posts'>, tree: UnitTree): readonly number[] {
  return [...new Set(posts.filter(({ role }) => drawing.includes(role)).map(({ unitId }) => tree.jurisdictionOf(unitId)))];
}

export function seesSamples({ posts }: Pick<Person, 'posts'>): boolean {
  return posts.some(({ role }) => looking.includes(role));
}

export function isInspector({ posts }: Pick<Person, 'posts'>): boolean {
  return posts.some(({ role }) => role === 'inspector');
}
