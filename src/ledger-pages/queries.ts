import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm';
import { among, asList } from '../../db/among.js';
import type { Reader } from '../../db/database.js';
import { prepared } from '../../db/prepared.js';
import { findings, findingScope, waiting } from '../../db/schema/index.js';
import { plusDays } from '../../workflows/calendar.js';
import type { RectificationType, Severity } from '../../workflows/finding.js';
import { runningStages, warningDays } from '../deadlines/light.js';
import type { House, Person } from '../context.js';
import { scopeOf } from '../findings/policy.js';
import { otherUnits } from '../findings/unit-words.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Filters, Order } from './filters.js';

const scope = findingScope;
/** What has no date comes last. Written as the index is: with any other literal the index would not serve. */
const dueOrder = sql<string>`coalesce(${scope.dueOn}, '9999-12-31')`;
/** More words than this narrow nothing any further. */
const mostWords = 8;
/** More than this many hits of a word search are cut off; the page says so. */
export const mostHits = 2000;

/** Where in an ordered list a page begins: behind a row, before one, or (backwards from no row) at the end. */
export interface Cursor {
  /** its sort value and number. */
  readonly row: { readonly value: string; readonly number: string } | null;
  readonly backwards: boolean;
}

export interface ListRow {
  readonly id: number;
  readonly number: string;
  readonly title: string;
  readonly stage: typeof findings.$inferSelect.stage;
  readonly state: string;
  readonly leadUnitId: number | null;
  /** units that must put it right beside the lead. */
  readonly otherUnits: number;
  readonly dueOn: string | null;
  readonly paused: boolean;
  readonly severity: Severity;
  readonly rectificationType: RectificationType | null;
  readonly partsOpen: number;
  readonly partsTotal: number;
  readonly latest: string | null;
  readonly adopted: boolean;
}

/** Who looks, and when: what a view depends on beside its filters. */
export interface Sight {
  /** through which units they see findings. */
  readonly unitIds: readonly number[];
  /** offices in which they work, and whose confidential sources they may know. */
  readonly offices: readonly number[];
  readonly tree: UnitTree;
  readonly today: string;
  /** where the words of the filters are found, each of which must be; null when there are none. */
  readonly matches: readonly Match[] | null;
}

/** Where words are found: in the text of these findings, or in the name of one of these lead units. */
export interface Match {
  readonly ids: readonly number[];
  readonly unitIds: readonly number[];
}

export async function sightOf(house: House, person: Person, filters: Filters): Promise<Sight> {
  const tree = await house.tree();
  const offices = person.posts.filter((post) => post.role === 'office').map((post) => post.unitId);
  const unitIds = scopeOf(person, tree);
  const matches = filters.words === '' ? null : await matchesOf(house, tree, unitIds, filters.words);
  return { unitIds, offices, tree, today: house.clock.today(), matches };
}

/** A word that is in the name of a unit finds what that unit leads, too; the other words are looked for together. */
export async function matchesOf(house: Pick<House, 'db'>, tree: UnitTree, unitIds: readonly number[], words: string): Promise<readonly Match[]> {
  const distinct = [...new Set(words.split(/\s+/u))].slice(0, mostWords);
  const named = distinct.map((word) => ({ word, units: tree.called(word).map((unit) => unit.id) }));
  const plain = named.filter(({ units }) => units.length === 0).map(({ word }) => word).join(' ');
  const wanted = [...named.filter(({ units }) => units.length > 0), ...(plain === '' ? [] : [{ word: plain, units: [] }])];
  return Promise.all(wanted.map(async ({ word, units }) => ({ ids: await house.db.search(word, unitIds, mostHits), unitIds: units })));
}

/** Rows of finding_scope. Seen through several units a finding may have several rows: only then must they be told apart, which costs. */
export interface View {
  readonly where: SQL | undefined;
  readonly distinct: boolean;
  /** the same for each of its stages alone, where it has several, is seen through one unit and no words are looked for: each is then in order already. */
  readonly byStage: readonly (SQL | undefined)[];
}

/** What a view asks of finding_scope: a range of one unit's index, filtered by columns that the index holds. */
export function viewOf(sight: Sight, filters: Filters): View {
  const distinct = sight.unitIds.length > 1;
  const byStage = distinct || sight.matches !== null || filters.stages.length < 2 ? [] : filters.stages.map((stage) => conditionOf(sight, { ...filters, stages: [stage] }));
  return { where: conditionOf(sight, filters), distinct, byStage };
}

function conditionOf({ unitIds, offices, tree, today, matches }: Sight, filters: Filters): SQL | undefined {
  // Where words narrow it to some findings, those are looked up: by the plus SQLite does not walk through the unit's whole index instead (15 ms at 100,000).
  const found = (matches ?? []).some((match) => match.unitIds.length === 0);
  return and(
    found ? sql`+${scope.unitId} in (select value from json_each(${asList(unitIds)}))` : unitIds.length === 1 ? eq(scope.unitId, unitIds[0] ?? 0) : inArray(scope.unitId, unitIds.length > 0 ? [...unitIds] : [0]),
    eq(scope.isPart, filters.parts),
    filters.stages.length === 0 ? undefined : filters.stages.length === 1 && filters.stages[0] ? eq(scope.stage, filters.stages[0]) : inArray(scope.stage, [...filters.stages]),
    filters.state === null ? undefined : sql`${scope.findingId} in (select id from findings where state = ${filters.state})`,
    filters.waits === null ? undefined : sql`${scope.findingId} in (select finding_id from waiting where event = ${filters.waits})`,
    filters.unit === null ? undefined : filters.unit === 0 ? isNull(scope.leadUnitId) : filters.exact ? eq(scope.leadUnitId, filters.unit) : isAmong(scope.leadUnitId, tree.subtree(filters.unit).map((unit) => unit.id)),
    filters.channel === null ? undefined : sql`${scope.channel} = ${filters.channel}`,
    filters.campaign === null ? undefined : filters.campaign === 0 ? isNull(scope.campaignId) : eq(scope.campaignId, filters.campaign),
    filters.category === null ? undefined : filters.category === 0 ? isNull(scope.categoryId) : eq(scope.categoryId, filters.category),
    filters.source === null ? undefined : fromSource(filters.source, offices),
    filters.type === null ? undefined : sql`${scope.rectificationType} = ${filters.type}`,
    filters.severity === null ? undefined : sql`${scope.severity} = ${filters.severity}`,
    filters.leader === null ? undefined : sql`${scope.findingId} in (select finding_id from finding_texts where lead_leader = ${filters.leader})`,
    filters.dueFrom === null ? undefined : and(sql`${dueOrder} >= ${filters.dueFrom}`, isNotNull(scope.dueOn)), filters.dueTo === null ? undefined : and(sql`${dueOrder} <= ${filters.dueTo}`, isNotNull(scope.dueOn)),
    filters.listedFrom === null ? undefined : gte(scope.listedOn, filters.listedFrom), filters.listedTo === null ? undefined : lte(scope.listedOn, filters.listedTo),
    filters.closedFrom === null && filters.closedTo === null ? undefined : sql`${scope.findingId} in (select id from findings where closed_on between ${filters.closedFrom ?? ''} and ${filters.closedTo ?? '9999-12-31'})`,
    filters.adopted === null ? undefined : eq(scope.adopted, filters.adopted),
    filters.listed === null ? undefined : filters.listed ? sql`${scope.listedOn} is not null` : sql`${scope.listedOn} is null`,
    lightCondition(filters.light, today), checkCondition(filters, tree),
    ...(matches ?? []).map((match) => or(isAmong(scope.findingId, match.ids), match.unitIds.length > 0 ? isAmong(scope.leadUnitId, match.unitIds) : undefined)),
  );
}

/** Whom clues were handed to, and what came back. */
function checkCondition({ check, checker, checkerExact }: Filters, tree: UnitTree): SQL | undefined {
  if (check === null && checker === null) return undefined;
  const unit = checker === null ? undefined : checkerExact ? eq(scope.checkUnitId, checker) : isAmong(scope.checkUnitId, tree.subtree(checker).map(({ id }) => id));
  const result = check === null || check === 'handed' ? undefined : check === 'none' ? isNull(scope.checkResult) : check === 'reported' ? isNotNull(scope.checkResult) : eq(scope.checkResult, check);
  return and(isNotNull(scope.checkUnitId), unit, result);
}

function isAmong(column: typeof scope.findingId | typeof scope.leadUnitId | typeof scope.checkUnitId, ids: readonly number[]): SQL {
  // One parameter, however many there are.
  return sql`${column} in (select value from json_each(${asList(ids)}))`;
}

/** Of a confidential source only what the reader's own office hosts, and not a part that somebody handed on to it: nobody else learns which findings came together. */
function fromSource(sourceId: number, offices: readonly number[]): SQL {
  const own = inArray(sql`coalesce(whole.host_office_id, f.host_office_id)`, offices.length > 0 ? [...offices] : [0]);
  return sql`${scope.findingId} in (select s.finding_id from finding_sources s where s.source_id = ${sourceId}
    and (exists (select 1 from sources where id = s.source_id and confidential = 0) or exists (select 1 from findings f left join findings whole on whole.id = f.parent_id where f.id = s.finding_id and ${own})))`;
}

/** The light is never stored: it is a range of due dates and the pause. */
export function lightCondition(light: string | null, today: string): SQL | undefined {
  if (light === null) return undefined;
  const running = and(inArray(scope.stage, [...runningStages]), eq(scope.paused, false), sql`${scope.dueOn} is not null`);
  const warned = sql`case when ${scope.rectificationType} = 'immediate' then ${plusDays(today, warningDays.immediate)} else ${plusDays(today, warningDays.usual)} end`;
  if (light === 'red') return and(running, sql`${dueOrder} < ${today}`);
  if (light === 'yellow') return and(running, sql`${dueOrder} >= ${today}`, sql`${scope.dueOn} <= ${warned}`);
  if (light === 'green') return and(running, sql`${scope.dueOn} > ${warned}`);
  return sql`not (${running})`;
}

/** One page of a view, from a cursor on: rows of the narrow index, then the findings themselves. */
export async function pageOf(reader: Reader, view: View, order: Order, cursor: Cursor | null, size: number): Promise<{ readonly rows: readonly ListRow[]; readonly more: boolean }> {
  const ids = await pageQuery(reader, view, order, cursor, size + 1);
  const rows = await rowsOf(reader, ids.slice(0, size).map((row) => row.id));
  return { rows: cursor?.backwards ? rows.toReversed() : rows, more: ids.length > size };
}

/** The ids of a page, from the narrow index alone. Several stages are merged, each read in its order as far as it is needed: all that is open was sorted for one page (17 to 29 ms at 100,000). */
export function pageQuery(reader: Reader, { where, distinct, byStage }: View, order: Order, cursor: Cursor | null, limit: number) {
  const forwards = cursor ? !cursor.backwards : true;
  const descending = order.descending === forwards;
  const value = order.by === 'due' ? dueOrder : scope.number;
  const row = cursor?.row ?? null;
  const here = row && (order.by === 'due' ? sql`${value} ${sql.raw(descending ? '<=' : '>=')} ${row.value} and (${value}, ${scope.number}) ${sql.raw(descending ? '<' : '>')} (${row.value}, ${row.number})` : descending ? lt(scope.number, row.number) : gt(scope.number, row.number));
  const direction = descending ? desc : asc;
  const columns = { id: scope.findingId, value: sql<string>`${value}`.as('value'), number: scope.number };
  const rows = (condition: SQL | undefined) => (distinct ? reader.selectDistinct(columns) : reader.select(columns)).from(scope).where(and(condition, here ?? undefined)).$dynamic();
  const [first = where, ...others] = byStage;
  return others.reduce((merged, condition) => merged.unionAll(rows(condition)), rows(first)).orderBy(...(order.by === 'due' ? [direction(sql`value`)] : []), direction(sql`number`)).limit(limit);
}

/** The findings of these ids, in this order. */
export async function rowsOf(reader: Reader, ids: readonly number[]): Promise<readonly ListRow[]> {
  if (ids.length === 0) return [];
  const found = await pageQueries(reader).rows.all({ ids: asList(ids) });
  const byId = new Map(found.map((row) => [row.id, row]));
  return ids.map((each) => byId.get(each)).filter((row) => row !== undefined);
}

/** With whom each finding is stuck: the first that it waits for. */
export async function stuckWith(reader: Reader, ids: readonly number[]): Promise<ReadonlyMap<number, { readonly event: string; readonly unitId: number | null; readonly role: string; readonly sinceOn: string }>> {
  if (ids.length === 0) return new Map();
  return new Map((await pageQueries(reader).stuck.all({ ids: asList(ids) })).map((row) => [row.findingId, row]));
}

/** The two queries that every page of the ledger asks with other ids. */
const pageQueries = prepared((reader) => {
  const { id, number, title, stage, state, leadUnitId, dueOn, paused, severity, rectificationType, partsOpen, partsTotal, latest, adopted } = findings;
  return {
    rows: reader.select({ id, number, title, stage, state, leadUnitId, otherUnits, dueOn, paused, severity, rectificationType, partsOpen, partsTotal, latest, adopted }).from(findings).where(among(id, 'ids')).prepare(),
    stuck: reader.select({ findingId: waiting.findingId, event: waiting.event, unitId: waiting.unitId, role: waiting.role, sinceOn: waiting.sinceOn }).from(waiting).where(and(among(waiting.findingId, 'ids'), eq(waiting.ordinal, 0))).prepare(),
  };
});
