import { sql, type SQL } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import { people, posts } from '../../db/schema/index.js';
import type { Refusal } from '../../workflows/types.js';
import type { Person } from '../context.js';
import type { UnitTree } from '../organisation/tree.js';
import type { HeldPost, PostForm } from './posts.js';

/** What an administrator administers: the units of their posts with all below them; at the root, everything. */
export interface AdministrationScope {
  readonly whole: boolean;
  /** every unit in it. */
  readonly unitIds: ReadonlySet<number>;
}

/** The console, and whoever administers at the root. */
export const everything: AdministrationScope = Object.freeze({ whole: true, unitIds: new Set<number>() });

type Held = Pick<HeldPost, 'role' | 'unitId' | 'untilOn'>;

/** Null for whoever does not administer. An administrator at an office or a team looks after the unit above it. */
export function administrationOf(person: Pick<Person, 'posts'>, tree: UnitTree): AdministrationScope | null {
  const held = person.posts.filter(({ role }) => role === 'admin').map(({ unitId }) => tree.jurisdictionOf(unitId));
  if (held.length === 0) return null;
  return held.some((id) => tree.unit(id)?.parentId === null) ? everything : { whole: false, unitIds: new Set(held.flatMap((id) => tree.subtree(id).map((unit) => unit.id))) };
}

/** Units at which an administrator administers everything. */
export function rootUnits(tree: UnitTree): readonly number[] {
  return tree.all.filter((unit) => tree.unit(tree.jurisdictionOf(unit.id))?.parentId === null).map((unit) => unit.id);
}

/** May they give, change or take away this post? A security auditor is appointed at the root alone: whoever is watched does not choose who watches. */
export function administersPost({ whole, unitIds }: AdministrationScope, { role, unitId }: Pick<PostForm, 'role' | 'unitId'>): boolean {
  return whole || (role !== 'auditor' && unitIds.has(unitId));
}

/** Theirs is who has all their present posts in the scope; of somebody who has none any more, all that there were. Whoever has a post elsewhere, too, belongs to whoever administers both. */
export function administersPerson(scope: AdministrationScope, held: readonly Held[], today: string): boolean {
  if (scope.whole) return true;
  const present = held.filter(({ untilOn }) => untilOn === null || untilOn >= today);
  const asked = present.length > 0 ? present : held;
  return asked.length > 0 && asked.every((post) => administersPost(scope, post));
}

/** The same, as a condition of a query on people. */
export function theirPeople({ whole, unitIds }: AdministrationScope, today: string): SQL | undefined {
  if (whole) return undefined;
  const inside = sql`(${posts.role} <> 'auditor' and ${posts.unitId} in (select value from json_each(${asList([...unitIds])})))`;
  const present = sql`(${posts.untilOn} is null or ${posts.untilOn} >= ${today})`;
  const some = (condition: SQL): SQL => sql`exists (select 1 from ${posts} where ${posts.personId} = ${people.id} and ${condition})`;
  return sql`(${some(inside)} and not ${some(sql`${present} and not ${inside}`)} and (${some(present)} or not ${some(sql`not ${inside}`)}))`;
}

/** What is wrong with posts that reach beyond the scope: somebody of a county has a post there. */
export function scopeFaults(scope: AdministrationScope, wanted: readonly PostForm[]): readonly Refusal[] {
  if (scope.whole) return [];
  const outside: readonly Refusal[] = wanted.flatMap((post, index) => (administersPost(scope, post) ? [] : [{ rule: 'people.outside', kind: 'input' as const, params: { row: index + 1 }, field: 'posts' }]));
  return wanted.length > 0 ? outside : [{ rule: 'people.postNeeded', kind: 'input', params: {}, field: 'posts' }];
}
