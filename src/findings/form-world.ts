import { and, eq, inArray, isNull } from 'drizzle-orm';
import { evidence, people, posts } from '../../db/schema/index.js';
import type { FindingContext, Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { peopleQueries } from '../people/queries.js';
import type { Words } from '../words.js';
import { actorsOf } from './actors.js';
import type { FormWorld } from './fields.js';

/** Gathers what an event's form offers to choose from. */
export async function formWorld(house: House, t: Words, findingId: number | null, context: FindingContext, typed: unknown, refusals: readonly Refusal[]): Promise<FormWorld> {
  const tree = await house.tree();
  const units = tree.all.filter((unit) => unit.disabledOn === null && unit.kind !== 'team').toSorted((one, other) => comparePaths(one.path, other.path));
  const lead = context.leadUnitId;
  const files = findingId === null ? [] : await house.db.reader.select({ id: evidence.id, name: evidence.name }).from(evidence).where(eq(evidence.findingId, findingId)).limit(100);
  return {
    t, context, units, typed, refusals, evidence: files,
    owners: units.filter((unit) => (lead !== null && tree.within(unit.id, lead)) || context.supportingUnitIds.includes(unit.id)),
    inspectors: (await principals(house, context, ['inspector'])).map((person) => ({ id: person.id, name: person.name, unit: tree.unit(person.posts.find((post) => post.role === 'inspector')?.unitId ?? 0)?.name ?? '' })),
  };
}

/** People for whom a decision on this finding may be entered, or who may be sent to it: by role, and standing to the finding as the role must. */
export async function principals(house: House, context: FindingContext, roles: readonly ('inspector' | 'leader' | 'head' | 'sector' | 'office')[]): Promise<readonly Person[]> {
  const tree = await house.tree();
  const rows = await house.db.reader.selectDistinct({ id: people.id }).from(posts).innerJoin(people, eq(people.id, posts.personId)).where(and(inArray(posts.role, [...roles]), isNull(people.disabledOn))).limit(500);
  const found = await Promise.all(rows.map(({ id }) => peopleQueries(house.db.reader).person(id, house.clock.today())));
  return found.filter((person): person is Person => person !== null && actorsOf(person, context, tree).some((actor) => roles.some((role) => role === actor.role) && actor.relations.length > 0));
}

function comparePaths(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((id, at) => id !== other[at]);
  return index < 0 ? one.length - other.length : (one[index] ?? 0) - (other[index] ?? -1);
}
