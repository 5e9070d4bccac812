import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { batchRows, findings, waiting } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import { waitsFor } from '../findings/turns.js';
import { mayTogether, togetherEvents } from '../ledger-pages/verbs.js';
import type { Words } from '../words.js';

/** What those that were done wait for now, as far as this person may do it to many: 认定属实 leads on to 交办 of just these. */
export async function stepsAfter(house: House, person: Person, batchId: string, t: Words): Promise<readonly { readonly href: string; readonly label: string }[]> {
  const { event, role, unitId, personId } = waiting;
  const tree = await house.tree();
  const now = await house.db.reader.select({ event, role, unitId, personId, amount: count() }).from(batchRows).innerJoin(findings, eq(findings.number, numberNow)).innerJoin(waiting, eq(waiting.findingId, findings.id))
    .where(and(eq(batchRows.batchId, batchId), eq(batchRows.outcome, 'done'))).groupBy(event, role, unitId, personId);
  const mine = now.filter((each) => waitsFor(each, person, tree));
  return togetherEvents.filter((definition) => definition.weight === 'main' && mayTogether(person, definition)).flatMap(({ type, resource }) => {
    const amount = mine.filter((each) => each.event === type).reduce((sum, each) => sum + each.amount, 0);
    return amount === 0 ? [] : [{ href: `/findings/${resource ?? ''}?after=${batchId}`, label: t('batch.after', { verb: t(`event.${type}`), count: amount }) }];
  });
}

/** The rows of a batch that were done and wait for this now, in its order, by the numbers they go by now. By the plus SQLite looks up each finding, and not all that waits for this once for every row (414 ms for 500 rows). */
export async function doneAndWaiting(reader: Reader, batchId: string, event: string, most: number): Promise<readonly string[]> {
  const rows = await reader.selectDistinct({ number: findings.number, ordinal: batchRows.ordinal }).from(batchRows).innerJoin(findings, eq(findings.number, numberNow)).innerJoin(waiting, and(eq(waiting.findingId, findings.id), sql`+${waiting.event} = ${event}`))
    .where(and(eq(batchRows.batchId, batchId), eq(batchRows.outcome, 'done'))).orderBy(asc(batchRows.ordinal)).limit(most);
  return rows.map(({ number }) => number);
}

const numberNow = sql`coalesce(${batchRows.became}, ${batchRows.number})`;
