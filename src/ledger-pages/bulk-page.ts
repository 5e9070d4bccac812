import { randomUUID } from 'node:crypto';
import type { Pages } from '../../views/pages.js';
import { blank } from '../../workflows/rectification/1/blank.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Post } from '../context.js';
import type { RowOutcome } from '../findings/commands/many.js';
import { fieldsOf } from '../findings/fields.js';
import { faultsOf } from '../findings/form-page.js';
import { formWorld } from '../findings/form-world.js';
import type { Loaded } from '../findings/queries.js';
import { bodyText, tickField } from '../forms.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { assignment, mostAtOnce, type Chosen } from './assign-many.js';

interface Shown {
  readonly chosen: Chosen;
  readonly loaded: ReadonlyMap<string, Loaded>;
  /** what was typed; null for a fresh form. */
  readonly typed: unknown;
  /** what would happen to each row; null before a preview. */
  readonly outcomes: readonly RowOutcome[] | null;
  readonly faults: readonly Refusal[];
}

/** The shared fields of an assignment, above the rows and what would become of each. */
export async function bulkPage(house: House, office: Post, t: Words, { chosen, loaded, typed, outcomes, faults }: Shown): Promise<Pages['bulk/form']> {
  const { numbers } = chosen;
  const world = await formWorld(house, t, null, { ...blank, hostOfficeId: office.unitId }, [], { typed, refusals: faults, kept: [] });
  const warned = bodyText(typed, 'warned');
  const warns = warned === 'yes' || (outcomes ?? []).some(isWarned);
  const rows = outcomes ?? numbers.map((number) => ({ number, to: null, next: null, refusals: [] }));
  return {
    title: t('bulk.title'), key: randomUUID(), numbers, previewed: outcomes !== null, canConfirm: outcomes?.some((row) => row.to !== null) ?? false,
    summary: outcomes ? summaryOf(outcomes, t, 'bulk.summary') : t('bulk.chosen', { count: numbers.length }), more: chosen.more ? t('bulk.more', { most: mostAtOnce }) : null,
    faults: faultsOf(faults, t),
    fields: [...fieldsOf({ ...assignment(), fields: assignment().fields.map((field) => ({ ...field, required: false })) }, world), ...(warns ? [tickField({ name: 'warned', label: t('field.warned'), value: warned })] : [])],
    rows: rows.map((row) => rowView(row, loaded, outcomes !== null, t)),
  };
}

/** What was done, row by row. */
export function bulkDone(rows: readonly RowOutcome[], loaded: ReadonlyMap<string, Loaded>, t: Words): Pages['bulk/done'] {
  return { title: t('bulk.done'), summary: summaryOf(rows, t, 'bulk.doneSummary'), rows: rows.map((row) => rowView(row, loaded, true, t)), back: '/findings?stage=assigned' };
}

function summaryOf(rows: readonly RowOutcome[], t: Words, key: string): string {
  const can = rows.filter((row) => row.to !== null).length;
  return t(key, { total: rows.length, can, cannot: rows.length - can });
}

function rowView({ number, to, refusals }: RowOutcome, loaded: ReadonlyMap<string, Loaded>, judged: boolean, t: Words): Pages['bulk/form']['rows'][number] {
  const title = loaded.get(number)?.row.title ?? '';
  if (!judged) return { number, title, can: { label: t('bulk.notYet'), tone: 'quiet' }, what: '' };
  if (to !== null) return { number, title, can: { label: t('bulk.can'), tone: 'good' }, what: t('bulk.becomes', { state: t(`state.${to}`) }) };
  return { number, title, can: isWarned({ refusals }) ? { label: t('bulk.warned'), tone: 'warn' } : { label: t('bulk.cannot'), tone: 'bad' }, what: refusals.map((refusal) => sentenceOf(refusal, t)).join(' ') };
}

/** Held back by a warning alone. */
function isWarned({ refusals }: Pick<RowOutcome, 'refusals'>): boolean {
  return refusals.length > 0 && refusals.every((refusal) => refusal.field === 'warned');
}
