import type { Waiting } from '../../workflows/types.js';
import type { Person } from '../context.js';
import type { UnitTree } from '../organisation/tree.js';

type Post = Person['posts'][number];

/** Where it is this person's turn: at which unit, for which role, each once. */
export function turnsOf({ posts }: Pick<Person, 'posts'>, tree: UnitTree): readonly { readonly unitId: number; readonly role: Post['role'] }[] {
  const all = posts.flatMap((post) => unitsOfPost(post, tree).flatMap((unitId) => rolesOf(post.role).map((role) => ({ unitId, role }))));
  return [...new Map(all.map((turn) => [`${turn.unitId} ${turn.role}`, turn])).values()];
}

/** Does it wait for this person, by name or at one of their posts? */
export function waitsFor({ personId, unitId, role }: Pick<Waiting, 'personId' | 'unitId' | 'role'>, person: Pick<Person, 'id' | 'posts'>, tree: UnitTree): boolean {
  return personId === null ? turnsOf(person, tree).some((turn) => turn.unitId === unitId && turn.role === role) : personId === person.id;
}

/** A head may do what a handler of the unit may; both see it. */
function rolesOf(role: Post['role']): Post['role'][] {
  return role === 'head' ? ['head', 'handler'] : [role];
}

/** A leader's decisions wait under the office of their jurisdiction. */
function unitsOfPost(post: Post, tree: UnitTree): readonly number[] {
  if (post.role !== 'leader') return [post.unitId];
  const jurisdiction = tree.jurisdictionOf(post.unitId);
  return tree.all.filter((unit) => unit.kind === 'office' && unit.parentId === jurisdiction).map((unit) => unit.id);
}
