import { stages } from '../../workflows/stages.js';
import type { Field, Pages } from '../../views/pages.js';
import type { Crosstab } from '../../views/pages/distribution.js';
import type { House, Person } from '../context.js';
import { categoryNames, filingChoices } from '../findings/filing-choices.js';
import { choice, selectField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { addressOf, filtersFrom, ignoredNotice, type Filters } from './filters.js';
import { matrixCounts, standings, trackedCounts, type Counted, type Standing, type Tracked } from './counts.js';
import { crosstab, type Amount, type Line } from './matrix.js';
import { sightOf, type Sight } from './queries.js';
import { maySometimes } from './verbs.js';

/** 分派矩阵: category by unit, with those that are nobody's yet; and beside it where each unit stands. Every figure leads to its rows, where they are handed out. */
export async function matrixPage(house: House, person: Person, query: unknown, t: Words): Promise<Pages['matrix/show']> {
  const { filters, ignored } = filtersFrom(query);
  const sight = await sightOf(house, person, filters);
  const counts = await matrixCounts(house.db.reader, sight, filters);
  const tracked = await trackedCounts(house.db.reader, sight, filters);
  const { campaigns } = await filingChoices(house.db.reader);
  const named = await categoryNames(house.db.reader);
  const units = leadLines(counts, sight, t);
  const asked = unitLines(tracked, ({ checkUnitId }) => checkUnitId, (checker, checkerExact) => ({ check: filters.check ?? 'handed', checker, checkerExact }), sight.tree, sight.unitIds, t);
  const address = (narrowed: Partial<Filters>): string => addressOf({ ...filters, ...narrowed }, { by: 'number', descending: false });
  const all = counts.reduce((sum, { amount }) => sum + amount, 0);
  const kinds: readonly Line<Counted>[] = [
    ...named.map(({ id, name }): Line<Counted> => ({ label: name, holds: (count) => count.categoryId === id, narrowed: { category: id } })),
    { label: t('matrix.noCategory'), holds: ({ categoryId }) => categoryId === null, narrowed: { category: 0 } },
  ];
  return {
    total: t(filters.parts ? 'ledger.totalParts' : 'ledger.total', { count: all }), ignored: ignoredNotice(ignored, t),
    fields: fieldsOf(filters, campaigns, t), filtersOpen: ignored.length > 0 || address({}) !== '/findings', list: address({}), actions: undecidedActions(person, counts, address, t),
    tables: all === 0 ? [] : [
      crosstab(counts, kinds, units, { caption: t('matrix.byCategory'), corner: t('field.category'), sum: t('matrix.sum') }, address),
      unitsByStage(counts, units, address, t),
      ...(tracked.length === 0 ? [] : [crosstab(tracked, asked, answers(t), { caption: t('matrix.tracking'), corner: t('ledger.unit'), sum: t('matrix.handed'), beside: { label: t('matrix.lateChecks'), narrowed: { stages: ['suspected'], light: 'red' }, amountOf: ({ stage, overdue }) => (stage === 'suspected' ? overdue : 0) } }, (also) => address({ check: filters.check ?? 'handed', ...also }))]),
    ],
    empty: { text: t('ledger.empty'), href: '/matrix', label: t('ledger.clear') },
  };
}

/** Where each unit stands, alone, of everything that the reader sees: for the morning page. Null while there is nothing. */
export async function stageTable(house: House, person: Person, t: Words): Promise<Crosstab | null> {
  const { filters } = filtersFrom({});
  const sight = await sightOf(house, person, filters);
  const counts = await standings(house.db.reader, sight);
  return counts.length === 0 ? null : unitsByStage(counts, leadLines(counts, sight, t), (narrowed) => addressOf({ ...filters, ...narrowed }, { by: 'number', descending: false }), t);
}

function unitsByStage(counts: readonly Standing[], units: readonly Line<Standing>[], address: (narrowed: Partial<Filters>) => string, t: Words): Crosstab {
  const byStage: readonly Line<Standing>[] = stages.map((stage) => ({ label: t(`stage.${stage}`), holds: (count) => count.stage === stage, narrowed: { stages: [stage] } }));
  return crosstab(counts, units, byStage, { caption: t('matrix.byStage'), corner: t('ledger.unit'), sum: t('matrix.sum'), beside: { label: t('matrix.late'), narrowed: { light: 'red' }, amountOf: ({ overdue }) => overdue } }, address);
}

/** A line for each unit that leads something, and one for what is nobody's yet. */
function leadLines(counts: readonly Standing[], { tree, unitIds }: Sight, t: Words): readonly Line<Standing>[] {
  const nobodys: Line<Standing> = { label: t('matrix.undecided'), holds: ({ leadUnitId }) => leadUnitId === null, narrowed: { unit: 0 } };
  return [...unitLines(counts, ({ leadUnitId }) => leadUnitId, (unit, exact) => ({ unit, exact }), tree, unitIds, t), nobodys];
}

/** What came back of handing out; what was reported is founded, partly or unfounded, and stays counted when it is decided. */
function answers(t: Words): readonly Line<Tracked>[] {
  const results = (['founded', 'partly', 'unfounded'] as const).map((result): Line<Tracked> => ({ label: t(`choice.result.${result}`), holds: ({ checkResult }) => checkResult === result, narrowed: { check: result } }));
  return [
    { label: t('matrix.none'), holds: ({ checkResult }) => checkResult === null, narrowed: { check: 'none' } },
    { label: t('matrix.reported'), holds: ({ checkResult }) => checkResult !== null, narrowed: { check: 'reported' } }, ...results,
  ];
}

/** From what is nobody's yet to the form that hands it out, in one click. */
function undecidedActions(person: Person, counts: readonly Counted[], address: (narrowed: Partial<Filters>) => string, t: Words): Pages['matrix/show']['actions'] {
  const amount = (stage: string): number => counts.reduce((sum, count) => (count.leadUnitId === null && count.stage === stage ? sum + count.amount : sum), 0);
  return ([['suspected', 'HAND_OUT', 'check-request'], ['listed', 'ASSIGN', 'assignment']] as const).filter(([stage, event]) => amount(stage) > 0 && maySometimes(person, event))
    .map(([stage, event, resource]) => ({ href: `${address({ unit: 0, stages: [stage] }).replace('/findings?', `/findings/${resource}?all=yes&`)}`, label: t('matrix.handUndecided', { verb: t(`event.${event}`), count: amount(stage) }) }));
}

/** The units right below the reader's own, each with all that stands below it; what is the reader's own unit's; and each unit elsewhere that leads something of which the reader has a part. */
function unitLines<C extends Amount>(counts: readonly C[], unitOf: (count: C) => number | null, narrowed: (id: number, exact: boolean) => Partial<Filters>, tree: UnitTree, scope: readonly number[], t: Words): readonly Line<C>[] {
  const roots = new Set(scope);
  const columnOf = (id: number): number => {
    const path = tree.unit(id)?.path ?? [];
    const at = path.findIndex((each) => roots.has(each));
    return at < 0 ? id : path[at + 1] ?? path[at] ?? id;
  };
  const isElsewhere = (id: number): boolean => !(tree.unit(id)?.path ?? []).some((each) => roots.has(each));
  const columns = new Map(counts.flatMap((count) => { const id = unitOf(count); return id === null ? [] : [[id, columnOf(id)] as const]; }));
  const wanted = new Set(columns.values());
  return tree.all.filter(({ id }) => wanted.has(id)).map(({ id, shortName }): Line<C> => ({
    label: roots.has(id) ? t('matrix.own', { name: shortName }) : shortName, holds: (count) => { const unit = unitOf(count); return unit !== null && columns.get(unit) === id; },
    narrowed: narrowed(id, roots.has(id) || isElsewhere(id)),
  }));
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
