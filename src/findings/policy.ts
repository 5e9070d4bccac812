import type { Person, Post } from '../context.js';
import type { UnitTree } from '../organisation/tree.js';

/** Roles that work on findings; administrators and security auditors see none (separation of duties). */
const seeing: readonly Post['role'][] = ['office', 'handler', 'head', 'sector', 'inspector', 'leader'];
const overseeing: readonly Post['role'][] = ['office', 'inspector', 'leader'];

/** The units through which a person sees findings: a finding is visible when it has a row in finding_scope for one of them. */
export function scopeOf(person: Pick<Person, 'posts'>, tree: UnitTree): readonly number[] {
  const all = person.posts.filter((post) => seeing.includes(post.role)).map((post) => (overseeing.includes(post.role) ? tree.jurisdictionOf(post.unitId) : post.unitId));
  const distinct = [...new Set(all)];
  return distinct.filter((id) => !distinct.some((other) => other !== id && tree.within(id, other)));
}

/** Is every finding visible through these units? Each has a row for every ancestor of its units, so it is when nothing stands outside of them. */
export function seesAll(unitIds: readonly number[], tree: UnitTree): boolean {
  return tree.all.every(({ id }) => unitIds.some((unitId) => tree.within(id, unitId)));
}

/** Does the person work on findings at all? */
export function seesFindings(person: Pick<Person, 'posts'>): boolean {
  return person.posts.some((post) => seeing.includes(post.role));
}

/** May the person list new findings and import lists? Offices do, for what they host. */
export function officePostOf(person: Pick<Person, 'posts'>): Post | null {
  return person.posts.find((post) => post.role === 'office') ?? null;
}
