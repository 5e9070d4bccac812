import { and, asc, between, desc, eq, inArray, lte, sql } from 'drizzle-orm';
import { setImmediate } from 'node:timers/promises';
import { changeset, insertRow, updateRow, type Row } from '../../db/changeset.js';
import type { Reader } from '../../db/database.js';
import { StaleError } from '../../db/errors.js';
import { findingEvents, findings, leadReports, reportingDues, reportingPeriods } from '../../db/schema/index.js';
import { definitionOf } from '../../workflows/registry.js';
import { replay, stagePath } from '../../workflows/step.js';
import { later } from '../clock.js';
import type { House } from '../context.js';
import { commitRecorded } from '../ledger/stream.js';
import { eventOf } from '../ledger/record.js';
import { closedFacts } from './closed-facts.js';
import { owingStages } from './dues.js';
import type { Period } from './periods.js';
import { unclosedPeriods } from './period-queries.js';

/** Minutes. What was sent before the cut-off may be written a moment behind it. */
const grace = 1;
const page = 500;

type Due = Omit<typeof reportingDues.$inferSelect, 'periodId'>;

/**
 * Writes down what was owed at every cut-off that has passed, once for each period however often and by how many processes it is asked, and as it stood at the cut-off however
 * late. Answers how many were closed.
 */
export async function closePeriods(house: House): Promise<number> {
  let done = 0;
  for (const period of await unclosedPeriods(house.db.reader, later(house.clock.occurring(), -grace))) if (await closed(house, period)) done += 1;
  return done;
}

async function closed(house: House, period: Period): Promise<boolean> {
  const dues = await duesAt(house.db.reader, period);
  const once = updateRow(reportingPeriods, { closedAt: house.clock.now() }, { id: period.id, closedAt: null, version: period.version }, closing);
  const rows = dues.map((due) => insertRow(reportingDues, { periodId: period.id, ...due }));
  try {
    await commitRecorded(house, changeset(once, ...rows), { stream: 'proceedings', type: 'PeriodClosed', actorId: 0, actorName: '系统', payload: closedFacts(period, dues) });
    return true;
  } catch (error) {
    if (error instanceof StaleError && error.statement === closing) return false;
    throw error;
  }
}

const closing = 'closing of the period';

/** What the campaign's units owed at the cut-off, by finding. */
async function duesAt(reader: Reader, period: Period): Promise<readonly Due[]> {
  const dues: Due[] = [];
  for (let after = 0; ;) {
    const rows = await reader.select({ id: findings.id, version: findings.version, stage: findings.stage, leadUnitId: findings.leadUnitId, workflow: findings.workflow }).from(findings)
      .where(and(eq(findings.campaignId, period.campaignId), sql`${findings.id} > ${after}`)).orderBy(asc(findings.id)).limit(page);
    const ids = rows.map(({ id }) => id);
    const [seqs, reports] = [await seqsAt(reader, ids, period.cutOffAt), await reportsIn(reader, ids, period)];
    for (const [index, row] of rows.entries()) {
      if (index % 20 === 19) await setImmediate();
      const due = await dueOf(reader, row, seqs.get(row.id) ?? 0, reports.get(row.id) ?? []);
      if (due) dues.push(due);
    }
    const last = rows.at(-1);
    if (!last || rows.length < page) return dues;
    after = last.id;
    await setImmediate();
  }
}

/** The last event of each that was known by an instant: what was signed on paper before it and entered after it was not known then. */
async function seqsAt(reader: Reader, ids: readonly number[], instant: string): Promise<ReadonlyMap<number, number>> {
  if (ids.length === 0) return new Map();
  const later = sql<number | null>`min(case when ${findingEvents.occurredAt} > ${instant} or (${findingEvents.onBehalf} is not null and ${findingEvents.recordedAt} > ${instant}) then ${findingEvents.seq} end)`;
  const rows = await reader.select({ id: findingEvents.findingId, last: sql<number>`max(${findingEvents.seq})`, later }).from(findingEvents).where(inArray(findingEvents.findingId, [...ids])).groupBy(findingEvents.findingId);
  return new Map(rows.map(({ id, last, later: first }) => [id, first === null ? last : first - 1]));
}

type Report = Pick<Row<typeof leadReports>, 'seq' | 'unitId' | 'at'>;

/** What was reported on each of them up to the cut-off, the last one first. */
async function reportsIn(reader: Reader, ids: readonly number[], { opensAt, cutOffAt }: Period): Promise<ReadonlyMap<number, readonly Report[]>> {
  const { findingId, seq, unitId, at } = leadReports;
  const rows = await reader.select({ findingId, seq, unitId, at }).from(leadReports).where(and(inArray(findingId, [...ids]), between(at, opensAt, cutOffAt))).orderBy(desc(at), desc(seq));
  const found = new Map<number, Report[]>();
  for (const { findingId: id, ...report } of rows) found.set(id, [...(found.get(id) ?? []), report]);
  return found;
}

interface Standing {
  readonly stage: string;
  readonly leadUnitId: number | null;
}

async function dueOf(reader: Reader, row: Standing & { readonly id: number; readonly version: number; readonly workflow: string }, seq: number, reports: readonly Report[]): Promise<Due | null> {
  if (seq === 0) return null;
  // What has moved on since the cut-off is run again up to it: a server that was off at noon closes the period as it was at noon.
  const stood = seq === row.version ? row : await standingAt(reader, row, seq);
  if (stood.leadUnitId === null) return null;
  const report = reports.find((each) => each.unitId === stood.leadUnitId && each.seq <= seq);
  // What was reported and went on is there; what went on without a report is owed no more.
  if (!report && !owingStages.some((stage) => stage === stood.stage)) return null;
  return { findingId: row.id, unitId: stood.leadUnitId, seq, reportedSeq: report?.seq ?? null, reportedAt: report?.at ?? null };
}

async function standingAt(reader: Reader, { id, workflow }: { readonly id: number; readonly workflow: string }, seq: number): Promise<Standing> {
  const definition = definitionOf(workflow);
  const events = await reader.select().from(findingEvents).where(and(eq(findingEvents.findingId, id), lte(findingEvents.seq, seq))).orderBy(asc(findingEvents.seq));
  const { value, context } = replay(definition, events.map(eventOf));
  return { stage: definition.stageOf(stagePath(value)), leadUnitId: context.leadUnitId };
}
