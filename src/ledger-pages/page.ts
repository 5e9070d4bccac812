import { stages } from '../../workflows/stages.js';
import type { Pages } from '../../views/pages.js';
import type { Head } from '../../views/pages/ledger.js';
import type { House, Person } from '../context.js';
import { lightView, stateBadge } from '../findings/lights.js';
import { stuckWords, type Stuck } from '../findings/stuck.js';
import { unitWords } from '../findings/unit-words.js';
import { officePostOf } from '../findings/policy.js';
import { countsOf } from '../totals/counts.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { chipsOf, filterFields } from './filter-fields.js';
import { addressOf, filtersFrom, ignoredNotice, stageNames, type Filters, type Order, type Sort } from './filters.js';
import { cursorFrom, fromOf, pagerOf, sizeFrom } from './pager.js';
import { columnKeys, usualColumns, type ColumnKey } from './column-keys.js';
import { cellsOf, columnHead, dueWord } from './columns.js';
import { viewLinks } from '../saved-views/links.js';
import { verbsFor } from './verbs.js';
import { stageCounts } from './counts.js';
import { viewOf, mostHits, pageOf, sightOf, stuckWith, type ListRow, type Sight } from './queries.js';

/** The ledger as this person may see it, narrowed by the address. */
export async function ledgerPage(house: House, person: Person, query: Readonly<Record<string, unknown>>, t: Words): Promise<Pages['findings/list']> {
  const { reader } = house.db;
  const { filters, order, ignored } = filtersFrom(query);
  const sight = await sightOf(house, person, filters);
  const { tree, today, matches } = sight;
  const size = sizeFrom(query);
  const cursor = cursorFrom(query);
  const view = viewOf(sight, filters);
  const { rows, more } = await pageOf(reader, view, order, cursor, size);
  const counts = await facetCounts(house, sight, filters);
  const total = filters.stages.length === 0 ? sum([...counts.values()]) : sum(filters.stages.map((stage) => counts.get(stage) ?? 0));
  const stuck = await stuckWith(reader, rows.map((row) => row.id));
  const plain = isPlain(filters);
  const fields = await filterFields(house, filters, t, tree);
  return {
    ignored: ignoredNotice(ignored, t),
    total: t(filters.parts ? 'ledger.totalParts' : 'ledger.total', { count: total }) + (matches?.some(({ ids }) => ids.length === mostHits) ? t('ledger.cut', { count: mostHits }) : ''),
    words: filters.words, filters: fields, chips: chipsOf(fields, filters, order, t), filtersOpen: ignored.length > 0,
    facets: facetsOf(filters, order, counts, t), lights: lightsOf(filters, order, t), sorts: sortsOf(filters, order, t), heads: headsOf(filters, order, t),
    chosen: filters.columns.length === 0 ? null : { heads: filters.columns.map((key) => headOf(key, filters, order, t)), rows: await chosenRows(house, sight, rows, filters, t) },
    columns: columnChoices(filters, t), views: await viewLinks(house, person, filters, order, t), saving: `/views?${new URLSearchParams({ query: addressOf(filters, order).split('?')[1] ?? '' }).toString()}`, print: addressOf(filters, order).replace(/^\/findings/u, '/findings/print'), reminder: officePostOf(person) ? addressOf(filters, order).replace(/^\/findings/u, '/findings/reminder') : null,
    hidden: viewFields(filters, order).filter(({ name }) => (name === 'stage' ? stageNames(filters).length > 1 : name !== 'columns' && !fields.some((field) => field.name === name))),
    rows: rows.map((row) => rowView(row, stuck.get(row.id), tree, today, t)),
    empty: plain ? { text: t('ledger.emptyAll'), href: officePostOf(person) ? '/imports' : '/', label: officePostOf(person) ? t('nav.imports') : t('nav.workbench') } : { text: t('ledger.empty'), href: '/findings', label: t('ledger.clear') },
    pager: pagerOf({ rows, more, cursor, size, total, from: fromOf(query, cursor, total, rows.length) }, filters, order, t),
    exports: { xlsx: exportAddress(filters, order, 'xlsx'), csv: exportAddress(filters, order, 'csv') },
    verbs: verbViews(person, shownStages(filters, counts), filters, t), viewFields: viewFields(filters, order), clear: plain ? null : '/findings',
  };
}

/** Buttons of what these rows wait for; where they are of several stages, everything that some of them might wait for stands behind one. */
function verbViews(person: Person, shown: ReadonlySet<string>, filters: Filters, t: Words): Pages['findings/list']['verbs'] {
  const verbs = verbsFor(person, shown, filters);
  const stands = ({ event }: (typeof verbs)[number]): boolean => shown.size === 1 && event.weight !== 'more';
  const way = ({ event: { type, resource }, forOthers }: (typeof verbs)[number]) => ({ href: `/findings/${resource ?? ''}`, label: forOthers ? t('bulk.forOthers', { verb: t(`event.${type}`) }) : t(`event.${type}`) });
  const first = verbs.filter(stands);
  return verbs.length === 0 ? null : { first: first.map(way), further: verbs.filter((verb) => !stands(verb)).map(way), more: t(first.length > 0 ? 'ledger.togetherMore' : 'ledger.together') };
}

/** Counts by stage beside the list: the kept ones for a whole scope, counted from the index for anything narrower. */
async function facetCounts(house: House, sight: Sight, filters: Filters): Promise<ReadonlyMap<string, number>> {
  if (isPlain({ ...filters, stages: [], adopted: null, listed: null }) && sight.unitIds.length === 1) {
    const counts = new Map<string, number>();
    const fits = (name: 'adopted' | 'listed', value: boolean): boolean => filters[name] === null || filters[name] === value;
    for (const { stage, adopted, listed, amount } of await countsOf(house.db.reader, sight.unitIds, filters.parts)) {
      if (fits('adopted', adopted) && fits('listed', listed)) counts.set(stage, (counts.get(stage) ?? 0) + amount);
    }
    return counts;
  }
  return stageCounts(house.db.reader, sight, { ...filters, stages: [] });
}

function isPlain(filters: Filters): boolean {
  return addressOf({ ...filters, parts: false, columns: [] }, { by: 'number', descending: false }) === '/findings';
}

/** The page's rows by the columns that were chosen, each with its address. */
async function chosenRows(house: House, sight: Sight, rows: readonly ListRow[], filters: Filters, t: Words): Promise<NonNullable<Pages['findings/list']['chosen']>['rows']> {
  const cells = await cellsOf(house, sight, rows, filters, t);
  return rows.map((row, index) => ({
    number: row.number, href: `/findings/${row.number}`, cells: (cells[index] ?? []).map((cell, at) => {
      const key = filters.columns[at] ?? 'number';
      return { label: columnHead(key, filters, t), text: cell === null ? '' : String(cell), isNumber: key === 'number', state: key === 'stage' ? stateBadge(row.state, row.stage, t) : null, light: key === 'deadline' ? lightView(row, sight.today, t) : null };
    }),
  }));
}

/** Every column, those in use first in their order: which, and in which place. Of the usual list, those that it shows. */
function columnChoices(filters: Filters, t: Words): Pages['findings/list']['columns'] {
  const columns = filters.columns.length > 0 ? filters.columns : usualColumns;
  return [...columns, ...columnKeys.filter((key) => !columns.includes(key))].map((key) => ({ key, label: columnHead(key, filters, t), chosen: columns.includes(key), place: columns.includes(key) ? String(columns.indexOf(key) + 1) : '' }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}

function rowView(row: ListRow, stuck: Stuck | undefined, tree: UnitTree, today: string, t: Words): Pages['findings/list']['rows'][number] {
  return {
    number: row.number, href: `/findings/${row.number}`, title: row.title, unit: unitWords(row, tree, t), state: stateBadge(row.state, row.stage, t),
    severity: row.severity === 'major' ? { label: t('choice.severity.major'), tone: 'bad' } : null, dueOn: row.dueOn ?? '', light: lightView(row, today, t), latest: row.latest ?? '',
    stuck: stuckWords(stuck, tree, t),
    parts: row.partsTotal > 0 ? t('ledger.parts', { closed: row.partsTotal - row.partsOpen, total: row.partsTotal }) : '',
  };
}

/** The stages that rows of the view may be in. */
function shownStages(filters: Filters, counts: ReadonlyMap<string, number>): ReadonlySet<string> {
  return new Set([...counts].filter(([stage, amount]) => amount > 0 && (filters.stages.length === 0 || filters.stages.some((each) => each === stage))).map(([stage]) => stage));
}

/** The view as fields of a form, for doing something to all of it. */
function viewFields(filters: Filters, order: Order): Pages['findings/list']['viewFields'] {
  const query = addressOf(filters, order).split('?')[1] ?? '';
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
}

function facetsOf(filters: Filters, order: Order, counts: ReadonlyMap<string, number>, t: Words): Pages['findings/list']['facets'] {
  const all = { label: `${t('ledger.all')} ${sum([...counts.values()])}`, href: addressOf({ ...filters, stages: [] }, order), current: filters.stages.length === 0 };
  const each = stages.filter((stage) => (counts.get(stage) ?? 0) > 0).map((stage) => ({
    label: `${t(`stage.${stage}`)} ${counts.get(stage) ?? 0}`, href: addressOf({ ...filters, stages: [stage] }, order), current: filters.stages.length === 1 && filters.stages[0] === stage,
  }));
  return [all, ...each];
}

function lightsOf(filters: Filters, order: Order, t: Words): Pages['findings/list']['lights'] {
  return ['red', 'yellow', 'green'].map((light) => ({ label: t(`ledger.light.${light}`), href: addressOf({ ...filters, light: filters.light === light ? null : light }, order), current: filters.light === light }));
}

function sortsOf(filters: Filters, order: Order, t: Words): Pages['findings/list']['sorts'] {
  return (['number', 'due'] as const).map((by) => sorting(by, filters, order, t));
}

/** The columns of the list: number and deadline put it in order. */
function headsOf(filters: Filters, order: Order, t: Words): Pages['findings/list']['heads'] {
  return [sorting('number', filters, order, t), ...['ledger.problem', 'ledger.unit', 'list.stage'].map((key) => plainHead(t(key))), sorting('due', filters, order, t), plainHead(t('ledger.latest')), plainHead(t('ledger.stuck'))];
}

/** The head of a chosen column. */
function headOf(key: ColumnKey, filters: Filters, order: Order, t: Words): Head {
  const by: Sort | null = key === 'number' ? 'number' : key === 'deadline' ? 'due' : null;
  const label = columnHead(key, filters, t);
  return by === null ? plainHead(label) : { ...sorting(by, filters, order, t), label };
}

/** The head of a column that puts the list in order, the other way round where it does already. */
function sorting(by: Sort, filters: Filters, order: Order, t: Words): Head & { readonly href: string } {
  const sorted = order.by === by ? (order.descending ? 'descending' : 'ascending') : null;
  return { label: t(by === 'due' ? dueWord(filters) : 'list.number'), href: addressOf(filters, { by, descending: sorted === 'ascending' }), mark: sorted === null ? '' : sorted === 'descending' ? '↓' : '↑', sorted };
}

function plainHead(label: string): Head {
  return { label, href: null, mark: '', sorted: null };
}

function exportAddress(filters: Filters, order: Order, format: 'xlsx' | 'csv'): string {
  return addressOf(filters, order).replace(/^\/findings/u, `/findings/export.${format}`);
}
