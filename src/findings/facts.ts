import type { Fact } from '../../views/pages/findings.js';
import type { Words } from '../words.js';
import { extraOf } from './extra.js';
import { originOf, tellsColumns } from './origins.js';
import type { FindingWorld } from './pages.js';

/** 五方面: problem, requirement and standard, responsibility, deadline, measures. */
export function aspectsOf({ t, tree, texts, loaded: { snapshot: { context } } }: FindingWorld): readonly Fact[] {
  const unit = (id: number | null): string => (id === null ? '' : tree.unit(id)?.name ?? '');
  const units = (ids: readonly number[]): string => ids.map(unit).filter(Boolean).join('、');
  return filled([
    [t('aspect.problem'), texts?.description ?? ''],
    [t('field.requirement'), texts?.requirement ?? ''],
    [t('field.closureStandard'), texts?.closureStandard ?? ''],
    [t('field.leadUnitId'), unit(context.leadUnitId)],
    [t('field.jointLeadUnitIds'), units(context.jointLeadUnitIds)],
    [t('field.responsibleUnitIds'), units(context.responsibleUnitIds)],
    [t('field.supportingUnitIds'), units(context.supportingUnitIds)],
    [t('field.deadline'), context.deadline ? deadlineWords(context.deadline, context.originalDeadline, t) : ''],
  ]);
}

function deadlineWords(deadline: string, original: string | null, t: Words): string {
  return original && original !== deadline ? t('finding.deadlineMoved', { deadline, original }) : deadline;
}

/** Where it came from, under what it is filed, who is named, what became of it; and what its list said beside. */
export function factsOf({ t, tree, texts, from, campaign, category, office, hidden, loaded: { row, snapshot: { context } } }: FindingWorld): readonly Fact[] {
  const shown = (...numbers: readonly string[]): string => numbers.filter((number) => !hidden.has(number)).join('、');
  const told = from.map(({ source, originalNumber }) => originOf(source, originalNumber, office, t));
  const own = filled([
    [t('field.source'), told.join('\n')],
    [t('field.campaign'), campaign ?? ''],
    [t('field.category'), category ?? ''],
    [t('relation.host'), tree.unit(row.hostOfficeId)?.name ?? ''],
    [t('field.sectorUnitId'), context.sectorUnitId === null ? '' : tree.unit(context.sectorUnitId)?.name ?? ''],
    [t('field.checkUnitId'), context.checkUnitId === null ? '' : tree.unit(context.checkUnitId)?.name ?? ''],
    [t('field.checkResult'), context.checkResult === null ? '' : t(`choice.result.${context.checkResult}`)],
    [t('field.supervisor'), texts?.supervisor ?? ''],
    [t('field.responsible'), texts?.responsible ?? ''],
    [t('field.leadLeader'), texts?.leadLeader ?? ''],
    [t('field.listedOn'), row.listedOn ?? ''],
    [t('field.verifiedOn'), row.verifiedOn ?? ''],
    [t('field.closedOn'), row.closedOn ?? ''],
    [t('field.outcome'), context.outcome === null ? '' : t(`choice.outcome.${context.outcome}`)],
    [t('field.mergedInto'), shown(context.mergedInto ?? '')],
    [t('field.absorbed'), shown(...context.absorbed ?? [])],
    [t('field.splitFrom'), shown(context.splitFrom ?? '')],
    [t('field.splitInto'), shown(...context.splitInto ?? [])],
    [t('field.reviewOn'), context.reviewOn ?? ''],
  ]);
  return tellsColumns(from.map(({ source }) => source), office) ? [...own, ...besides(own, extraOf(texts?.extra), t)] : own;
}

/** What the list said in further columns; one that is called as a fact here says that it is the list's, and says nothing where it says the same. */
function besides(own: readonly Fact[], columns: readonly (readonly [header: string, text: string])[], t: Words): readonly Fact[] {
  return columns.flatMap(([label, value]) => {
    const same = own.find((fact) => fact.label === label);
    if (same === undefined) return [{ label, value }];
    return same.value === value ? [] : [{ label: t('finding.ofList', { label }), value }];
  });
}

function filled(pairs: readonly (readonly [string, string])[]): readonly Fact[] {
  return pairs.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value }));
}
