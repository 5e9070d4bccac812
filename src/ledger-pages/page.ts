import type { Field, Pages } from '../../views/pages.js';
import type { House, Person } from '../context.js';
import { choice, selectField, textField } from '../forms.js';
import { filingChoices } from '../findings/filing-choices.js';
import { lightView, stateBadge } from '../findings/lights.js';
import { channels } from '../findings/new-form.js';
import { officePostOf } from '../findings/policy.js';
import { unitChoices } from '../findings/fields.js';
import { countsOf } from '../totals/counts.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { addressOf, filtersFrom, stageGroups, stages, type Filters, type Order } from './filters.js';
import { viewOf, mostHits, pageOf, sightOf, stageCounts, stuckWith, type Cursor, type ListRow, type Sight } from './queries.js';

const sizes = [50, 20, 100];

/** The ledger as this person may see it, narrowed by the address. */
export async function ledgerPage(house: House, person: Person, query: Readonly<Record<string, unknown>>, t: Words): Promise<Pages['findings/list']> {
  const { reader } = house.db;
  const { filters, order, ignored } = filtersFrom(query);
  const sight = await sightOf(house, person, filters);
  const { tree, today, matches } = sight;
  const size = sizes.find((each) => String(each) === query['size']) ?? 50;
  const cursor = cursorFrom(query);
  const view = viewOf(sight, filters);
  const { rows, more } = await pageOf(reader, view, order, cursor, size);
  const counts = await facetCounts(house, sight, filters);
  const total = filters.stages.length === 0 ? sum([...counts.values()]) : sum(filters.stages.map((stage) => counts.get(stage) ?? 0));
  const stuck = await stuckWith(reader, rows.map((row) => row.id));
  const plain = isPlain(filters);
  return {
    ignored: ignored.length > 0 ? t('ledger.ignored', { names: ignored.map((name) => t(`ledger.filter.${name}`)).join('、') }) : null,
    total: t(filters.parts ? 'ledger.totalParts' : 'ledger.total', { count: total }) + (matches?.some(({ ids }) => ids.length === mostHits) ? t('ledger.cut', { count: mostHits }) : ''),
    words: filters.words, filters: await filterFields(house, filters, t, tree), filtersOpen: !plain,
    facets: facetsOf(filters, order, counts, t), lights: lightsOf(filters, order, t), sorts: sortsOf(filters, order, t),
    hidden: [...(order.by === 'due' ? [{ name: 'sort', value: 'due' }] : []), ...(order.descending ? [{ name: 'order', value: 'desc' }] : [])],
    rows: rows.map((row) => rowView(row, stuck.get(row.id), tree, today, t)),
    empty: plain ? { text: t('ledger.emptyAll'), href: officePostOf(person) ? '/imports' : '/', label: officePostOf(person) ? t('nav.imports') : t('nav.workbench') } : { text: t('ledger.empty'), href: '/findings', label: t('ledger.clear') },
    pager: pagerOf(rows, more, cursor, filters, order, size, t),
    exports: { xlsx: exportAddress(filters, order, 'xlsx'), csv: exportAddress(filters, order, 'csv') },
    canAssign: officePostOf(person) !== null, assignAll: assignAllOf(filters, order, counts.get('listed') ?? 0, t), clear: plain ? null : '/findings',
  };
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
  return stageCounts(house.db.reader, viewOf(sight, { ...filters, stages: [] }));
}

function isPlain(filters: Filters): boolean {
  return addressOf({ ...filters, parts: false }, { by: 'number', descending: false }) === '/findings';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}

function rowView(row: ListRow, stuck: { readonly event: string; readonly unitId: number | null; readonly role: string } | undefined, tree: UnitTree, today: string, t: Words): Pages['findings/list']['rows'][number] {
  const unit = row.leadUnitId === null ? undefined : tree.unit(row.leadUnitId);
  const holder = stuck?.unitId ? tree.unit(stuck.unitId) : undefined;
  return {
    number: row.number, href: `/findings/${row.number}`, title: row.title, unit: unit?.shortName ?? '', state: stateBadge(row.state, row.stage, t),
    severity: row.severity === 'major' ? { label: t('choice.severity.major'), tone: 'bad' } : null, dueOn: row.dueOn ?? '', light: lightView(row, today, t), latest: row.latest ?? '',
    stuck: stuck ? [holder?.shortName ?? t(`role.${stuck.role}`), t(`event.${stuck.event}`), holder?.phone].filter(Boolean).join(' ') : '',
    parts: row.partsTotal > 0 ? t('ledger.parts', { closed: row.partsTotal - row.partsOpen, total: row.partsTotal }) : '',
  };
}

/** Everything of the view that waits to be assigned, in one go. */
function assignAllOf(filters: Filters, order: Order, count: number, t: Words): Pages['findings/list']['assignAll'] {
  if (count === 0 || (filters.stages.length > 0 && !filters.stages.includes('listed'))) return null;
  return { href: addressOf({ ...filters, stages: ['listed'] }, order, { all: 'yes' }).replace('/findings', '/findings/assignment'), label: t('ledger.assignAll', { count }) };
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
  return (['number', 'due'] as const).map((by) => ({
    label: t(by === 'due' ? 'field.deadline' : 'list.number'), href: addressOf(filters, { by, descending: order.by === by && !order.descending }),
    mark: order.by === by ? (order.descending ? '↓' : '↑') : '',
  }));
}

async function filterFields(house: House, filters: Filters, t: Words, tree: UnitTree): Promise<readonly Field[]> {
  const { campaigns, categories } = await filingChoices(house.db.reader);
  const select = (name: keyof Filters & string, values: readonly (readonly [string, string])[]): Field => selectField({ name, label: t(`ledger.filter.${name}`), choices: values.map(([value, label]) => choice(value, label, String(filters[name] ?? '') === value)) });
  const date = (name: 'dueFrom' | 'dueTo' | 'listedFrom' | 'listedTo'): Field => textField({ name, label: t(`ledger.filter.${name}`), type: 'date', value: filters[name] ?? '' });
  const yesNo = (name: 'adopted' | 'listed'): Field => selectField({ name, label: t(`ledger.filter.${name}`), choices: ['yes', 'no'].map((each) => choice(each, t(`ledger.${name}.${each}`), filters[name] === (each === 'yes'))) });
  const units = tree.all.filter((unit) => !['office', 'team', 'superior'].includes(unit.kind));
  return [
    textField({ name: 'q', label: t('ledger.filter.q'), value: filters.words, type: 'search' }),
    selectField({ name: 'stage', label: t('list.stage'), choices: [...stageGroups.map((name) => choice(name, t(`ledger.group.${name}`), false)), ...stages.map((stage) => choice(stage, t(`stage.${stage}`), filters.stages.length === 1 && filters.stages[0] === stage))] }),
    selectField({ name: 'unit', label: t('ledger.filter.unit'), choices: unitChoices(units, [String(filters.unit ?? '')], t) }),
    select('channel', [...channels, 'superior' as const].map((each) => [each, t(`channel.${each}`)])), select('campaign', campaigns.map((row) => [String(row.id), row.name])), select('category', categories.map((row) => [String(row.id), row.name])),
    select('type', ['immediate', 'staged', 'continuing'].map((each) => [each, t(`choice.rectificationType.${each}`)])), select('severity', ['ordinary', 'major'].map((each) => [each, t(`choice.severity.${each}`)])),
    select('light', ['red', 'yellow', 'green', 'none'].map((each) => [each, t(`ledger.light.${each}`)])),
    date('dueFrom'), date('dueTo'), date('listedFrom'), date('listedTo'),
    yesNo('adopted'), yesNo('listed'),
    selectField({ name: 'kind', label: t('ledger.filter.kind'), choices: ['findings', 'parts'].map((each) => choice(each, t(`ledger.kind.${each}`), filters.parts === (each === 'parts'))) }),
  ];
}

/** "2020-06-30~ZG-2020-0007": the row that a page begins after (or ends before). */
function cursorFrom(query: Readonly<Record<string, unknown>>): Cursor | null {
  const text = [query['after'], query['before']].find((value): value is string => typeof value === 'string' && value.includes('~') && value.length < 80);
  if (text === undefined) return null;
  const at = text.indexOf('~');
  return { value: text.slice(0, at), number: text.slice(at + 1), backwards: typeof query['before'] === 'string' };
}

function pagerOf(rows: readonly ListRow[], more: boolean, cursor: Cursor | null, filters: Filters, order: Order, size: number, t: Words): Pages['findings/list']['pager'] {
  const key = (row: ListRow | undefined): string => (row ? `${order.by === 'due' ? row.dueOn ?? '9999-12-31' : row.number}~${row.number}` : '');
  const sized: Readonly<Record<string, string>> = size === 50 ? {} : { size: String(size) };
  const hasPrevious = cursor !== null && (cursor.backwards ? more : true) && rows.length > 0;
  const hasNext = cursor?.backwards ? true : more;
  return {
    summary: t('ledger.shown', { count: rows.length }),
    previous: hasPrevious ? addressOf(filters, order, { ...sized, before: key(rows[0]) }) : null,
    next: hasNext && rows.length > 0 ? addressOf(filters, order, { ...sized, after: key(rows.at(-1)) }) : null,
  };
}

function exportAddress(filters: Filters, order: Order, format: 'xlsx' | 'csv'): string {
  return addressOf(filters, order).replace(/^\/findings/u, `/findings/export.${format}`);
}
