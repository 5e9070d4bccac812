import { eq, inArray, sql } from 'drizzle-orm';
import { categories, findings, findingSources, findingTexts, findingUnits, sources } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import type { Cell, Column } from '../exports/table.js';
import { extraOf } from '../findings/extra.js';
import { joined, tellsColumns } from '../findings/origins.js';
import { stuckWords } from '../findings/stuck.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { columnKeys, type ColumnKey } from './column-keys.js';
import { filtersFrom, type Filters, type Order } from './filters.js';
import { pageOf, sightOf, stuckWith, viewOf, type Cursor, type ListRow, type Sight } from './queries.js';

/** How wide each is in a file, in characters; dates are dates there. */
const widths: Readonly<Record<ColumnKey, number>> = {
  number: 16, originalNumber: 10, channel: 16, category: 16, title: 36, description: 50, requirement: 36, closureStandard: 36, type: 12, severity: 8, deadline: 12, leadUnit: 22, responsibleUnits: 30, supportingUnits: 30,
  responsible: 12, latest: 36, checkResult: 10, stage: 14, stuck: 30, listedOn: 12, closedOn: 12, adopted: 8, extra: 36,
};
const dates: readonly ColumnKey[] = ['deadline', 'listedOn', 'closedOn'];

/** Columns by their keys, all of them when none was chosen. The headers are those that an import understands. */
export function columnsOf(filters: Pick<Filters, 'columns' | 'stages'>, t: Words): readonly Column[] {
  return chosenKeys(filters.columns).map((key) => ({ header: columnWord(key, filters, t), width: widths[key], kind: dates.includes(key) ? 'date' : 'text' }));
}

/** The head of a column: the date of a clue is until when it is to be checked. */
export function columnWord(key: ColumnKey, filters: Pick<Filters, 'stages'>, t: Words): string {
  return key === 'deadline' && isOfClues(filters) ? t('field.checkBy') : t(`export.${key}`);
}

/** The same on a page, where what stands and what was last heard are called as they are in the usual list; in a file they are called as lists of this kind call them. */
export function columnHead(key: ColumnKey, filters: Pick<Filters, 'stages'>, t: Words): string {
  return key === 'stage' ? t('list.stage') : key === 'latest' ? t('ledger.latest') : columnWord(key, filters, t);
}

/** The word for the date of the rows. */
export function dueWord(filters: Pick<Filters, 'stages'>): string {
  return isOfClues(filters) ? 'field.checkBy' : 'field.deadline';
}

function isOfClues({ stages }: Pick<Filters, 'stages'>): boolean {
  return stages.length > 0 && stages.every((stage) => stage === 'suspected');
}

export function chosenKeys(keys: readonly ColumnKey[]): readonly ColumnKey[] {
  return keys.length > 0 ? keys : columnKeys;
}

/** Every row of a view, five hundred at a time: what is in a file or on paper is what the pages show, in their order. */
export async function* rowsOf(house: House, person: Person, query: unknown, t: Words): AsyncGenerator<readonly Cell[]> {
  const { filters, order } = filtersFrom(query);
  const sight = await sightOf(house, person, filters);
  const view = viewOf(sight, filters);
  let cursor: Cursor | null = null;
  for (;;) {
    const { rows, more } = await pageOf(house.db.reader, view, order, cursor, 500);
    yield* await cellsOf(house, sight, rows, filters, t);
    const last = rows.at(-1);
    if (!more || !last) return;
    cursor = behind(last, order);
  }
}

/** The place of a row in an order. */
function behind(row: ListRow, order: Order): Cursor {
  return { row: { value: order.by === 'due' ? row.dueOn ?? '9999-12-31' : row.number, number: row.number }, backwards: false };
}

/** The chosen cells of rows that are on a page already. */
export async function cellsOf(house: House, sight: Sight, rows: readonly ListRow[], { columns }: Filters, t: Words): Promise<readonly (readonly Cell[])[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const { byId, texts, originals, hidden, unitsOf, categoryNames } = await besides(house, ids, sight.offices, sight.tree);
  const stuck = await stuckWith(house.db.reader, ids);
  const keys = chosenKeys(columns);
  return rows.map((row) => {
    const [full, text] = [byId.get(row.id), texts.get(row.id)];
    const all: Readonly<Record<ColumnKey, Cell>> = {
      number: row.number, originalNumber: originals.get(row.id) ?? '', channel: full ? t(`channel.${full.channel}`) : '', category: full?.categoryId ? categoryNames.get(full.categoryId) ?? '' : '', title: row.title,
      description: text?.description ?? '', requirement: text?.requirement ?? '', closureStandard: text?.closureStandard ?? '', type: row.rectificationType ? t(`choice.rectificationType.${row.rectificationType}`) : '',
      severity: t(`choice.severity.${row.severity}`), deadline: row.dueOn, leadUnit: row.leadUnitId === null ? '' : sight.tree.unit(row.leadUnitId)?.name ?? '', responsibleUnits: unitsOf(row.id, 'responsible'),
      supportingUnits: unitsOf(row.id, 'supporting'), responsible: text?.responsible ?? '', latest: row.latest ?? '', checkResult: full?.checkResult ? t(`choice.result.${full.checkResult}`) : '', stage: t(`state.${row.state}`), stuck: stuckWords(stuck.get(row.id), sight.tree, t),
      listedOn: full?.listedOn ?? null, closedOn: full?.closedOn ?? null, adopted: row.adopted ? t('ledger.adopted.yes') : '', extra: hidden.has(row.id) ? '' : extraOf(text?.extra).map((column) => column.join('：')).join('；'),
    };
    return keys.map((key) => all[key]);
  });
}

/** What was found when a clue was checked: beside each row of a scope, the same in all. In words of SQL, because in a select of one table drizzle would leave out which table a column is of. */
const checked = sql<'founded' | 'partly' | 'unfounded' | null>`(select check_result from finding_scope where finding_id = findings.id limit 1)`;

/** Texts and numbers of the rows; the number in a confidential source, and what its list said beside, only for its own office. */
async function besides(house: House, ids: readonly number[], offices: readonly number[], tree: UnitTree) {
  const { reader } = house.db;
  const full = await reader.select({ id: findings.id, channel: findings.channel, checkResult: checked, categoryId: findings.categoryId, listedOn: findings.listedOn, closedOn: findings.closedOn }).from(findings).where(inArray(findings.id, [...ids]));
  const texts = await reader.select().from(findingTexts).where(inArray(findingTexts.findingId, [...ids]));
  const from = (await reader.select({ id: findingSources.findingId, number: findingSources.originalNumber, confidential: sources.confidential, host: findings.hostOfficeId, parentId: findings.parentId }).from(findingSources)
    .innerJoin(sources, eq(sources.id, findingSources.sourceId)).innerJoin(findings, eq(findings.id, findingSources.findingId)).where(inArray(findingSources.findingId, [...ids])))
    .map((row) => ({ ...row, isOpen: tellsColumns([row], row.parentId === null && offices.includes(row.host)) }));
  const relations = await reader.select().from(findingUnits).where(inArray(findingUnits.findingId, [...ids]));
  const unitsOf = (id: number, relation: string): string => relations.filter((row) => row.findingId === id && row.relation === relation).map((row) => tree.unit(row.unitId)?.name).filter(Boolean).join('、');
  // One finding may have several sources: every number by which somebody knows it.
  const originals = joined(from.filter(({ isOpen }) => isOpen));
  return {
    unitsOf, originals, hidden: new Set(from.filter(({ isOpen }) => !isOpen).map(({ id }) => id)), byId: new Map(full.map((row) => [row.id, row])), texts: new Map(texts.map((row) => [row.findingId, row])),
    categoryNames: new Map((await reader.select({ id: categories.id, name: categories.name }).from(categories)).map((row) => [row.id, row.name])),
  };
}
