import type { Field, Pages } from '../../views/pages.js';
import type { Crosstab } from '../../views/pages/distribution.js';
import type { House, Person } from '../context.js';
import { categoryNames, filingChoices } from '../findings/filing-choices.js';
import { choice, selectField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { addressOf, filtersFrom, namesOf, stages, type Filters } from './filters.js';
import { crosstab, matrixCounts, type Counted, type Line } from './matrix.js';
import { sightOf, viewOf } from './queries.js';

/** 分派矩阵: category by unit, with those that are nobody's yet; and beside it where each unit stands. Every figure leads to its rows, where they are handed out. */
export async function matrixPage(house: House, person: Person, query: unknown, t: Words): Promise<Pages['matrix/show']> {
  const { filters, ignored } = filtersFrom(query);
  const sight = await sightOf(house, person, filters);
  const counts = await matrixCounts(house.db.reader, viewOf(sight, filters), sight.today);
  const { campaigns } = await filingChoices(house.db.reader);
  const named = await categoryNames(house.db.reader);
  const units = unitLines(counts, sight.tree, sight.unitIds, t);
  const address = (narrowed: Partial<Filters>): string => addressOf({ ...filters, ...narrowed }, { by: 'number', descending: false });
  const all = counts.reduce((sum, { amount }) => sum + amount, 0);
  const kinds: readonly Line[] = [
    ...named.map(({ id, name }): Line => ({ label: name, holds: (count) => count.categoryId === id, narrowed: { category: id } })),
    { label: t('matrix.noCategory'), holds: ({ categoryId }) => categoryId === null, narrowed: { category: 0 } },
  ];
  return {
    total: t(filters.parts ? 'ledger.totalParts' : 'ledger.total', { count: all }), ignored: ignored.length > 0 ? t('ledger.ignored', { names: namesOf(ignored, t) }) : null,
    fields: fieldsOf(filters, campaigns, t), list: address({}),
    tables: all === 0 ? [] : [
      crosstab(counts, kinds, units, { caption: t('matrix.byCategory'), corner: t('field.category'), sum: t('matrix.sum') }, address),
      unitsByStage(counts, units, address, t),
    ],
    empty: { text: t('ledger.empty'), href: '/matrix', label: t('ledger.clear') },
  };
}

/** Where each unit stands, alone, of everything that the reader sees: for the morning page. Null while there is nothing. */
export async function stageTable(house: House, person: Person, t: Words): Promise<Crosstab | null> {
  const { filters } = filtersFrom({});
  const sight = await sightOf(house, person, filters);
  const counts = await matrixCounts(house.db.reader, viewOf(sight, filters), sight.today);
  return counts.length === 0 ? null : unitsByStage(counts, unitLines(counts, sight.tree, sight.unitIds, t), (narrowed) => addressOf({ ...filters, ...narrowed }, { by: 'number', descending: false }), t);
}

function unitsByStage(counts: readonly Counted[], units: readonly Line[], address: (narrowed: Partial<Filters>) => string, t: Words): Crosstab {
  const byStage: readonly Line[] = stages.map((stage) => ({ label: t(`stage.${stage}`), holds: (count) => count.stage === stage, narrowed: { stages: [stage] } }));
  return crosstab(counts, units, byStage, { caption: t('matrix.byStage'), corner: t('ledger.unit'), sum: t('matrix.sum'), beside: { label: t('matrix.late'), narrowed: { light: 'red' }, amountOf: ({ overdue }) => overdue } }, address);
}

/** The units right below the reader's own, each with all that stands below it; what is the reader's own unit's; and what is nobody's yet. */
function unitLines(counts: readonly Counted[], tree: UnitTree, scope: readonly number[], t: Words): readonly Line[] {
  const roots = new Set(scope);
  const columnOf = (id: number): number => {
    const path = tree.unit(id)?.path ?? [];
    const at = path.findIndex((each) => roots.has(each));
    return path[at + 1] ?? path[at] ?? id;
  };
  const columns = new Map(counts.flatMap(({ leadUnitId }) => (leadUnitId === null ? [] : [[leadUnitId, columnOf(leadUnitId)] as const])));
  const shown = tree.all.filter(({ id }) => [...columns.values()].includes(id));
  return [
    ...shown.map(({ id, shortName }): Line => ({
      label: roots.has(id) ? t('matrix.own', { name: shortName }) : shortName, holds: ({ leadUnitId }) => leadUnitId !== null && columns.get(leadUnitId) === id,
      narrowed: { unit: id, exact: roots.has(id) },
    })),
    { label: t('matrix.undecided'), holds: ({ leadUnitId }) => leadUnitId === null, narrowed: { unit: 0 } },
  ];
}

function fieldsOf(filters: Filters, campaigns: readonly { readonly id: number; readonly name: string }[], t: Words): readonly Field[] {
  const stage = filters.stages.length === 1 ? filters.stages[0] : '';
  return [
    selectField({ name: 'campaign', label: t('ledger.filter.campaign'), choices: campaigns.map(({ id, name }) => choice(id, name, filters.campaign === id)) }),
    selectField({ name: 'stage', label: t('list.stage'), choices: stages.map((each) => choice(each, t(`stage.${each}`), each === stage)) }),
    selectField({ name: 'severity', label: t('ledger.filter.severity'), choices: (['ordinary', 'major'] as const).map((each) => choice(each, t(`choice.severity.${each}`), filters.severity === each)) }),
    selectField({ name: 'kind', label: t('ledger.filter.kind'), choices: ['findings', 'parts'].map((each) => choice(each, t(`ledger.kind.${each}`), filters.parts === (each === 'parts'))) }),
  ];
}
