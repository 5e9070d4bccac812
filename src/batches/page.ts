import type { Pages } from '../../views/pages.js';
import { eventOf } from '../../workflows/registry.js';
import type { Refusal } from '../../workflows/types.js';
import { noticeKinds } from '../assignment-notices/issue.js';
import { mostPapers, noticesOfBatch } from '../assignment-notices/queries.js';
import type { House, Person } from '../context.js';
import { visibleRows } from '../findings/visible-rows.js';
import { bodyText, tickField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import type { Asked } from './asked.js';
import { rowsFor } from './rows.js';
import { bulkPage } from './form-page.js';
import { formOf } from './kept-form.js';
import { stepsAfter } from './next.js';
import { refusedOutcomes, rowsFrom, rowsThat, unitsOf, type BatchRecord, type BatchRow } from './queries.js';

type Page = Pages['batches/show'];

/** Rows of a list on the page; the rest behind "more". */
const perPage = 100;

/** From which row on each list is shown. */
export interface From {
  readonly refused: number;
  readonly done: number;
}

/** A batch that is under way, previewed or done: how many fall to each unit, what is refused and why, and what can be done next. */
export async function batchPage(house: House, person: Person, batch: BatchRecord, from: From, t: Words, faults: readonly Refusal[] = [], typed: Asked | null = null): Promise<Page> {
  const verb = t(`event.${batch.event}`);
  const { total, can, next, state } = batch;
  const under = state === 'previewing' || state === 'running';
  const tree = await house.tree();
  const refused = under ? [] : await rowsThat(house.db.reader, batch.id, refusedOutcomes, from.refused, perPage + 1);
  const did = state === 'done' || state === 'running';
  return {
    title: t(state === 'done' ? 'bulk.done' : 'bulk.title', { verb }), labels: { can: t(did ? 'bulk.did' : 'bulk.can'), cannot: t(did ? 'bulk.didNot' : 'bulk.cannot') },
    progress: under ? { what: t(`batch.${state}`, { verb, done: Math.min(next, total), total }), done: Math.min(next, total), total, href: `/batches/${batch.id}` } : null,
    summary: under ? null : summaryOf(batch, verb, t),
    byUnit: under ? [] : byUnit(await unitsOf(house.db.reader, batch.id), (id) => (id === null ? t('bulk.noUnit') : tree.short(id))),
    confirm: state === 'previewed' && can > 0 ? { action: `/batches/${batch.id}/confirmation`, label: t('bulk.confirm', { verb, count: can }), version: batch.version } : null,
    change: state === 'previewed' ? await changeForm(house, person, batch, refused, faults, typed, t) : null,
    refused: refused.length === 0 ? null : await refusedView(house, person, batch, refused, from, t),
    done: state === 'done' && can > 0 ? await doneView(house, person, batch, from, tree, t) : null,
    after: state === 'done' && can > 0 ? await stepsAfter(house, person, batch.id, t) : [],
    notices: state === 'done' && can > 0 && noticeKinds.has(batch.event) ? noticeLinks(await noticesOfBatch(house.db.reader, batch.id), t) : [],
  };
}

/** What came of it; of one that was not done to its end, why not. */
function summaryOf({ state, why, total, can, cannot }: BatchRecord, verb: string, t: Words): NonNullable<Page['summary']> {
  if (state === 'done') return { text: t('bulk.doneSummary', { verb, total, can, cannot }), tone: 'good' };
  if (state === 'previewed') return { text: t('bulk.summary', { verb, total, can, cannot }), tone: 'info' };
  return { text: t(`batch.${why ?? 'dropped'}`), tone: why === null ? 'info' : 'warn' };
}

async function refusedView(house: House, person: Person, batch: BatchRecord, refused: readonly BatchRow[], from: From, t: Words): Promise<Page['refused']> {
  const shown = refused.slice(0, perPage);
  const loaded = await visibleRows(house, person, shown.map(({ number }) => number));
  const title = t('batch.refused', { count: batch.cannot });
  return {
    title,
    table: {
      caption: title, columns: ['list.number', 'ledger.problem', 'work.why'].map((key) => ({ label: t(key) })),
      rows: shown.map((row) => ({ cells: [
        { label: '', text: row.number, href: `/findings/${row.number}`, kind: 'number' as const }, { label: t('ledger.problem'), text: loaded.get(row.number)?.row.title ?? '', href: null, kind: 'title' as const },
        { label: t('work.why'), text: refusalsOf(row).map((refusal) => sentenceOf(refusal, t)).join(' '), href: null, kind: '' as const },
      ] })),
    },
    more: moreOf(refused, (ordinal) => `/batches/${batch.id}?after=${ordinal}&done=${from.done}`, t),
    again: batch.state === 'done' ? { href: `/findings/${eventOf(batch.event).resource ?? ''}?again=${batch.id}`, label: t('bulk.again', { count: batch.cannot }) } : null,
  };
}

/** What was done, row by row, as it stands now. */
async function doneView(house: House, person: Person, batch: BatchRecord, from: From, tree: UnitTree, t: Words): Promise<Page['done']> {
  const done = await rowsThat(house.db.reader, batch.id, ['done'], from.done, perPage + 1);
  const shown = done.slice(0, perPage);
  const loaded = await visibleRows(house, person, shown.map(({ number, became }) => became ?? number));
  const title = t('batch.done', { count: batch.can });
  return {
    title,
    table: {
      caption: title, columns: ['list.number', 'ledger.problem', 'ledger.unit', 'work.stepDue', 'batch.now'].map((key) => ({ label: t(key) })),
      rows: shown.map(({ number, became, unitId }) => {
        const row = loaded.get(became ?? number)?.row;
        return { cells: [
          { label: '', text: became ? `${number} → ${became}` : number, href: `/findings/${became ?? number}`, kind: 'number' as const }, { label: t('ledger.problem'), text: row?.title ?? '', href: null, kind: 'title' as const },
          { label: t('ledger.unit'), text: tree.short(unitId), href: null, kind: '' as const }, { label: t('work.stepDue'), text: row?.dueOn ?? '', href: null, kind: 'number' as const },
          { label: t('batch.now'), text: row ? t(`state.${row.state}`) : '', href: null, kind: '' as const },
        ] };
      }),
    },
    more: moreOf(done, (ordinal) => `/batches/${batch.id}?done=${ordinal}&after=${from.refused}`, t),
  };
}

/** The notices of this batch, as many at once as are printed at once. */
function noticeLinks(ids: readonly number[], t: Words): Page['notices'] {
  const papers = Array.from({ length: Math.ceil(ids.length / mostPapers) }, (_, at) => ids.slice(at * mostPapers, (at + 1) * mostPapers));
  const label = (from: number, amount: number): string => (papers.length === 1 ? t('notices.ofBatch', { count: amount }) : t('notices.ofBatchPart', { from: from + 1, to: from + amount, count: ids.length }));
  return [
    ...papers.map((some, at) => ({ href: `/assignment-notices/print?${new URLSearchParams(some.map((id): [string, string] => ['n', String(id)])).toString()}`, label: label(at * mostPapers, some.length), main: true })),
    { href: '/assignment-notices', label: t('notices.toAll'), main: false },
  ];
}

function moreOf(rows: readonly BatchRow[], address: (ordinal: number) => string, t: Words): { readonly href: string; readonly label: string } | null {
  const next = rows[perPage];
  return next ? { href: address(next.ordinal), label: t('batch.moreRefused') } : null;
}

function refusalsOf({ why }: BatchRow): readonly Refusal[] {
  const kept: unknown = JSON.parse(why ?? '[]');
  return Array.isArray(kept) ? kept : [];
}

/** The sum over the units is the whole batch. */
function byUnit(rows: Awaited<ReturnType<typeof unitsOf>>, nameOf: (id: number | null) => string): Page['byUnit'] {
  const units = new Map<number | null, { can: number; cannot: number }>();
  for (const { unitId, outcome, amount } of rows) {
    const counted = units.get(unitId) ?? { can: 0, cannot: 0 };
    counted[outcome === 'can' || outcome === 'done' ? 'can' : 'cannot'] += amount;
    units.set(unitId, counted);
  }
  return [...units].map(([id, { can, cannot }]) => ({ unit: nameOf(id), total: can + cannot, can, cannot })).toSorted((one, other) => other.total - one.total);
}

/** The shared fields as they were typed, to be changed and previewed again; a warning may be taken note of here. */
async function changeForm(house: House, person: Person, batch: BatchRecord, refused: readonly BatchRow[], faults: readonly Refusal[], typed: Asked | null, t: Words): Promise<Page['change']> {
  const definition = eventOf(batch.event);
  const asked = typed ?? formOf(batch);
  const rows = await rowsFor(house, person, definition, (await rowsFrom(house.db.reader, batch.id, 0, perPage)).map(({ number }) => number));
  const page = await bulkPage(house, person, definition, t, { chosen: { numbers: rows.numbers, more: false, whole: null, ignored: [] }, rows, asked, outcomes: null, faults, notice: null, ownWords: 'nothing' });
  const warns = refused.some((row) => refusalsOf(row).some(({ field }) => field === 'warned')) && !page.fields.some(({ name }) => name === 'warned');
  const { behalf, hasBehalf, behalfOpen, multipart } = page;
  return { action: `/batches/${batch.id}/preview`, version: batch.version, faults: page.faults, fields: [...page.fields, ...(warns ? [tickField({ name: 'warned', label: t('field.warned'), value: bodyText(asked.body, 'warned') })] : [])], behalf, hasBehalf, behalfOpen, multipart };
}
