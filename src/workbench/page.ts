import { and, eq, inArray, sql } from 'drizzle-orm';
import { findingScope, findings } from '../../db/schema/index.js';
import type { Figure, Pages, Tone } from '../../views/pages.js';
import { daysBetween } from '../../workflows/calendar.js';
import { current } from '../../workflows/registry.js';
import type { House, Person } from '../context.js';
import { isReturn } from '../findings/returned.js';
import { lightView } from '../findings/lights.js';
import { scopeOf, seesFindings } from '../findings/policy.js';
import { clueCounts } from '../ledger-pages/matrix-counts.js';
import { countsOf } from '../totals/counts.js';
import { percentage } from '../totals/rates.js';
import { totalsByOrigin, totalsOf, type Totals } from '../totals/totals.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { stuckElsewhere, waitingCounts, waitingForMe, type WaitingFor } from './queries.js';

const perQueue = 20;
/** Some things have a date of their own, earlier than the finding's. */
const dueWords: ReadonlyMap<string, string> = new Map([['ACCEPT', 'field.acceptBy'], ['REPORT_CHECK', 'field.checkBy'], ['PASS', 'field.verifyBy'], ['REVIEW', 'field.reviewOn'], ['NOTICE_OVER', 'field.noticeUntil']]);

/** 我的待办: the line of totals, what waits for me by what must be done, and for those who oversee, what is stuck elsewhere. */
export async function workbenchPage(house: House, person: Person, only: string | null, t: Words): Promise<Pages['workbench/show']> {
  const { reader } = house.db;
  const tree = await house.tree();
  const today = house.clock.today();
  const greeting = t('work.greeting', { name: person.name, date: today });
  const links = linksOf(person, t);
  if (!seesFindings(person)) return { greeting, figures: [], adopted: [], parts: [], clues: [], note: null, queues: [], watched: [], empty: null, links, pager: null };
  const scope = scopeOf(person, tree);
  const { own, adopted } = totalsByOrigin(await countsOf(reader, scope, false), today);
  const parts = totalsOf(await countsOf(reader, scope, true), today);
  const counts = await waitingCounts(reader, person, tree);
  const events = Object.values(current.events).filter(({ type }) => counts.has(type) && (only === null || only === type));
  const queues = [];
  for (const { type, together, resource } of events) {
    const amount = counts.get(type) ?? 0;
    const rows = await waitingForMe(reader, person, tree, type, only === type ? 500 : perQueue);
    const rest = amount - rows.length;
    queues.push({
      id: `queue-${type.toLowerCase()}`, title: `${t(`queue.${type}`)} (${amount})`, due: t(dueWords.get(type) ?? 'field.deadline'), rows: rows.map((row) => rowView(row, tree, today, t, true)),
      together: together && resource !== null && amount > 1 ? { href: `/findings/${resource}`, label: t('bulk.title', { verb: t(`event.${type}`) }), all: `/findings/${resource}?all=yes`, allLabel: t('work.all', { count: amount }) } : null,
      more: rest > 0 ? t('work.more', { count: rest }) : null, moreHref: `/?event=${type}`,
    });
  }
  const overseer = person.posts.some((post) => ['office', 'leader'].includes(post.role));
  const mine = new Set(queues.flatMap((queue) => queue.rows.map(({ number }) => number)));
  const watched = overseer && only === null ? (await stuckElsewhere(reader, scope, 40)).filter(({ number }) => !mine.has(number)).slice(0, 20) : [];
  return {
    greeting, figures: figuresOf(own, t), adopted: adoptedFigures(adopted, t), parts: partFigures(parts, t), clues: await cluesOf(house, scope, own, t), note: t('work.note'),
    queues: queues.toSorted((one, other) => Number(other.rows.some(({ returned }) => returned !== null)) - Number(one.rows.some(({ returned }) => returned !== null))), watched: watched.map((row) => rowView(row, tree, today, t, false)),
    empty: queues.length === 0 ? { text: t('work.nothing'), href: '/findings', label: t('nav.ledger') } : null, links, pager: null,
  };
}

/** Every figure links to a list with exactly that many rows. */
export function figuresOf(totals: Totals, t: Words): readonly Figure[] {
  const figure = figureOf(t, '&adopted=no');
  return [
    figure('founded', totals.founded, 'stage=founded', 'plain'),
    figure('completed', totals.completed, 'stage=completed', 'good', `(${percentage(totals.completed, totals.founded)})`),
    figure('closed', totals.closed, 'stage=closed', 'good', `(${percentage(totals.closed, totals.founded)})`),
    figure('open', totals.open, 'stage=open', 'plain'),
    figure('overdue', totals.overdue, 'stage=open&light=red', 'bad', totals.founded > 0 ? `(${percentage(totals.overdue, totals.founded)})` : null),
    ...(totals.outcomes > 0 ? [figure('outcomes', totals.outcomes, 'stage=outcomes&listed=yes', 'plain')] : []),
  ];
}

/** Rows of an older ledger in a line of their own: what they say was closed was not verified here. */
function adoptedFigures(totals: Totals, t: Words): readonly Figure[] {
  if (totals.everListed === 0) return [];
  const figure = figureOf(t, '&adopted=yes');
  return [
    figure('adopted', totals.everListed, 'listed=yes', 'plain'), figure('closed', totals.closed, 'stage=closed', 'plain'),
    figure('open', totals.open, 'stage=open', 'plain'), figure('overdue', totals.overdue, 'stage=open&light=red', 'bad'),
  ];
}

/** Parts are counted in items (项), never added to findings (件): one finding may have six. */
function partFigures(totals: Totals, t: Words): readonly Figure[] {
  if (totals.everListed === 0) return [];
  const figure = figureOf(t, '&kind=parts');
  return [
    figure('parts', totals.founded, 'stage=founded', 'plain'), figure('completed', totals.completed, 'stage=completed', 'good', `(${percentage(totals.completed, totals.founded)})`),
    figure('open', totals.open, 'stage=open', 'plain'), figure('overdue', totals.overdue, 'stage=open&light=red', 'bad'),
  ];
}

function figureOf(t: Words, also: string): (key: string, value: number, query: string, tone: Tone, note?: string | null) => Figure {
  return (key, value, query, tone, note = null) => ({ label: t(`work.${key}`), value: String(value), note, href: `/findings?${query}${also}`, tone: value > 0 ? tone : 'plain' });
}

/** Clues are counted in a line of their own, by where they stand. */
async function cluesOf(house: House, scope: readonly number[], totals: Totals, t: Words): Promise<readonly Figure[]> {
  if (totals.clues + totals.dismissed === 0) return [];
  const [only] = scope;
  const amounts = scope.length === 1 && only !== undefined ? await clueCounts(house.db.reader, only) : await cluesSeen(house, scope);
  const amount = (state: keyof typeof amounts): number => amounts[state];
  return [
    { label: t('work.clues'), value: String(totals.clues), note: null, href: '/findings?stage=suspected', tone: 'plain' },
    ...(['toCheck', 'checking', 'checked'] as const).map((state): Figure => ({ label: t(`work.${state}`), value: String(amount(state)), note: null, href: `/findings?stage=suspected&state=suspected.${state}`, tone: 'plain' })),
    ...(totals.overdueClues > 0 ? [{ label: t('work.overdue'), value: String(totals.overdueClues), note: null, href: '/findings?stage=suspected&light=red', tone: 'bad' } as const] : []),
    ...(totals.dismissed > 0 ? [{ label: t('work.dismissed'), value: String(totals.dismissed), note: null, href: '/findings?stage=outcomes&listed=no', tone: 'plain' } as const] : []),
  ];
}

/** Seen through several units a clue counts once: only then are they counted from the rows. */
async function cluesSeen(house: House, scope: readonly number[]): Promise<Awaited<ReturnType<typeof clueCounts>>> {
  const rows = await house.db.reader.select({ state: findings.state, amount: sql<number>`count(distinct ${findingScope.findingId})` }).from(findingScope).innerJoin(findings, eq(findings.id, findingScope.findingId))
    .where(and(inArray(findingScope.unitId, [...scope]), eq(findingScope.isPart, false), eq(findingScope.stage, 'suspected'))).groupBy(findings.state);
  const of = (state: string): number => rows.find((row) => row.state === `suspected.${state}`)?.amount ?? 0;
  return { toCheck: of('toCheck'), checking: of('checking'), checked: of('checked') };
}

function rowView(row: WaitingFor, tree: UnitTree, today: string, t: Words, mine: boolean): Pages['workbench/show']['watched'][number] {
  const holder = row.unitId === null ? undefined : tree.unit(row.unitId);
  const resource = current.events[row.event]?.resource;
  const due = { stage: row.stage, paused: row.paused, rectificationType: row.rectificationType, dueOn: mine ? row.dueOn ?? row.findingDueOn : row.findingDueOn };
  return {
    number: row.number, href: `/findings/${row.number}`, title: row.title, unit: row.leadUnitId === null ? '' : tree.unit(row.leadUnitId)?.shortName ?? '',
    returned: row.last !== null && isReturn(row.last) ? { label: t(`event.${row.last}`), tone: 'warn' } : null,
    other: otherOf(row, t, mine), verb: t(`event.${row.event}`), verbHref: mine && resource ? `/findings/${row.number}/${resource}` : null,
    since: t('work.days', { days: daysBetween(row.sinceOn, today) }), due: due.dueOn ?? '', light: lightView(due, today, t),
    stuck: [holder?.shortName ?? t(`role.${row.role}`), holder?.phone].filter(Boolean).join(' '),
  };
}

/** What else may be decided: a queue asks a question and does not answer it. */
const others: Readonly<Record<string, string>> = {
  CONFIRM: 'DISMISS', ACCEPT: 'RETURN', SIGN_PLAN: 'RETURN_PLAN', APPROVE_PLAN: 'REJECT_PLAN', SIGN_CLAIM: 'RETURN_CLAIM', PASS: 'SEND_BACK', CLOSE: 'SEND_BACK',
  GRANT: 'REFUSE', SUSPEND: 'REFUSE_SUSPENSION', TURN_CONTINUING: 'REFUSE_CONTINUING', REOPEN: 'REFUSE_REOPENING',
};

function otherOf({ event, number }: WaitingFor, t: Words, mine: boolean): Pages['workbench/show']['watched'][number]['other'] {
  const other = mine ? others[event] : undefined;
  const resource = other && current.events[other]?.resource;
  return other && resource ? { label: t(`event.${other}`), href: `/findings/${number}/${resource}` } : null;
}

function linksOf(person: Person, t: Words): Pages['workbench/show']['links'] {
  const has = (role: string): boolean => person.posts.some((post) => post.role === role);
  return [
    ...(has('admin') ? [{ href: '/people', label: t('nav.people'), text: t('work.admin.people') }, { href: '/organisation', label: t('nav.organisation'), text: t('work.admin.organisation') }] : []),
    ...(has('auditor') ? [{ href: '/audit', label: t('nav.audit'), text: t('work.audit') }] : []),
    { href: '/workflow', label: t('work.workflow'), text: '' },
  ];
}
