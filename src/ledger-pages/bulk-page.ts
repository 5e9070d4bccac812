import { randomUUID } from 'node:crypto';
import type { Pages } from '../../views/pages.js';
import { blank } from '../../workflows/rectification/1/blank.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { FindingContext } from '../../workflows/finding.js';
import type { Refusal } from '../../workflows/types.js';
import { noticeKinds } from '../assignment-notices/issue.js';
import type { House } from '../context.js';
import type { RowOutcome } from '../findings/commands/many.js';
import { fieldsOf } from '../findings/fields.js';
import { faultsOf } from '../findings/form-page.js';
import { formWorld, principals } from '../findings/form-world.js';
import type { Loaded } from '../findings/queries.js';
import { bodyText, tickField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { namesOf } from './filters.js';
import { digestOf, mostAtOnce, sharedForm, type Chosen, type Suggested } from './chosen.js';

interface Shown {
  readonly chosen: Chosen;
  readonly loaded: ReadonlyMap<string, Loaded>;
  readonly suggested: Suggested;
  /** what was typed; null for a fresh form. */
  readonly typed: unknown;
  /** what would happen to each row; null before a preview. */
  readonly outcomes: readonly RowOutcome[] | null;
  readonly faults: readonly Refusal[];
  /** it was confirmed, but something else than was previewed. */
  readonly changed: boolean;
  /** the address of a view that holds more rows than a page may: the whole of it is done piece by piece; '' when these are all. */
  readonly whole: string;
}

/** The shared fields of an event, above the rows and what would become of each. */
export async function bulkPage(house: House, definition: EventDefinition, t: Words, { chosen, loaded, suggested, typed, outcomes, faults, changed, whole }: Shown): Promise<Pages['bulk/form']> {
  const { numbers } = chosen;
  const tree = await house.tree();
  const context: FindingContext = { ...blank, hostOfficeId: [...loaded.values()][0]?.row.hostOfficeId ?? 0 };
  const asksPeople = definition.fields.some((field) => field.kind === 'people');
  const world = await formWorld(house, t, null, context, asksPeople ? await principals(house, context, ['inspector']) : [], { typed, refusals: faults, kept: [] }, definition.fields.map(({ name }) => name));
  const warned = bodyText(typed, 'warned');
  const warns = warned === 'yes' || (outcomes ?? []).some(isWarned);
  const rows = outcomes ?? numbers.map((number) => ({ number, to: null, next: null, refusals: [] }));
  const verb = t(`event.${definition.type}`);
  return {
    title: t('bulk.title', { verb }), labels: { can: t('bulk.can'), cannot: t('bulk.cannot') }, action: `/findings/${definition.resource ?? ''}`, key: randomUUID(), numbers: numbers.map((number) => ({ number, seen: loaded.get(number)?.row.movedSeq ?? 0 })), previewed: outcomes !== null, canConfirm: outcomes?.some((row) => row.to !== null) ?? false,
    confirm: t('bulk.confirm', { verb, count: outcomes?.filter((row) => row.to !== null).length ?? 0 }),
    summary: outcomes ? summaryOf(outcomes, t, 'bulk.summary', verb) : t('bulk.chosen', { count: numbers.length }), more: chosen.more || whole !== '' ? t('batch.more', { most: mostAtOnce }) : null, whole: whole === '' ? null : { view: whole, label: t('batch.whole') },
    digest: outcomes === null ? '' : digestOf(definition, chosen, typed, suggested), changed: changed ? t('bulk.changed') : null, faults: faultsOf(faults, t), byUnit: outcomes ? byUnit(outcomes, loaded, tree, t) : [], none: chosen.ignored.length > 0 ? t('bulk.ignored', { names: namesOf(chosen.ignored, t) }) : t('bulk.none', { verb }),
    fields: [...(suggested.size > 0 ? [tickField({ name: 'suggested', label: t('bulk.suggested', { count: suggested.size }), hint: t('bulk.suggestedHint'), value: bodyText(typed, 'suggested') })] : []), ...fieldsOf(sharedForm(definition), world), ...(warns ? [tickField({ name: 'warned', label: t('field.warned'), value: warned })] : [])],
    rows: rows.map((row) => ({ ...rowView(row, loaded, outcomes === null ? null : 'before', tree, t), ...(outcomes === null && suggested.has(row.number) ? { what: t('bulk.suggests', { unit: nameOf(suggested.get(row.number)?.unitId ?? null, tree) }) } : {}) })),
  };
}

/** What was done, row by row; what could not be done can be taken up again at once. */
export async function bulkDone(house: House, definition: EventDefinition, rows: readonly RowOutcome[], loaded: ReadonlyMap<string, Loaded>, t: Words): Promise<Pages['bulk/done']> {
  const tree = await house.tree();
  const verb = t(`event.${definition.type}`);
  const left = rows.filter((row) => row.to === null);
  const again = left.length === 0 ? null : { href: `/findings/${definition.resource ?? ''}?${new URLSearchParams(left.map(({ number }): [string, string] => ['n', number])).toString()}`, label: t('bulk.again', { count: left.length }) };
  return {
    title: t('bulk.done', { verb }), labels: { can: t('bulk.did'), cannot: t('bulk.didNot') }, summary: summaryOf(rows, t, 'bulk.doneSummary', verb), byUnit: byUnit(rows, loaded, tree, t), rows: rows.map((row) => rowView(row, loaded, 'after', tree, t)), again, back: '/findings',
    notices: noticeKinds.has(definition.type) && left.length < rows.length ? { href: '/assignment-notices', label: t('notices.toAll') } : null,
  };
}

function summaryOf(rows: readonly RowOutcome[], t: Words, key: string, verb: string): string {
  const can = rows.filter((row) => row.to !== null).length;
  return t(key, { verb, total: rows.length, can, cannot: rows.length - can });
}

/** Whose the finding will be, or is. */
function holderOf({ number, next }: RowOutcome, loaded: ReadonlyMap<string, Loaded>): number | null {
  return (next ?? loaded.get(number))?.row.leadUnitId ?? null;
}

/** How many fall to each unit; the sum is the number of rows. */
function byUnit(rows: readonly RowOutcome[], loaded: ReadonlyMap<string, Loaded>, tree: UnitTree, t: Words): Pages['bulk/form']['byUnit'] {
  const units = new Map<number | null, { can: number; cannot: number }>();
  for (const row of rows) {
    const unit = holderOf(row, loaded);
    const counted = units.get(unit) ?? { can: 0, cannot: 0 };
    counted[row.to === null ? 'cannot' : 'can'] += 1;
    units.set(unit, counted);
  }
  return [...units].toSorted(([, one], [, other]) => other.can + other.cannot - one.can - one.cannot).map(([id, { can, cannot }]) => ({ unit: nameOf(id, tree) || t('bulk.noUnit'), total: can + cannot, can, cannot }));
}

function nameOf(id: number | null, tree: UnitTree): string {
  return id === null ? '' : tree.unit(id)?.shortName ?? '';
}

/** What would become, or became, of a row; `when` is null before anything was asked. */
export function rowView(row: RowOutcome, loaded: ReadonlyMap<string, Loaded>, when: 'before' | 'after' | null, tree: UnitTree, t: Words): Pages['bulk/form']['rows'][number] {
  const { number, to, next, refusals } = row;
  const shown = next ?? loaded.get(number);
  const parts = next?.row.partsTotal ?? 0;
  const about = {
    number: shown && shown.row.number !== number ? `${number} → ${shown.row.number}` : number, href: `/findings/${shown?.row.number ?? number}`, title: shown?.row.title ?? '', unit: nameOf(holderOf(row, loaded), tree), parts: parts > 0 ? t('bulk.parts', { count: parts, names: (next?.snapshot.context.parts ?? []).filter((part) => part.open).map((part) => nameOf(part.unitId, tree)).join('、') }) : '', deadline: shown?.row.dueOn ?? '',
  };
  const { checkResult } = loaded.get(number)?.snapshot.context ?? { checkResult: null };
  const checked = checkResult === null ? '' : `${t('field.checkResult')}：${t(`choice.result.${checkResult}`)}`;
  if (when === null) return { ...about, can: { label: t('bulk.notYet'), tone: 'quiet' }, what: checked };
  if (to !== null) return { ...about, can: { label: t(when === 'after' ? 'bulk.did' : 'bulk.can'), tone: 'good' }, what: [t(when === 'after' ? 'bulk.became' : 'bulk.becomes', { state: t(`state.${to}`) }), checked].filter(Boolean).join(' ') };
  return { ...about, can: isWarned({ refusals }) ? { label: t('bulk.warned'), tone: 'warn' } : { label: t('bulk.cannot'), tone: 'bad' }, what: [...refusals.map((refusal) => sentenceOf(refusal, t)), checked].filter(Boolean).join(' ') };
}

/** Held back by a warning alone. */
function isWarned({ refusals }: Pick<RowOutcome, 'refusals'>): boolean {
  return refusals.length > 0 && refusals.every((refusal) => refusal.field === 'warned');
}
