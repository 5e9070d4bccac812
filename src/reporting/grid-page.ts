import type { Badge, Pages } from '../../views/pages.js';
import type { Measure } from '../../workflows/finding.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { lightView, stateBadge } from '../findings/lights.js';
import { bodyText } from '../forms.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import type { Mark } from './dues.js';
import { gridOf, mostRows, type Grid, type GridRow, type OwnPeriod } from './grid.js';
import { momentOf } from './moment.js';
import { phaseOf } from './periods.js';
import { overallOf } from './written.js';

type Page = Pages['reporting/show'];

/** What came back of the rows that were sent: refused ones keep what was typed. */
export interface Returned {
  readonly typed: unknown;
  readonly refused: ReadonlyMap<string, readonly Refusal[]>;
  /** what was done of the others. */
  readonly done: string | null;
}

export const nothingReturned: Returned = Object.freeze({ typed: null, refused: new Map(), done: null });

export async function gridPage(house: House, person: Person, t: Words, key: string, onlyMissing: boolean, returned: Returned): Promise<Page> {
  const grid = await gridOf(house, person, onlyMissing);
  const { rows, more, periods } = grid;
  const zone = house.clock.zone;
  const faults = faultsOf(grid, returned, t);
  const missing = periods.reduce((sum, { total }) => sum + total.missing, 0);
  const now = house.clock.occurring();
  return {
    key, show: onlyMissing ? 'missing' : '', total: t('ledger.total', { count: rows.length }), more: more ? t('reporting.more', { most: mostRows }) : null, done: returned.done,
    faults: faults.length > 0 ? { title: t('form.faults', { count: faults.length }), items: faults } : null,
    periods: periods.map((each) => periodView(each, now, zone, t)),
    facets: periods.length === 0 ? [] : [{ label: t('reporting.all'), href: '/reporting', current: !onlyMissing }, { label: t('reporting.onlyMissing', { count: missing }), href: '/reporting?show=missing', current: onlyMissing }],
    rows: rows.map((row) => rowView(row, returned.typed, returned.refused.get(row.loaded.row.number) ?? [], house, t)),
    empty: { text: t(onlyMissing ? 'reporting.noneMissing' : 'reporting.empty'), href: onlyMissing ? '/reporting' : '/', label: t(onlyMissing ? 'reporting.all' : 'nav.workbench') },
  };
}

/** What can no longer be reported on has no row; what was typed about it is not lost. */
function faultsOf({ rows }: Grid, { typed, refused }: Returned, t: Words): NonNullable<Page['faults']>['items'] {
  return [...refused].map(([number, refusals]) => {
    const why = refusals.map((refusal) => sentenceOf(refusal, t)).join(' ');
    return rows.some(({ loaded }) => loaded.row.number === number) ? { href: `#text-${number}`, text: `${number} ${why}` } : { href: null, text: t('reporting.gone', { number, why, text: bodyText(typed, `text.${number}`) }) };
  });
}

/** "本期 第3周，截止 5月14日（周四）12:00，已报 4/12". */
function periodView({ period, campaign, total }: OwnPeriod, now: string, zone: string, t: Words): Page['periods'][number] {
  const isOver = phaseOf(period, now) !== 'open';
  const facts = { campaign: campaign.name, period: period.name, cutOff: momentOf(period.cutOffAt, zone, t), reported: total.inTime, owed: total.owed, late: total.late, missing: total.missing };
  return { href: `/reporting/periods/${period.id}`, label: t(!isOver ? 'reporting.periodNow' : total.missing === 0 ? 'reporting.periodDone' : 'reporting.periodOver', facts), tone: total.missing === 0 ? (total.late === 0 ? 'good' : 'warn') : isOver ? 'bad' : 'warn' };
}

function rowView({ loaded: { row, snapshot: { context } }, original, last, draft, mark }: GridRow, typed: unknown, refusals: readonly Refusal[], { clock }: House, t: Words): Page['rows'][number] {
  // What was refused stays as it was typed; else the draft stands there, and what was taken is not typed again.
  const kept = refusals.length > 0;
  const overall = overallOf(context.measures);
  return {
    number: row.number, href: `/findings/${row.number}`, original: original === '' ? null : t('source.original', { number: original }), title: row.title, state: stateBadge(row.state, row.stage, t), type: row.rectificationType === null ? null : t(`choice.rectificationType.${row.rectificationType}`),
    dueOn: row.dueOn ?? '', light: lightView(row, clock.today(), t), latest: lastWords(last, t), mark: mark === null ? null : markBadge(mark, t), full: `/findings/${row.number}/report`,
    text: kept ? bodyText(typed, `text.${row.number}`) : draft?.text ?? '', nothing: kept ? bodyText(typed, `nothing.${row.number}`) === 'yes' : draft?.nothingNew ?? false, draft: draft?.version ?? 0,
    draftNote: draft === null ? null : draftWords(draft, kept ? bodyText(typed, `text.${row.number}`) : draft.text, clock.zone, t), overall: overall === null ? null : t('reporting.measures', { done: context.measures.filter((measure) => measure.done).length, total: context.measures.length, percent: overall }),
    opened: kept || (draft?.progress.length ?? 0) > 0, measures: context.measures.map((measure) => measureView(row.number, measure, kept ? typed : null, draft, t)), error: kept ? refusals.map((refusal) => sentenceOf(refusal, t)).join(' ') : null,
  };
}

/** Beside what somebody has typed stands what a colleague wrote meanwhile. */
function draftWords(draft: NonNullable<GridRow['draft']>, shown: string, zone: string, t: Words): string {
  const note = t('reporting.draftOf', { by: draft.by, at: momentOf(draft.savedAt, zone, t) });
  return draft.text !== shown && draft.text !== '' ? t('reporting.draftText', { note, text: draft.text }) : note;
}

function measureView(number: string, measure: Measure, typed: unknown, draft: GridRow['draft'], t: Words): Page['rows'][number]['measures'][number] {
  const drafted = draft?.progress.find(({ id }) => id === measure.id) ?? measure;
  const name = `progress.${number}.${measure.id}`;
  const label = `${t('field.progress.percent')} ${number} ${measure.id}`;
  return {
    label: `${measure.id}. ${measure.text}`, dueOn: measure.dueOn, percentName: name, percentLabel: label, percent: typed === null ? String(drafted.percent) : bodyText(typed, name),
    doneName: `done.${number}.${measure.id}`, done: typed === null ? drafted.done : bodyText(typed, `done.${number}.${measure.id}`) === 'yes',
  };
}

/** "5月6日 已办结八个项目", with the day on which it was said. */
export function lastWords(last: GridRow['last'], t: Words): string {
  if (last === null) return '';
  return t('reporting.lastOn', { date: last.on, text: last.text || t('field.nothingNew') });
}

export function markBadge(mark: Mark, t: Words): Badge {
  return { label: t(`reporting.mark.${mark}`), tone: mark === 'inTime' ? 'good' : mark === 'late' ? 'warn' : 'bad' };
}
