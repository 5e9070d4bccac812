import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Row } from '../../../db/changeset.js';
import type { Reader } from '../../../db/database.js';
import { prepared } from '../../../db/prepared.js';
import { findingScope, leadReports, reportingDues, reportingPeriods, streamEvents, type findingEvents } from '../../../db/schema/index.js';
import { closedFacts } from '../../reporting/closed-facts.js';
import { leadReportOf } from '../lead-report.js';
import { eventOf } from '../record.js';
import type { Fault, VerifyFault } from './report.js';

/** The reports of lead units are what the finding's events say. */
export async function leadReportFaults(reader: Reader, findingId: number, events: readonly Row<typeof findingEvents>[], fault: Fault): Promise<void> {
  const wanted = events.map((event) => leadReportOf(findingId, event.seq, eventOf(event))).filter((row) => row !== null);
  const held = await reader.select().from(leadReports).where(eq(leadReports.findingId, findingId)).orderBy(asc(leadReports.seq));
  const named = (rows: readonly Pick<Row<typeof leadReports>, 'seq' | 'unitId' | 'at'>[]): string => rows.map(({ seq, unitId, at }) => `${seq} ${unitId} ${at}`).join('\n');
  if (named(wanted) !== named(held)) fault('beside', 'lead_reports');
  for (const { unitId, leadUnitId, reportedAt } of await scopeRows(reader).all({ findingId })) {
    const last = wanted.filter((report) => report.unitId === leadUnitId).map(({ at }) => at).toSorted().at(-1) ?? null;
    if (reportedAt !== last) fault('beside', `finding_scope ${unitId} reported_at`);
  }
}

const scopeRows = prepared((reader) => {
  const { findingId, unitId, leadUnitId, reportedAt } = findingScope;
  return reader.select({ unitId, leadUnitId, reportedAt }).from(findingScope).where(eq(findingId, sql.placeholder('findingId'))).prepare();
});

/** A period that was closed, and what was owed in it, is what its event said; a report that it counts is one of the finding's. */
export async function periodFaults(reader: Reader): Promise<readonly VerifyFault[]> {
  const faults: VerifyFault[] = [];
  const told = await closings(reader);
  for (const period of await reader.select().from(reportingPeriods).where(isNotNull(reportingPeriods.closedAt)).orderBy(asc(reportingPeriods.id))) {
    const dues = await reader.select({ due: reportingDues, at: leadReports.at }).from(reportingDues)
      .leftJoin(leadReports, and(eq(leadReports.findingId, reportingDues.findingId), eq(leadReports.seq, reportingDues.reportedSeq), eq(leadReports.unitId, reportingDues.unitId)))
      .where(eq(reportingDues.periodId, period.id)).orderBy(asc(reportingDues.findingId));
    const where = `reporting_periods ${period.id}`;
    if (told.get(period.id) !== JSON.stringify(closedFacts(period, dues.map(({ due }) => due)))) faults.push({ where, what: 'beside', detail: 'PeriodClosed' });
    for (const { due, at } of dues) if (due.reportedAt !== at) faults.push({ where, what: 'beside', detail: `reporting_dues ${due.findingId}` });
    told.delete(period.id);
  }
  return [...faults, ...(await plannedFaults(reader)), ...[...told.keys()].map((id): VerifyFault => ({ where: `reporting_periods ${id}`, what: 'beside', detail: 'PeriodClosed' }))];
}

/** Every period stands as it was added and last changed, and none is gone that was not taken away: till the cut-off, too. */
async function plannedFaults(reader: Reader): Promise<readonly VerifyFault[]> {
  const told = new Map<number, string>();
  const plain = ({ name, opensAt, cutOffAt }: Planned): string => JSON.stringify([name, opensAt, cutOffAt]);
  const rows = await reader.select({ type: streamEvents.type, payload: streamEvents.payload }).from(streamEvents).where(and(eq(streamEvents.stream, 'proceedings'), inArray(streamEvents.type, ['PeriodAdded', 'PeriodChanged', 'PeriodRemoved']))).orderBy(asc(streamEvents.seq));
  for (const { type, payload } of rows) {
    const facts: Planned & { readonly id: number; readonly first: number; readonly periods: readonly Planned[] } = JSON.parse(payload);
    if (type === 'PeriodAdded') for (const [index, each] of facts.periods.entries()) told.set(facts.first + index, plain(each));
    else if (type === 'PeriodChanged') told.set(facts.id, plain(facts));
    else told.delete(facts.id);
  }
  const held = new Map((await reader.select().from(reportingPeriods)).map((period) => [period.id, plain(period)]));
  return [...new Set([...told.keys(), ...held.keys()])].filter((id) => told.get(id) !== held.get(id)).map((id) => ({ where: `reporting_periods ${id}`, what: 'beside', detail: 'PeriodAdded' }));
}

type Planned = Pick<Row<typeof reportingPeriods>, 'name' | 'opensAt' | 'cutOffAt'>;

async function closings(reader: Reader): Promise<Map<number, string>> {
  const rows = await reader.select({ payload: streamEvents.payload }).from(streamEvents).where(and(eq(streamEvents.stream, 'proceedings'), eq(streamEvents.type, 'PeriodClosed')));
  return new Map(rows.map(({ payload }) => {
    const facts: ReturnType<typeof closedFacts> = JSON.parse(payload);
    return [facts.id, payload];
  }));
}
