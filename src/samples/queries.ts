import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import type { Row } from '../../db/changeset.js';
import type { Reader } from '../../db/database.js';
import { findingEvents, findings, sampleItems, samples, type SampleKind } from '../../db/schema/index.js';
import { current } from '../../workflows/registry.js';
import { everyPlace } from '../../workflows/snapshot.js';
import { stages } from '../../workflows/stages.js';
import { filtersFrom, type Filters } from '../ledger-pages/filters.js';
import { pageQuery, viewOf } from '../ledger-pages/queries.js';
import type { UnitTree } from '../organisation/tree.js';

/** What a sample is drawn from, as it is asked for. */
export interface Wish extends Pick<Row<typeof samples>, 'kind' | 'unitId' | 'campaignId' | 'categoryId' | 'leadUnitId' | 'parts'> {}

/** More is refused: the list stays with the sample, and sorting it holds everybody's pages. */
export const mostPopulation = 20_000;

/** The stages in which the workflow knows the event at all: what may be looked back on is closed, what may be checked is at work or closed. */
export function stagesOf(kind: SampleKind): Filters['stages'] {
  const paths = everyPlace(current.machine).filter(({ conditions }) => conditions.has(kind)).map(({ path }) => path.split('.', 1)[0] ?? '');
  return stages.filter((stage) => paths.includes(stage));
}

/** The numbers that a sample would be drawn from now; one more than allowed tells that there are too many. */
export async function populationOf(reader: Reader, tree: UnitTree, today: string, wish: Wish): Promise<readonly string[]> {
  const { filters } = filtersFrom({});
  const view = viewOf({ unitIds: [wish.unitId], offices: [], tree, today, matches: null }, { ...filters, stages: stagesOf(wish.kind), campaign: wish.campaignId, category: wish.categoryId, unit: wish.leadUnitId, parts: wish.parts });
  return (await pageQuery(reader, view, { by: 'number', descending: false }, null, mostPopulation + 1)).map(({ number }) => number);
}

/** Samples drawn in one of these units, the newest first, before an id. */
export function samplesIn(reader: Reader, unitIds: readonly number[], before: number | null, limit: number) {
  const { population: _long, ...columns } = sampleColumns;
  return reader.select(columns).from(samples).where(and(within(unitIds), before === null ? undefined : lt(samples.id, before))).orderBy(desc(samples.id)).limit(limit);
}

export async function sampleById(reader: Reader, id: number, unitIds: readonly number[]): Promise<Row<typeof samples> | null> {
  const [row] = await reader.select(sampleColumns).from(samples).where(and(eq(samples.id, id), within(unitIds)));
  return row ?? null;
}

function within(unitIds: readonly number[]) {
  return sql`${samples.unitId} in (select value from json_each(${asList(unitIds)}))`;
}

const { id, kind, unitId, campaignId, categoryId, leadUnitId, parts, seed, seedTyped, wanted, populationSize, populationHash, population, drawnById, drawnByName, drawnOn } = samples;
const sampleColumns = { id, kind, unitId, campaignId, categoryId, leadUnitId, parts, seed, seedTyped, wanted, populationSize, populationHash, population, drawnById, drawnByName, drawnOn };

export function itemsOf(reader: Reader, sampleId: number) {
  return reader.select().from(sampleItems).where(eq(sampleItems.sampleId, sampleId)).orderBy(sampleItems.ordinal);
}

/** What answered the rows of a sample: events of its kind that came after the draw, by finding, the last of each. */
export async function answersTo(reader: Reader, sampleId: number, kindOf: SampleKind): Promise<ReadonlyMap<number, Row<typeof findingEvents>>> {
  const rows = await answersQuery(reader, sampleId, kindOf);
  return new Map(rows.map(({ event }) => [event.findingId, event]));
}

export function answersQuery(reader: Reader, sampleId: number, kindOf: SampleKind) {
  const after = and(eq(findingEvents.findingId, sampleItems.findingId), sql`${findingEvents.seq} > ${sampleItems.version}`, eq(findingEvents.type, kindOf));
  return reader.select({ event: findingEvents }).from(sampleItems).innerJoin(findingEvents, after).where(eq(sampleItems.sampleId, sampleId)).orderBy(findingEvents.findingId, findingEvents.seq);
}

/** How many rows of each of these samples there are, and how many were looked at since. */
export async function progressOf(reader: Reader, sampleIds: readonly number[]): Promise<ReadonlyMap<number, { readonly drawn: number; readonly done: number }>> {
  if (sampleIds.length === 0) return new Map();
  const rows = await progressQuery(reader, sampleIds);
  return new Map(rows.map(({ sampleId, ...row }) => [sampleId, row]));
}

export function progressQuery(reader: Reader, sampleIds: readonly number[]) {
  return reader.select({ sampleId: sampleItems.sampleId, drawn: sql<number>`count(distinct ${sampleItems.findingId})`, done: sql<number>`count(distinct ${findingEvents.findingId})` }).from(sampleItems).innerJoin(samples, eq(samples.id, sampleItems.sampleId))
    .leftJoin(findingEvents, and(eq(findingEvents.findingId, sampleItems.findingId), sql`${findingEvents.seq} > ${sampleItems.version}`, eq(findingEvents.type, samples.kind))).where(inArray(sampleItems.sampleId, [...sampleIds])).groupBy(sampleItems.sampleId);
}

/** Ids and versions of findings by number, as they stand now. */
export async function versionsOf(reader: Reader, numbers: readonly string[]): Promise<ReadonlyMap<string, { readonly id: number; readonly version: number }>> {
  const rows = await reader.select({ id: findings.id, number: findings.number, version: findings.version }).from(findings).where(inArray(findings.number, [...numbers]));
  return new Map(rows.map((row) => [row.number, row]));
}
