import { and, asc, eq, gte, inArray, isNotNull, isNull, notInArray, sql, type Placeholder, type SQL } from 'drizzle-orm';
import { among, asList } from '../../db/among.js';
import type { Reader } from '../../db/database.js';
import { prepared } from '../../db/prepared.js';
import { findings, findingScope, reportingDues } from '../../db/schema/index.js';
import type { Stage } from '../../workflows/finding.js';
import type { House, Person } from '../context.js';
import { scopeOf, seesAll } from '../findings/policy.js';
import type { Period } from './periods.js';

/** Where a unit puts right or keeps at it, it reports; it has accepted by then. What it reported on in a period stays owed and there in it while it leads it, at whatever stage (decision 0014). */
export const owingStages: readonly Stage[] = Object.freeze(['rectifying', 'continuing']);

/** What became of a due: there at the cut-off, there after it, not there. Each due is exactly one of them. */
export const marks = ['inTime', 'late', 'missing'] as const;
export type Mark = (typeof marks)[number];

/** Through which units somebody sees findings, and whose dues they see: of the units in their own scope, though they may see findings of others. */
export interface DueSight {
  readonly scope: readonly number[];
  readonly units: readonly number[];
  /** is every finding seen through these units? */
  readonly whole: boolean;
}

export async function dueSightOf(house: House, person: Pick<Person, 'posts'>): Promise<DueSight> {
  const tree = await house.tree();
  const scope = scopeOf(person, tree);
  return { scope, units: [...new Set(scope.flatMap((id) => tree.subtree(id).map((unit) => unit.id)))], whole: seesAll(scope, tree) };
}

export interface Due {
  readonly findingId: number;
  readonly number: string;
  readonly unitId: number;
  /** in time. */
  readonly reportedAt: string | null;
  /** the first report after the cut-off, of what was not there in time. */
  readonly lateAt: string | null;
}

export interface Tally {
  readonly unitId: number;
  readonly owed: number;
  readonly inTime: number;
  readonly late: number;
  readonly missing: number;
}

/** How many dues of a period each unit has at an instant, by what became of them. What every morning page asks, a period seen through one unit, has queries of its own. */
export async function tallies(reader: Reader, period: Period, sight: DueSight, now: string): Promise<readonly Tally[]> {
  const [unitId] = sight.scope;
  const { id, campaignId, opensAt, cutOffAt, closedAt } = period;
  const [asked, until] = [{ units: asList(sight.units) }, period.nextOpensAt ?? endless];
  const { running, cutOff, closed } = quickTallies(reader);
  if (unitId === undefined || sight.scope.length > 1 || (closedAt !== null && !sight.whole)) return tallyQuery(reader, period, sight);
  const rows = closedAt !== null ? await closed.all({ ...asked, id, until }) : now <= cutOffAt ? await running.all({ ...asked, unitId, campaignId, opensAt }) : await cutOff.all({ ...asked, unitId, campaignId, opensAt, cutOffAt, until });
  return rows.map((row) => ({ ...row, missing: row.owed - row.inTime - row.late }));
}

/**
 * The same as `tallyQuery`. Until the cut-off nothing is late, and the last report of the lead unit tells whether one is there; when a period is
 * closed, whoever sees everything is not asked for each due whether they see it (7 ms against 1 for 1,640 dues).
 */
export const quickTallies = prepared((reader) => {
  const [opensAt, cutOffAt, until] = [sql.placeholder('opensAt'), sql.placeholder('cutOffAt'), sql.placeholder('until')];
  const mine = sql`select 1 from lead_reports r where r.finding_id = owing.finding_id and r.unit_id = owing.due_unit_id`;
  const inTime = sql`exists (${mine} and r.at between ${opensAt} and ${cutOffAt})`;
  const late = sql`exists (${mine} and r.at > ${cutOffAt} and r.at < ${until})`;
  const counting = (end: SQL | Placeholder, inTimeOnes: SQL<number>, lateOnes: SQL<number>) => {
    const owing = owingOf(reader, { through: eq(findingScope.unitId, sql.placeholder('unitId')), led: among(findingScope.leadUnitId, 'units'), campaignId: sql.placeholder('campaignId'), opensAt, until: end });
    return reader.select({ unitId: sql<number>`due_unit_id`, owed: sql<number>`count(*)`, inTime: inTimeOnes, late: lateOnes }).from(owing).groupBy(sql`due_unit_id`).prepare();
  };
  // By the order of events, not by the hour, as in `owedThen`.
  const after = sql`exists (select 1 from lead_reports r where r.finding_id = reporting_dues.finding_id and r.unit_id = reporting_dues.unit_id and r.seq > reporting_dues.seq and r.at < ${until})`;
  return {
    running: counting(sql`${endless}`, sql<number>`coalesce(sum(last_at >= ${opensAt}), 0)`, sql<number>`0`),
    cutOff: counting(until, sql<number>`sum(${inTime})`, sql<number>`sum(case when ${inTime} then 0 else ${late} end)`),
    closed: reader.select({ unitId: reportingDues.unitId, owed: sql<number>`count(*)`, inTime: sql<number>`count(${reportingDues.reportedAt})`, late: sql<number>`sum(${reportingDues.reportedAt} is null and ${after})` }).from(reportingDues)
      .where(and(eq(reportingDues.periodId, sql.placeholder('id')), among(reportingDues.unitId, 'units'))).groupBy(reportingDues.unitId).prepare(),
  };
});

export function tallyQuery(reader: Reader, period: Period, sight: DueSight) {
  const dues = duesOf(reader, period, sight);
  const count = (mark: Mark): SQL<number> => sql<number>`sum(case when ${is(dues, mark)} then 1 else 0 end)`;
  return reader.select({ unitId: dues.unitId, owed: sql<number>`count(*)`, inTime: count('inTime'), late: count('late'), missing: count('missing') }).from(dues).groupBy(sql`${dues.unitId}`);
}

export function totalOf(all: readonly Tally[]): Omit<Tally, 'unitId'> {
  const sum = (name: Exclude<keyof Tally, 'unitId'>): number => all.reduce((total, each) => total + each[name], 0);
  return { owed: sum('owed'), inTime: sum('inTime'), late: sum('late'), missing: sum('missing') };
}

/** Which of a period's dues: of one unit, with one mark, or all. */
export interface DuesWanted {
  readonly mark: Mark | null;
  readonly unitId: number | null;
  readonly limit: number;
  readonly offset: number;
}

/** A page of a period's dues, by number. */
export async function duesShown(reader: Reader, period: Period, sight: DueSight, wanted: DuesWanted): Promise<readonly Due[]> {
  return duesQuery(reader, period, sight, wanted);
}

export function duesQuery(reader: Reader, period: Period, sight: DueSight, { mark, unitId, limit, offset }: DuesWanted) {
  const dues = duesOf(reader, period, sight);
  return reader.select().from(dues).where(and(mark === null ? undefined : is(dues, mark), unitId === null ? undefined : eq(dues.unitId, unitId))).orderBy(asc(dues.number)).limit(limit).offset(offset);
}

function is({ reportedAt, lateAt }: ReturnType<typeof duesOf>, mark: Mark): SQL | undefined {
  if (mark === 'inTime') return isNotNull(reportedAt);
  return and(isNull(reportedAt), mark === 'late' ? isNotNull(lateAt) : isNull(lateAt));
}

export function markOf({ reportedAt, lateAt }: Pick<Due, 'reportedAt' | 'lateAt'>): Mark {
  if (reportedAt !== null) return 'inTime';
  return lateAt !== null ? 'late' : 'missing';
}

/** Until a period is closed, what is owed is what stands there now; from then on it is what was written down. */
function duesOf(reader: Reader, period: Period, sight: DueSight) {
  return period.closedAt === null ? owedNow(reader, period, sight) : owedThen(reader, period, sight);
}

const endless = '9999-12-31';
/** A limit that none reaches: without one SQLite merges the inner select into the outer, and asks for each report anew wherever it is named (24 ms against 7 for a thousand). */
const apart = 1_000_000_000;

function owedNow(reader: Reader, { campaignId, opensAt, cutOffAt, nextOpensAt }: Period, { scope, units }: DueSight) {
  const until = nextOpensAt ?? endless;
  const owing = owingOf(reader, { through: inArray(findingScope.unitId, scope.length > 0 ? [...scope] : [0]), led: sql`${findingScope.leadUnitId} in (select value from json_each(${asList(units)}))`, campaignId, opensAt, until });
  const mine = sql`from lead_reports r where r.finding_id = owing.finding_id and r.unit_id = owing.due_unit_id`;
  return reader.select({
    findingId: sql<number>`finding_id`.as('finding_id'), number: sql<string>`number`.as('number'), unitId: sql<number>`due_unit_id`.as('due_unit_id'),
    reportedAt: sql<string | null>`(select max(r.at) ${mine} and r.at between ${opensAt} and ${cutOffAt})`.as('reported_at'),
    lateAt: sql<string | null>`(select min(r.at) ${mine} and r.at > ${cutOffAt} and r.at < ${until})`.as('late_at'),
  }).from(owing).groupBy(sql`finding_id`).limit(apart).as('dues');
}

/** As values, or as the names under which a prepared query gets them. */
interface Owing {
  /** through which units they are seen. */
  readonly through: SQL | undefined;
  /** which units lead them. */
  readonly led: SQL | undefined;
  readonly campaignId: number | Placeholder;
  readonly opensAt: string | Placeholder;
  readonly until: string | SQL | Placeholder;
}

/**
 * What is owed by what stands there now: on what a unit has to report, and what it reported on in this period and which went on since (what was
 * reported and then claimed took 应报 5, 已报 1 back to 4 and 0). A range of one index each.
 */
function owingOf(reader: Reader, { through, led, campaignId, opensAt, until }: Owing) {
  const { stage, reportedAt } = findingScope;
  const mine = and(through, eq(findingScope.campaignId, campaignId), led);
  // In words of SQL: in a select of one table drizzle would leave out which table a column is of.
  const reported = sql`exists (select 1 from lead_reports r where r.finding_id = finding_scope.finding_id and r.unit_id = finding_scope.lead_unit_id and r.at >= ${opensAt} and r.at < ${until})`;
  const columns = { findingId: sql<number>`finding_id`.as('finding_id'), number: sql<string>`number`.as('number'), unitId: sql<number>`lead_unit_id`.as('due_unit_id'), lastAt: sql<string | null>`reported_at`.as('last_at') };
  const standing = reader.select(columns).from(findingScope).where(and(mine, inArray(stage, [...owingStages])));
  const gone = reader.select(columns).from(findingScope).where(and(mine, gte(reportedAt, opensAt), notInArray(stage, [...owingStages]), reported));
  return standing.unionAll(gone).as('owing');
}

function owedThen(reader: Reader, { id, nextOpensAt }: Period, { scope, units }: DueSight) {
  const { findingId, unitId, seq, reportedAt, periodId } = reportingDues;
  const seen = sql`exists (select 1 from ${findingScope} where ${findingScope.findingId} = ${findingId} and ${findingScope.unitId} in (select value from json_each(${asList(scope)})))`;
  return reader.select({
    findingId: sql<number>`${findingId}`.as('finding_id'), number: sql<string>`${findings.number}`.as('number'), unitId: sql<number>`${unitId}`.as('due_unit_id'), reportedAt: sql<string | null>`${reportedAt}`.as('reported_at'),
    // By the order of events, not by the hour: a paper of an earlier day that is entered after the cut-off was not there.
    lateAt: sql<string | null>`(select min(r.at) from lead_reports r where r.finding_id = ${findingId} and r.unit_id = ${unitId} and r.seq > ${seq} and r.at < ${nextOpensAt ?? endless})`.as('late_at'),
  }).from(reportingDues).innerJoin(findings, eq(findings.id, findingId))
    .where(and(eq(periodId, id), sql`${unitId} in (select value from json_each(${asList(units)}))`, seen)).as('dues');
}
