import { and, asc, count, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { batchRows, findings, waiting } from '../../db/schema/index.js';
import { current } from '../../workflows/registry.js';
import { everyPlace } from '../../workflows/snapshot.js';
import type { House, Person } from '../context.js';
import { waitsFor } from '../findings/turns.js';
import { mayTogether, togetherEvents } from '../ledger-pages/verbs.js';
import type { Words } from '../words.js';

/** What those that were done wait for first now, as far as this person may do it to many: 认定属实 leads on to 交办 of just these. */
export async function stepsAfter(house: House, person: Person, batchId: string, t: Words): Promise<readonly { readonly href: string; readonly label: string }[]> {
  const { event, role, unitId, personId } = waiting;
  const tree = await house.tree();
  const now = await house.db.reader.select({ event, role, unitId, personId, amount: count() }).from(batchRows).innerJoin(findings, eq(findings.number, numberNow)).innerJoin(waiting, eq(waiting.findingId, findings.id))
    .where(and(eq(batchRows.batchId, batchId), eq(batchRows.outcome, 'done'), eq(waiting.ordinal, 0))).groupBy(event, role, unitId, personId);
  const mine = now.filter((each) => waitsFor(each, person, tree));
  return togetherEvents.filter((definition) => definition.weight === 'main' && mayTogether(person, definition)).flatMap(({ type, resource }) => {
    const amount = mine.filter((each) => each.event === type).reduce((sum, each) => sum + each.amount, 0);
    return amount === 0 ? [] : [{ href: `/findings/${resource ?? ''}?after=${batchId}`, label: t('batch.after', { verb: t(`event.${type}`), count: amount }) }];
  });
}

/** What of a batch can be taken back still, all in one go: those that stand where the event that undoes it is known. */
export async function wayBack(house: House, person: Person, batch: { readonly id: string; readonly event: string }, t: Words): Promise<readonly { readonly href: string; readonly label: string }[]> {
  const undo = togetherEvents.find(({ type }) => type === current.events[batch.event]?.undoneBy);
  if (!undo || !mayTogether(person, undo)) return [];
  const [{ amount } = { amount: 0 }] = await house.db.reader.select({ amount: count() }).from(batchRows).innerJoin(findings, eq(findings.number, numberNow)).where(standing(batch.id, undo.type));
  return amount === 0 ? [] : [{ href: `/findings/${undo.resource ?? ''}?done=${batch.id}`, label: t('batch.undo', { verb: t(`event.${undo.type}`), count: amount }) }];
}

/** The rows of a batch that were done and stand where this may be done to them, in its order. */
export async function doneAndStanding(reader: Reader, batchId: string, event: string, most: number): Promise<readonly string[]> {
  const rows = await reader.select({ number: findings.number }).from(batchRows).innerJoin(findings, eq(findings.number, numberNow)).where(standing(batchId, event)).orderBy(asc(batchRows.ordinal)).limit(most);
  return rows.map(({ number }) => number);
}

/** Done in the batch, and where this event is known. */
function standing(batchId: string, event: string): SQL | undefined {
  const states = everyPlace(current.machine).filter(({ conditions }) => conditions.has(event)).map(({ path }) => path);
  return and(eq(batchRows.batchId, batchId), eq(batchRows.outcome, 'done'), inArray(findings.state, states));
}

/** The rows of a batch that were done and wait for this now, in its order, by the numbers they go by now. By the plus SQLite looks up each finding, and not all that waits for this once for every row (414 ms for 500 rows). */
export async function doneAndWaiting(reader: Reader, batchId: string, event: string, most: number): Promise<readonly string[]> {
  const rows = await reader.selectDistinct({ number: findings.number, ordinal: batchRows.ordinal }).from(batchRows).innerJoin(findings, eq(findings.number, numberNow)).innerJoin(waiting, and(eq(waiting.findingId, findings.id), sql`+${waiting.event} = ${event}`))
    .where(and(eq(batchRows.batchId, batchId), eq(batchRows.outcome, 'done'))).orderBy(asc(batchRows.ordinal)).limit(most);
  return rows.map(({ number }) => number);
}

const numberNow = sql`coalesce(${batchRows.became}, ${batchRows.number})`;
