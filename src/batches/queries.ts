import { and, asc, count, eq, gte, inArray, lt, notInArray, sql } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { batches, batchRows } from '../../db/schema/index.js';

export type BatchRecord = typeof batches.$inferSelect;
export type BatchRow = typeof batchRows.$inferSelect;

/** A batch of this person's own: nobody else's is there for them. */
export async function batchOf(reader: Reader, id: string, personId: number): Promise<BatchRecord | null> {
  const [found] = await reader.select().from(batches).where(and(eq(batches.id, id), eq(batches.personId, personId)));
  return found ?? null;
}

/** The batch that a worker takes up next, none of those that rest: in turn, the oldest first, and the one that just had a piece last; a county's five do not wait for a city's twenty thousand. */
export async function nextBatch(reader: Reader, last: string | null, resting: readonly string[]): Promise<BatchRecord | null> {
  const [found] = await reader.select().from(batches).where(and(inArray(batches.state, ['previewing', 'running']), notInArray(batches.id, [...resting]))).orderBy(asc(sql`${batches.id} = ${last ?? ''}`), asc(batches.createdAt)).limit(1);
  return found ?? null;
}

/** A piece of a batch, in order. */
export async function rowsFrom(reader: Reader, batchId: string, from: number, most: number): Promise<readonly BatchRow[]> {
  return reader.select().from(batchRows).where(and(eq(batchRows.batchId, batchId), gte(batchRows.ordinal, from), lt(batchRows.ordinal, from + most))).orderBy(asc(batchRows.ordinal));
}

/** What cannot or could not be done. */
export const refusedOutcomes: readonly BatchRow['outcome'][] = Object.freeze(['cannot', 'refused']);

/** Rows of which this became, in order, `from` an ordinal on. */
export async function rowsThat(reader: Reader, batchId: string, outcomes: readonly BatchRow['outcome'][], from: number, most: number): Promise<readonly BatchRow[]> {
  return reader.select().from(batchRows).where(and(eq(batchRows.batchId, batchId), inArray(batchRows.outcome, [...outcomes]), gte(batchRows.ordinal, from))).orderBy(asc(batchRows.ordinal)).limit(most);
}

/** How many rows fall to each unit, by what becomes of them. */
export async function unitsOf(reader: Reader, batchId: string): Promise<readonly { readonly unitId: number | null; readonly outcome: BatchRow['outcome']; readonly amount: number }[]> {
  return reader.select({ unitId: batchRows.unitId, outcome: batchRows.outcome, amount: count() }).from(batchRows).where(eq(batchRows.batchId, batchId)).groupBy(batchRows.outcome, batchRows.unitId);
}
