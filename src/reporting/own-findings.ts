import { and, eq, sql, type SQL } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import type { Reader } from '../../db/database.js';
import { findingScope } from '../../db/schema/index.js';
import { owingStages } from './dues.js';

/** Written as the index is: with any other literal the index would not serve. */
const dueOrder = sql<string>`coalesce(${findingScope.dueOn}, '9999-12-31')`;

/**
 * Ids of what these units themselves put right now, alone or beside others, the earliest deadline first; `only` those, where it is no null. What lies with units below them is
 * left out by the database: a county whose townships led the 201 earliest saw nothing of its own.
 */
export async function ownFindings(reader: Reader, unitIds: readonly number[], only: readonly number[] | null): Promise<readonly number[]> {
  const query = ownFindingsQuery(reader, unitIds, only);
  // Seen through two of the units it is there twice.
  return query ? [...new Set((await query).map(({ id }) => id))] : [];
}

/** A range of an index for each unit, kind and stage, merged in their order: nothing is sorted. Null without a unit. */
export function ownFindingsQuery(reader: Reader, unitIds: readonly number[], only: readonly number[] | null) {
  const { findingId, unitId, isPart, stage, number } = findingScope;
  // In words of SQL: in a select of one table drizzle would leave out which table a column is of.
  const own = sql`exists (select 1 from finding_units u where u.finding_id = finding_scope.finding_id and u.unit_id = finding_scope.unit_id and u.relation in ('lead', 'responsible', 'supporting'))`;
  const wanted = and(own, only === null ? undefined : sql`${findingId} in (select value from json_each(${asList(only)}))`);
  const ranges = unitIds.flatMap((each) => [false, true].flatMap((part) => owingStages.map((one) => and(eq(unitId, each), eq(isPart, part), eq(stage, one), wanted))));
  const rows = (condition: SQL | undefined) => reader.select({ id: findingId, value: dueOrder.as('value'), number }).from(findingScope).where(condition).$dynamic();
  const [first, ...others] = ranges;
  return first === undefined ? null : others.reduce((merged, condition) => merged.unionAll(rows(condition)), rows(first)).orderBy(sql`value`, sql`number`);
}
