import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { prepared } from '../../db/prepared.js';
import { findingCounts, findingScope } from '../../db/schema/index.js';
import type { Counted } from './totals.js';

/** The counts of a person's scope, findings (件) or parts (项): a few hundred kept rows for one unit; summed from the rows for several. */
export async function countsOf(reader: Reader, unitIds: readonly number[], isPart: boolean): Promise<readonly Counted[]> {
  const [only] = unitIds;
  if (only === undefined) return [];
  if (unitIds.length === 1) {
    return keptCounts(reader).all({ unitId: only, isPart: isPart ? 1 : 0 });
  }
  const distinct = reader.selectDistinct({ id: findingScope.findingId, stage: findingScope.stage, adopted: findingScope.adopted, listedOn: findingScope.listedOn, paused: findingScope.paused, dueOn: findingScope.dueOn })
    .from(findingScope).where(and(inArray(findingScope.unitId, [...unitIds]), eq(findingScope.isPart, isPart))).as('scoped');
  const listed = sql<number>`${distinct.listedOn} is not null`;
  const rows = await reader.select({ stage: distinct.stage, adopted: distinct.adopted, listed, paused: distinct.paused, dueOn: distinct.dueOn, amount: sql<number>`count(*)` })
    .from(distinct).groupBy(distinct.stage, distinct.adopted, listed, distinct.paused, distinct.dueOn);
  return rows.map((row) => ({ ...row, listed: row.listed === 1, dueOn: row.dueOn ?? '' }));
}

const keptCounts = prepared((reader) => {
  const { stage, adopted, listed, paused, dueOn, amount } = findingCounts;
  return reader.select({ stage, adopted, listed, paused, dueOn, amount }).from(findingCounts)
    .where(and(eq(findingCounts.unitId, sql.placeholder('unitId')), sql`${findingCounts.isPart} = ${sql.placeholder('isPart')}`, sql`${amount} > 0`)).prepare();
});
