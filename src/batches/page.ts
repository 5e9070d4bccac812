import type { Pages } from '../../views/pages.js';
import { current } from '../../workflows/registry.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { Refusal } from '../../workflows/types.js';
import { noticeKinds } from '../assignment-notices/issue.js';
import type { House, Person } from '../context.js';
import { bodyText, tickField } from '../forms.js';
import { bulkPage } from '../ledger-pages/bulk-page.js';
import { suggestedFor, visibleRows } from '../ledger-pages/chosen.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { formOf } from './piece.js';
import { refusedRows, rowsFrom, unitsOf, type BatchRecord, type BatchRow } from './queries.js';

/** Refused rows on a page; the rest behind "more". */
const perPage = 100;

/** A batch that is under way, previewed or done: how many fall to each unit, what is refused and why, and what can be done next. */
export async function batchPage(house: House, person: Person, batch: BatchRecord, after: number, t: Words, faults: readonly Refusal[] = [], typed: unknown = null): Promise<Pages['batches/show']> {
  const definition = definitionOf(batch);
  const verb = t(`event.${batch.event}`);
  const { total, can, cannot, next, state } = batch;
  const refused = await refusedRows(house.db.reader, batch.id, after, perPage + 1);
  const shown = refused.slice(0, perPage);
  const under = state === 'previewing' || state === 'running';
  const loaded = await visibleRows(house, person, shown.map(({ number }) => number));
  const tree = await house.tree();
  return {
    title: t(state === 'done' ? 'bulk.done' : 'bulk.title', { verb }), labels: { can: t(state === 'done' || state === 'running' ? 'bulk.did' : 'bulk.can'), cannot: t(state === 'done' || state === 'running' ? 'bulk.didNot' : 'bulk.cannot') },
    progress: under ? { what: t(`batch.${state}`, { verb, done: Math.min(next, total), total }), done: Math.min(next, total), total, href: `/batches/${batch.id}` } : null,
    summary: under ? null : { text: state === 'dropped' ? t('batch.dropped') : t(state === 'done' ? 'bulk.doneSummary' : 'bulk.summary', { verb, total, can, cannot }), tone: state === 'done' ? 'good' : 'info' },
    byUnit: under ? [] : byUnit(await unitsOf(house.db.reader, batch.id), (id) => (id === null ? t('bulk.noUnit') : tree.unit(id)?.shortName ?? '')),
    confirm: state === 'previewed' && can > 0 ? { action: `/batches/${batch.id}/confirmation`, label: t('bulk.confirm', { verb, count: can }), version: batch.version } : null,
    change: state === 'previewed' ? await changeForm(house, person, batch, definition, refused, faults, typed, t) : null,
    refused: under || shown.length === 0 ? null : {
      title: t('batch.refused', { count: cannot }), caption: t('batch.refused', { count: cannot }),
      table: {
        caption: t('batch.refused', { count: cannot }), columns: ['list.number', 'ledger.problem', 'work.why'].map((key) => ({ label: t(key) })),
        rows: shown.map((row) => ({ cells: [
          { label: '', text: row.number, href: `/findings/${row.number}`, kind: 'number' as const }, { label: t('ledger.problem'), text: loaded.get(row.number)?.row.title ?? '', href: null, kind: 'title' as const },
          { label: t('work.why'), text: refusalsOf(row).map((refusal) => sentenceOf(refusal, t)).join(' '), href: null, kind: '' as const },
        ] })),
      },
      more: refused.length > perPage ? { href: `/batches/${batch.id}?after=${refused[perPage]?.ordinal ?? 0}`, label: t('batch.moreRefused') } : null,
      again: state === 'done' ? { href: `/findings/${definition.resource ?? ''}?${new URLSearchParams(shown.map(({ number }): [string, string] => ['n', number])).toString()}`, label: t('bulk.again', { count: shown.length }) } : null,
    },
    notices: state === 'done' && noticeKinds.has(batch.event) ? { href: '/assignment-notices', label: t('notices.toAll') } : null,
  };
}

export function definitionOf({ event }: Pick<BatchRecord, 'event'>): EventDefinition {
  const definition = current.events[event];
  if (!definition) throw new Error(`The workflow knows no ${event}.`);
  return definition;
}

function refusalsOf({ why }: BatchRow): readonly Refusal[] {
  const kept: unknown = JSON.parse(why ?? '[]');
  return Array.isArray(kept) ? kept : [];
}

/** The sum over the units is the whole batch. */
function byUnit(rows: Awaited<ReturnType<typeof unitsOf>>, nameOf: (id: number | null) => string): Pages['batches/show']['byUnit'] {
  const units = new Map<number | null, { can: number; cannot: number }>();
  for (const { unitId, outcome, amount } of rows) {
    const counted = units.get(unitId) ?? { can: 0, cannot: 0 };
    counted[outcome === 'can' || outcome === 'done' ? 'can' : 'cannot'] += amount;
    units.set(unitId, counted);
  }
  return [...units].map(([id, { can, cannot }]) => ({ unit: nameOf(id), total: can + cannot, can, cannot })).toSorted((one, other) => other.total - one.total);
}

/** The shared fields as they were typed, to be changed and previewed again; a warning may be taken note of here. */
async function changeForm(house: House, person: Person, batch: BatchRecord, definition: EventDefinition, refused: readonly BatchRow[], faults: readonly Refusal[], typed: unknown, t: Words): Promise<Pages['batches/show']['change']> {
  const numbers = (await rowsFrom(house.db.reader, batch.id, 0, perPage)).map(({ number }) => number);
  const loaded = await visibleRows(house, person, numbers);
  const form = typed ?? formOf(batch);
  const page = await bulkPage(house, definition, t, { chosen: { numbers, more: false, ignored: [] }, loaded, suggested: await suggestedFor(house, definition, loaded), typed: form, outcomes: null, faults, changed: false, whole: '' });
  const warns = refused.some((row) => refusalsOf(row).some(({ field }) => field === 'warned')) && !page.fields.some(({ name }) => name === 'warned');
  return { action: `/batches/${batch.id}/preview`, version: batch.version, faults: page.faults, fields: [...page.fields, ...(warns ? [tickField({ name: 'warned', label: t('field.warned'), value: bodyText(form, 'warned') })] : [])] };
}
