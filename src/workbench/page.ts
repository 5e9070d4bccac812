import type { Pages } from '../../views/pages.js';
import { current } from '../../workflows/registry.js';
import type { House, Person } from '../context.js';
import { lightView, stateBadge } from '../findings/lights.js';
import { originalNumbers } from '../findings/origins.js';
import { otherDecision } from '../findings/other-decision.js';
import { officePostOf, scopeOf, seesFindings } from '../findings/policy.js';
import { openReceipts, unreadCount } from '../assignment-notices/queries.js';
import { tourOf } from '../help/tour.js';
import { stageTable } from '../ledger-pages/matrix-page.js';
import { endedNotice } from '../organisation/successions.js';
import type { UnitTree } from '../organisation/tree.js';
import { administrationOf } from '../people/scope.js';
import { countsOf } from '../totals/counts.js';
import { totalsByOrigin, totalsOf } from '../totals/totals.js';
import type { Words } from '../words.js';
import { adoptedFigures, clueFigures, figuresOf, partFigures } from './figures.js';
import { handedOn, lateWithOthers, stuckElsewhere, waitingBelow, waitingCounts, waitingForMe, type HandedOn, type WaitingFor } from './queries.js';
import { reportingNow } from './reporting.js';
import { rowView, type RowWorld } from './rows.js';

const perQueue = 10;
/** On a phone the style sheet shows as many of a queue, and the way to all of them. */
const onPhone = 3;
/** Some things have a date of their own, earlier than the finding's. */
const dueWords: ReadonlyMap<string, string> = new Map([['ACCEPT', 'field.acceptBy'], ['REPORT_CHECK', 'field.checkBy'], ['PASS', 'field.verifyBy'], ['REVIEW', 'field.reviewOn'], ['NOTICE_OVER', 'field.noticeUntil']]);
/** What an office reminds others of when it is late with them. */
const chased = ['ACCEPT', 'REPORT_CHECK', 'PASS'] as const;

type Page = Pages['workbench/show'];
type Queue = Page['queues'][number];

/** 今日调度: the line of totals; what waits for me, in the order of a finding's life; what is late with others; what I handed on; where each unit stands. */
export async function workbenchPage(house: House, person: Person, only: string | null, t: Words): Promise<Page> {
  const { reader } = house.db;
  const [tree, today] = [await house.tree(), house.clock.today()];
  const isOffice = officePostOf(person) !== null;
  const greeting = t(isOffice ? 'work.dispatch' : 'work.greeting', { name: person.name, date: today });
  const about = { greeting, links: linksOf(person, administrationOf(person, tree)?.whole ?? false, t), tour: await tourOf(house, person, t), notices: [...(await endedNotice(house, person, t)), ...(await unreadNotice(house, person, t))] };
  if (!seesFindings(person)) return { ...nothing, ...about };
  const scope = scopeOf(person, tree);
  const { own, adopted } = totalsByOrigin(await countsOf(reader, scope, false), today);
  const parts = totalsOf(await countsOf(reader, scope, true), today);
  const mine = await myQueues(house, person, tree, only);
  const late = isOffice && only === null ? await lateQueues(house, scope, tree) : [];
  const watched = only === null ? await watchedRows(house, person, tree, new Set(mine.flatMap(({ rows }) => rows.map(({ number }) => number)))) : [];
  const onwards = only === null ? await handedOn(reader, leadUnitsOf(person, tree), perQueue) : [];
  const originals = await originalNumbers(reader, [...mine, ...late].flatMap(({ rows }) => rows.map(({ id }) => id)).concat(watched.map(({ id }) => id)));
  const world: RowWorld = { tree, today, originals, t };
  const queues = mine.map((queue) => queueView(queue, only === null, world));
  return {
    ...about, reporting: only === null ? await reportingNow(house, person, t) : [], figures: figuresOf(own, t), adopted: adoptedFigures(adopted, t), parts: partFigures(parts, t), clues: await clueFigures(house, scope, own, t), note: t('work.note'), pager: null,
    queues: queues.toSorted((one, other) => urgencyOf(one) - urgencyOf(other)),
    late: late.map(({ type, amount, rows }) => ({ id: `late-${type.toLowerCase()}`, title: `${t(`work.late.${type}`)} (${amount})`, rows: rows.map((row) => rowView(row, false, world)), more: amount > rows.length ? t('work.more', { count: amount - rows.length }) : null, moreHref: `/findings?waits=${type}&light=red`, phoneAll: amount > onPhone ? t('work.phoneAll', { count: amount }) : null })),
    watched: watched.map((row) => rowView(row, false, world)), watchedTitle: t(isOffice ? 'work.watched' : 'work.watchedUnit'),
    handedOn: onwards.map((each) => handedOnView(each, world)), stages: isOffice && only === null ? await stageTable(house, person, t) : null,
    empty: queues.length === 0 ? { text: t('work.nothing'), href: '/findings', label: t('nav.ledger') } : null,
  };
}

const nothing: Omit<Page, 'greeting' | 'links' | 'tour' | 'notices'> = Object.freeze({ reporting: [], figures: [], adopted: [], parts: [], clues: [], note: null, queues: [], late: [], watched: [], watchedTitle: '', handedOn: [], stages: null, empty: null, pager: null });

/** 交办通知单 that wait for this person's receipt, and for an office those that wait for others'. */
async function unreadNotice(house: House, person: Person, t: Words): Promise<Page['notices']> {
  const count = await unreadCount(house.db.reader, person);
  const office = officePostOf(person);
  const open = office ? await openReceipts(house.db.reader, office.unitId) : 0;
  return [
    ...(count === 0 ? [] : [{ text: t('notices.waiting', { count }), href: '/assignment-notices', label: t('notices.look') }]),
    ...(open === 0 ? [] : [{ text: t('notices.open', { count: open }), href: '/assignment-notices?receipt=open', label: t('notices.lookOpen') }]),
  ];
}

interface Waits {
  readonly type: string;
  readonly amount: number;
  readonly rows: readonly WaitingFor[];
}

async function myQueues(house: House, person: Person, tree: UnitTree, only: string | null): Promise<readonly Waits[]> {
  const counts = await waitingCounts(house.db.reader, person, tree);
  const queues: Waits[] = [];
  for (const { type } of Object.values(current.events)) {
    const amount = counts.get(type);
    if (amount !== undefined && (only === null || only === type)) queues.push({ type, amount, rows: await waitingForMe(house.db.reader, person, tree, type, only === type ? 500 : perQueue) });
  }
  return queues;
}

async function lateQueues(house: House, scope: readonly number[], tree: UnitTree): Promise<readonly Waits[]> {
  const queues: Waits[] = [];
  for (const type of chased) {
    const { rows, amount } = await lateWithOthers(house.db.reader, scope, tree, type, house.clock.today(), perQueue);
    if (amount > 0) queues.push({ type, amount, rows });
  }
  return queues;
}

/** A county's office sees what its county's people must do; the city's, what is most urgent with others. */
async function watchedRows(house: House, person: Person, tree: UnitTree, mine: ReadonlySet<string>): Promise<readonly WaitingFor[]> {
  const office = officePostOf(person);
  const leads = person.posts.some(({ role }) => role === 'leader');
  if (!office && !leads) return [];
  const { reader } = house.db;
  const below = office ? tree.subtree(tree.jurisdictionOf(office.unitId)) : [];
  const isCounty = office !== null && tree.unit(tree.jurisdictionOf(office.unitId))?.parentId !== null;
  const rows = isCounty ? await waitingBelow(reader, below.map(({ id }) => id), 40) : await stuckElsewhere(reader, scopeOf(person, tree), 40);
  return rows.filter(({ number }) => !mine.has(number)).slice(0, 20);
}

/** Whose handing on is shown: one's own unit's; an office's, of its jurisdiction. */
function leadUnitsOf(person: Person, tree: UnitTree): readonly number[] {
  return [...new Set(person.posts.flatMap(({ role, unitId }) => (role === 'handler' || role === 'head' ? [unitId] : role === 'office' && tree.unit(tree.jurisdictionOf(unitId))?.parentId !== null ? [tree.jurisdictionOf(unitId)] : [])))];
}

/** What came back comes first, then what waits for one's signature; the others in the order of a finding's life. */
function urgencyOf({ rows, id }: Queue): number {
  if (rows.some(({ returned }) => returned !== null)) return 0;
  return id.startsWith('queue-sign_') ? 1 : 2;
}

function queueView({ type, amount, rows }: Waits, amongOthers: boolean, world: RowWorld): Queue {
  const { t } = world;
  const definition = current.events[type];
  const resource = definition?.together ? definition.resource : null;
  const other = current.events[otherDecision(type) ?? (mayHandOn(type, rows, world) ? 'HAND_ON' : '')];
  const rest = amount - rows.length;
  return {
    id: `queue-${type.toLowerCase()}`, title: `${t(`queue.${type}`)} (${amount})`, due: t(dueWords.get(type) ?? 'work.stepDue'), rows: rows.map((row) => rowView(row, true, world)),
    together: resource && amount > 1 ? { href: `/findings/${resource}`, label: t('bulk.title', { verb: t(`event.${type}`) }), all: `/findings/${resource}?mine=yes`, allLabel: t('work.all', { count: amount }), others: other?.together && other.resource ? [{ href: `/findings/${other.resource}`, label: t('bulk.title', { verb: t(`event.${other.type}`) }) }] : [] } : null,
    more: rest > 0 ? t('work.more', { count: rest }) : null, moreHref: `/?event=${type}`, phoneAll: amongOthers && amount > onPhone ? t('work.phoneAll', { count: amount }) : null,
  };
}

/** A check that a unit with others below it may give to them. */
function mayHandOn(type: string, rows: Waits['rows'], { tree }: RowWorld): boolean {
  return type === 'REPORT_CHECK' && rows.some(({ unitId }) => unitId !== null && tree.subtree(unitId).some(({ id, kind }) => id !== unitId && kind !== 'office'));
}

function handedOnView({ number, title, partsOpen, partsTotal, open }: HandedOn, { tree, today, t }: RowWorld): Page['handedOn'][number] {
  return {
    number, href: `/findings/${number}`, title, parts: t('ledger.parts', { closed: partsTotal - partsOpen, total: partsTotal }),
    missing: open.map((part) => {
      const unit = part.leadUnitId === null ? undefined : tree.unit(part.leadUnitId);
      return { number: part.number, href: `/findings/${part.number}`, unit: [unit?.shortName, unit?.phone].filter(Boolean).join(' '), state: stateBadge(part.state, part.stage, t), due: part.dueOn ?? '', light: lightView(part, today, t), latest: part.latest ?? '' };
    }),
  };
}

function linksOf(person: Person, administersAll: boolean, t: Words): Page['links'] {
  const has = (role: string): boolean => person.posts.some((post) => post.role === role);
  return [
    ...(has('admin') ? [{ href: '/people', label: t('nav.people'), text: t('work.admin.people') }, { href: '/people/slips', label: t('activation.slips'), text: t('activation.slipsText') }] : []),
    ...(administersAll ? [{ href: '/organisation', label: t('nav.organisation'), text: t('work.admin.organisation') }] : []),
    ...(has('auditor') ? [{ href: '/audit', label: t('nav.audit'), text: t('work.audit') }] : []),
    { href: '/workflow', label: t('work.workflow'), text: '' },
  ];
}
