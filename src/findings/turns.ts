import type { Waiting } from '../../workflows/types.js';
import { current } from '../../workflows/registry.js';
import { everyPlace } from '../../workflows/snapshot.js';
import type { Person } from '../context.js';
import type { UnitTree } from '../organisation/tree.js';

type Post = Person['posts'][number];

/** Where it is somebody's turn: at which unit, for which role; for these events alone, or for any. */
export interface Turn {
  readonly unitId: number;
  readonly role: Post['role'];
  readonly events: ReadonlySet<string> | null;
}

/** Where it is this person's turn, each once. */
export function turnsOf({ posts }: Pick<Person, 'posts'>, tree: UnitTree): readonly Turn[] {
  const own = posts.flatMap((post) => unitsOfPost(post, tree).flatMap((unitId) => rolesOf(post.role).map((role): Turn => ({ unitId, role, events: null }))));
  const all = [...posts.filter(({ role }) => role === 'office').map((post) => forCounty(post, tree)), ...own];
  return [...new Map(all.map((turn) => [`${turn.unitId} ${turn.role}`, turn])).values()];
}

/** Does it wait for this person, by name or at one of their posts? */
export function waitsFor({ event, personId, unitId, role }: Pick<Waiting, 'event' | 'personId' | 'unitId' | 'role'>, person: Pick<Person, 'id' | 'posts'>, tree: UnitTree): boolean {
  return personId === null ? turnsOf(person, tree).some((turn) => turn.unitId === unitId && turn.role === role && isOf(turn, event)) : personId === person.id;
}

/** Is the turn for this event? */
export function isOf({ events }: Turn, event: string): boolean {
  return events === null || events.has(event);
}

/** What a county was asked to check its office may answer, too: it waits for both. */
function forCounty(post: Post, tree: UnitTree): Turn {
  return { unitId: tree.jurisdictionOf(post.unitId), role: 'handler', events: ofOfficesToo };
}

const ofOfficesToo: ReadonlySet<string> = new Set(everyPlace(current.machine).flatMap(({ conditions }) => [...conditions].filter(([, ways]) => ways.some(({ by }) => by.includes('office:checker'))).map(([event]) => event)));

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
