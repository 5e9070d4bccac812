import { and, eq, inArray, sql, type Placeholder, type SQL } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import type { Reader } from '../../db/database.js';
import { prepared } from '../../db/prepared.js';
import { findingScope, scopeCounts } from '../../db/schema/index.js';
import type { Stage } from '../../workflows/finding.js';
import { stages } from '../../workflows/stages.js';
import { addressOf, filtersFrom, type Filters } from './filters.js';
import { lightCondition, viewOf, type Sight } from './queries.js';

/** How many findings share one unit and one stage. */
export interface Standing {
  readonly leadUnitId: number | null;
  readonly stage: Stage;
  readonly amount: number;
  readonly overdue: number;
}

/** How many findings of a view share one category, one unit and one stage. */
export interface Counted extends Standing {
  readonly categoryId: number | null;
}

/** How many clues that were handed out share one unit, one answer (null: none yet) and one stage. */
export interface Tracked {
  readonly checkUnitId: number | null;
  readonly checkResult: 'founded' | 'partly' | 'unfounded' | null;
  readonly stage: Stage;
  readonly amount: number;
  readonly overdue: number;
}

/**
 * Counts a view once by category, unit and stage: every table of the page is a sum of these. What is narrowed only by what the kept counts tell
 * apart reads them (a few hundred rows); anything else counts the index (58 ms at 100,000 findings).
 */
export async function matrixCounts(reader: Reader, sight: Sight, filters: Filters): Promise<readonly Counted[]> {
  const { stage } = scopeCounts;
  if (isKept(sight, filters)) {
    const [categoryId, leadUnitId] = [sql<number | null>`nullif(${scopeCounts.categoryId}, 0)`, sql<number | null>`nullif(${scopeCounts.leadUnitId}, 0)`];
    const rows = await reader.select({ categoryId, leadUnitId, stage, amount: keptAmount, overdue: keptLate(sight.today) }).from(scopeCounts).where(keptWhere(sight, filters)).groupBy(scopeCounts.categoryId, scopeCounts.leadUnitId, stage);
    return rows.filter(({ amount }) => amount > 0);
  }
  const view = viewOf(sight, filters);
  return reader.select({ categoryId: findingScope.categoryId, leadUnitId: findingScope.leadUnitId, stage: findingScope.stage, ...amountsOf(view.distinct, sight.today) }).from(findingScope).where(view.where)
    .groupBy(findingScope.categoryId, findingScope.leadUnitId, findingScope.stage);
}

/** How many of a view stand in each stage; where there are none the stage may be missing. */
export async function stageCounts(reader: Reader, sight: Sight, filters: Filters): Promise<ReadonlyMap<string, number>> {
  const kept = isKept(sight, filters);
  // Every stage by name: then the dates of each are a range of the index, and nothing has to be sorted (11 ms otherwise for those of a month).
  const dated = filters.dueFrom !== null || filters.dueTo !== null;
  const view = viewOf(sight, dated && filters.stages.length === 0 ? { ...filters, stages } : filters);
  const rows = kept
    ? await reader.select({ stage: scopeCounts.stage, amount: keptAmount }).from(scopeCounts).where(keptWhere(sight, filters)).groupBy(scopeCounts.stage)
    : await reader.select({ stage: findingScope.stage, amount: amountsOf(view.distinct, sight.today).amount }).from(findingScope).where(view.where).groupBy(findingScope.stage);
  return new Map(rows.map(({ stage, amount }) => [stage, amount]));
}

/** Where each unit stands, of every finding that is seen: of the kept counts, where one unit sees it all. Every morning page asks it. */
export async function standings(reader: Reader, sight: Sight): Promise<readonly Standing[]> {
  const [unitId, ...others] = sight.unitIds;
  return unitId === undefined || others.length > 0 ? matrixCounts(reader, sight, filtersFrom({}).filters) : keptStandings(reader).all({ unitId, today: sight.today });
}

const keptStandings = prepared((reader) => {
  const { unitId, isPart, stage } = scopeCounts;
  const leadUnitId = sql<number | null>`nullif(${scopeCounts.leadUnitId}, 0)`;
  return reader.select({ leadUnitId, stage, amount: keptAmount, overdue: keptLate(sql.placeholder('today')) }).from(scopeCounts).where(and(eq(unitId, sql.placeholder('unitId')), eq(isPart, false)))
    .groupBy(scopeCounts.leadUnitId, stage).having(sql`${keptAmount} > 0`).prepare();
});

/** The same as `matrixCounts` for clues that were handed out, by the unit that was asked and what it answered. */
export async function trackedCounts(reader: Reader, sight: Sight, filters: Filters): Promise<readonly Tracked[]> {
  if (isKept(sight, filters)) {
    const checkResult = sql<Tracked['checkResult']>`nullif(${scopeCounts.checkResult}, '')`;
    const rows = await reader.select({ checkUnitId: scopeCounts.checkUnitId, checkResult, stage: scopeCounts.stage, amount: keptAmount, overdue: keptLate(sight.today) }).from(scopeCounts)
      .where(and(keptWhere(sight, filters), sql`${scopeCounts.checkUnitId} <> 0`)).groupBy(scopeCounts.checkUnitId, scopeCounts.checkResult, scopeCounts.stage);
    return rows.filter(({ amount }) => amount > 0);
  }
  const { where, distinct } = viewOf(sight, { ...filters, check: filters.check ?? 'handed' });
  return reader.select({ checkUnitId: findingScope.checkUnitId, checkResult: findingScope.checkResult, stage: findingScope.stage, ...amountsOf(distinct, sight.today) }).from(findingScope).where(where)
    .groupBy(findingScope.checkUnitId, findingScope.checkResult, findingScope.stage);
}

const keptAmount = sql<number>`sum(${scopeCounts.amount})`;

function keptLate(today: string | Placeholder): SQL<number> {
  return sql<number>`sum(case when ${scopeCounts.runningDue} <> '' and ${scopeCounts.runningDue} < ${today} then ${scopeCounts.amount} else 0 end)`;
}

/** Through one unit, and nothing in the address that the kept counts do not tell apart. */
function isKept({ unitIds, matches }: Sight, filters: Filters): boolean {
  const rest: Filters = { ...filters, stages: [], unit: null, exact: false, campaign: null, category: null, severity: null, parts: false };
  return unitIds.length === 1 && matches === null && addressOf(rest, { by: 'number', descending: false }) === '/findings';
}

function keptWhere({ unitIds, tree }: Sight, filters: Filters): SQL | undefined {
  const { unitId, isPart, stage, leadUnitId, campaignId, categoryId, severity } = scopeCounts;
  return and(
    eq(unitId, unitIds[0] ?? 0), eq(isPart, filters.parts),
    filters.stages.length === 0 ? undefined : inArray(stage, [...filters.stages]),
    filters.unit === null ? undefined : filters.unit === 0 || filters.exact ? eq(leadUnitId, filters.unit) : sql`${leadUnitId} in (select value from json_each(${asList(tree.subtree(filters.unit).map(({ id }) => id))}))`,
    filters.campaign === null ? undefined : eq(campaignId, filters.campaign),
    filters.category === null ? undefined : eq(categoryId, filters.category),
    filters.severity === null ? undefined : sql`${severity} = ${filters.severity}`,
  );
}

/** Seen through several units a finding may have several rows, and counts once. */
function amountsOf(distinct: boolean, today: string) {
  const late = lightCondition('red', today);
  const { findingId } = findingScope;
  return distinct
    ? { amount: sql<number>`count(distinct ${findingId})`, overdue: sql<number>`count(distinct case when ${late} then ${findingId} end)` }
    : { amount: sql<number>`count(*)`, overdue: sql<number>`count(case when ${late} then 1 end)` };
}

/** Clues by where they stand, from the kept counts: not handed out, being checked, to be decided. The workflow clears the answer whenever a clue goes back to its unit. */
export async function clueCounts(reader: Reader, unitId: number): Promise<{ readonly toCheck: number; readonly checking: number; readonly checked: number }> {
  const rows = await cluePlaces(reader).all({ unitId });
  const of = (name: string): number => rows.find((row) => row.place === name)?.amount ?? 0;
  return { toCheck: of('toCheck'), checking: of('checking'), checked: of('checked') };
}

const cluePlaces = prepared((reader) => {
  const { unitId, checkUnitId, checkResult, stage, isPart, amount } = scopeCounts;
  const place = sql<'toCheck' | 'checking' | 'checked'>`case when ${checkUnitId} = 0 then 'toCheck' when ${checkResult} = '' then 'checking' else 'checked' end`;
  return reader.select({ place, amount: sql<number>`sum(${amount})` }).from(scopeCounts).where(and(eq(unitId, sql.placeholder('unitId')), eq(isPart, false), eq(stage, 'suspected'))).groupBy(place).prepare();
});
