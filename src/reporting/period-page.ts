import type { Badge, Figure, Pager, Pages, Tone } from '../../views/pages.js';
import type { LinkedCount } from '../../views/pages/reporting.js';
import type { House, Person } from '../context.js';
import { lightView } from '../findings/lights.js';
import { rowsOf } from '../ledger-pages/queries.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { chatText } from './chat.js';
import { duesShown, dueSightOf, markOf, marks, tallies, totalOf, type DueSight, type Mark, type Tally } from './dues.js';
import { lastWords, markBadge } from './grid-page.js';
import { lastReports } from './last-reports.js';
import { momentOf } from './moment.js';
import { keepsPeriods } from './period-access.js';
import type { PeriodOfCampaign } from './period-queries.js';
import { phaseOf, type PeriodPhase } from './periods.js';

type Page = Pages['reporting/period'];

const perPage = 50;
/** Missing rows that are read for the text; more are counted. */
const mostNamed = 1000;

/** What of a period's dues is shown. */
export interface Narrowed {
  readonly mark: Mark | null;
  readonly unitId: number | null;
  readonly page: number;
}

/** 谁没有报: by unit, and the rows. Every figure leads to its rows, and the units' sums are the totals. */
export async function periodPage(house: House, person: Person, of: PeriodOfCampaign, narrowed: Narrowed, t: Words): Promise<Page> {
  const { period, campaign } = of;
  const [tree, sight] = [await house.tree(), await dueSightOf(house, person)];
  const phase = phaseOf(period, house.clock.occurring());
  const all = phase === 'ahead' || sight.scope.length === 0 ? [] : await tallies(house.db.reader, period, sight, house.clock.occurring());
  const units = inOrder(all, tree);
  const total = totalOf(units);
  const base = `/reporting/periods/${period.id}`;
  const moment = (instant: string): string => momentOf(instant, house.clock.zone, t);
  const shown = narrowed.unitId === null ? total : units.find(({ unitId }) => unitId === narrowed.unitId) ?? totalOf([]);
  const amount = narrowed.mark === null ? shown.owed : shown[narrowed.mark];
  const unit = tree.short(narrowed.unitId);
  return {
    crumbs: [{ label: t('nav.periods'), href: '/reporting/periods' }, { label: `${campaign.name} ${period.name}`, href: null }], title: `${campaign.name} ${period.name}`, state: phaseBadge(phase, t),
    facts: [{ label: t('period.opens'), value: moment(period.opensAt) }, { label: t('period.cutOff'), value: moment(period.cutOffAt) }, ...(period.nextOpensAt === null ? [] : [{ label: t('period.lateUntil'), value: moment(period.nextOpensAt) }])],
    change: keepsPeriods(person, campaign, tree) && (phase === 'ahead' || phase === 'open') ? `${base}/change` : null,
    figures: phase === 'ahead' || sight.scope.length === 0 ? null : { label: t('period.figures'), figures: figuresOf(total, base, t) },
    chat: await chatOf(house, person, of, { phase, units, total, sight, tree }, t),
    units: units.map((each) => ({ unit: tree.short(each.unitId), phone: tree.unit(each.unitId)?.phone ?? '', ...countsOf(each, base, each.unitId) })), sums: units.length > 1 ? countsOf(total, base, null) : null,
    facets: units.length === 0 ? [] : [null, ...marks.toReversed()].map((mark) => ({ label: `${t(mark === null ? 'reporting.mark.owed' : `reporting.mark.${mark}`)} ${mark === null ? shown.owed : shown[mark]}`, href: addressOf(base, mark, narrowed.unitId), current: mark === narrowed.mark })),
    files: units.length === 0 ? null : { rows: `${base}/export`, units: `${base}/units`, print: `${base}/print` },
    rowsTitle: unit === '' ? t('period.rows') : t('period.rowsOf', { unit }),
    rows: amount === 0 ? [] : await rowViews(house, of, sight, narrowed, tree, t), pager: pagerOf(narrowed.page, amount, (page) => addressOf(base, narrowed.mark, narrowed.unitId, page), t),
    empty: amount > 0 ? null : { text: t(phase === 'ahead' ? 'period.notYet' : shown.owed === 0 ? 'period.nothingOwed' : 'period.noneSuch'), href: shown.owed === 0 ? '/reporting/periods' : addressOf(base, null, narrowed.unitId), label: t(shown.owed === 0 ? 'nav.periods' : 'reporting.mark.owed') },
  };
}

function inOrder(all: readonly Tally[], tree: UnitTree): readonly Tally[] {
  const byUnit = new Map(all.map((each) => [each.unitId, each]));
  return tree.all.map(({ id }) => byUnit.get(id)).filter((each) => each !== undefined);
}

const tones: Readonly<Record<Mark, Tone>> = { inTime: 'good', late: 'warn', missing: 'bad' };

function figuresOf(total: Omit<Tally, 'unitId'>, base: string, t: Words): readonly Figure[] {
  const figure = (label: string, value: number, href: string, tone: Tone): Figure => ({ label, value: String(value), note: null, href: value === 0 ? null : href, tone: value === 0 ? 'plain' : tone });
  return [figure(t('reporting.mark.owed'), total.owed, addressOf(base, null, null), 'plain'), ...marks.map((mark) => figure(t(`reporting.mark.${mark}`), total[mark], addressOf(base, mark, null), tones[mark]))];
}

/** The counts of a unit, or of all, each leading to its rows. */
export function countsOf(tally: Omit<Tally, 'unitId'>, base: string, unitId: number | null): Readonly<Record<Mark | 'owed', LinkedCount>> {
  const count = (amount: number, mark: Mark | null): LinkedCount => ({ text: String(amount), href: amount === 0 ? null : addressOf(base, mark, unitId) });
  return { owed: count(tally.owed, null), inTime: count(tally.inTime, 'inTime'), late: count(tally.late, 'late'), missing: count(tally.missing, 'missing') };
}

/** "all" stands in the address: without a mark the page begins with what is missing. */
function addressOf(base: string, mark: Mark | null, unitId: number | null, page = 1): string {
  const query = new URLSearchParams({ mark: mark ?? 'all', ...(unitId === null ? {} : { unit: String(unitId) }), ...(page > 1 ? { page: String(page) } : {}) });
  return `${base}?${query.toString()}#rows`;
}

const phaseTones: Readonly<Record<PeriodPhase, Tone>> = { ahead: 'quiet', open: 'info', late: 'warn', over: 'quiet' };

export function phaseBadge(phase: PeriodPhase, t: Words): Badge {
  return { label: t(`period.phase.${phase}`), tone: phaseTones[phase] };
}

interface Told {
  readonly phase: PeriodPhase;
  readonly units: readonly Tally[];
  readonly total: Omit<Tally, 'unitId'>;
  readonly sight: DueSight;
  readonly tree: UnitTree;
}

/** Offices chase; what was over is chased no more. */
async function chatOf(house: House, person: Person, { period, campaign }: PeriodOfCampaign, { phase, units, total, sight, tree }: Told, t: Words): Promise<Page['chat']> {
  if (!person.posts.some(({ role }) => role === 'office') || (phase !== 'open' && phase !== 'late') || total.owed === 0) return null;
  const missing = await duesShown(house.db.reader, period, sight, { mark: 'missing', unitId: null, limit: mostNamed, offset: 0 });
  const silent = units.filter((each) => each.missing > 0).map((each) => ({ unit: tree.short(each.unitId), missing: each.missing, numbers: missing.filter(({ unitId }) => unitId === each.unitId).map(({ number }) => number) }));
  const moment = (instant: string): string => momentOf(instant, house.clock.zone, t);
  const text = chatText({ campaign: campaign.name, period: period.name, now: moment(house.clock.occurring()), cutOff: moment(period.cutOffAt), isOver: phase === 'late', owed: total.owed, inTime: total.inTime, late: total.late, silent }, t);
  return { text, rows: Math.min(12, text.split('\n').length + 2) };
}

async function rowViews(house: House, { period }: PeriodOfCampaign, sight: DueSight, { mark, unitId, page }: Narrowed, tree: UnitTree, t: Words): Promise<Page['rows']> {
  const dues = await duesShown(house.db.reader, period, sight, { mark, unitId, limit: perPage, offset: (page - 1) * perPage });
  const rows = new Map((await rowsOf(house.db.reader, dues.map(({ findingId }) => findingId))).map((row) => [row.id, row]));
  const [today, last] = [house.clock.today(), await lastReports(house.db.reader, dues.map(({ findingId }) => findingId))];
  return dues.flatMap((due) => {
    const [row, unit, at] = [rows.get(due.findingId), tree.unit(due.unitId), due.reportedAt ?? due.lateAt];
    return row ? [{
      number: due.number, href: `/findings/${due.number}`, title: row.title, unit: unit?.shortName ?? '', phone: unit?.phone ?? '', mark: markBadge(markOf(due), t), when: at === null ? '' : momentOf(at, house.clock.zone, t),
      dueOn: row.dueOn ?? '', light: lightView(row, today, t), latest: lastWords(last.get(due.findingId) ?? null, t),
    }] : [];
  });
}

export function pagerOf(page: number, total: number, address: (page: number) => string, t: Words, size = perPage): Pager {
  const last = Math.max(1, Math.ceil(total / size));
  return { summary: t('period.page', { page, last, total }), first: page > 2 ? address(1) : null, previous: page > 1 ? address(page - 1) : null, next: page < last ? address(page + 1) : null, last: page < last - 1 ? address(last) : null, sizes: [] };
}
