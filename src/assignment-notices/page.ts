import type { Badge, Pages } from '../../views/pages.js';
import type { PaperView } from '../../views/pages/handout.js';
import { localTime } from '../clock.js';
import type { House, Person } from '../context.js';
import { officePostOf } from '../findings/policy.js';
import { toldOf, type Told } from '../findings/told.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { noticeNumber } from './issue.js';
import { itemsOf, noticesOf, receivingUnits, unread, unreadCount, withoutNotice, type NoticeRecord, type NoticeRow, type Wanted } from './queries.js';

const perPage = 50;
/** Rows that a second notice may take at once. */
export const mostOnNotice = 500;

/** The notices that a person may see: for a unit those not yet received first, for an office whether each was received. */
export async function noticesPage(house: House, person: Person, { before, open }: Wanted, t: Words): Promise<Pages['assignment-notices/list']> {
  const tree = await house.tree();
  const waiting = before === null ? await unread(house, person) : [];
  const missing = before === null ? await unreadCount(house.db.reader, person) : 0;
  const all = await noticesOf(house, person, { before, open }, perPage + 1);
  const rest = all.slice(0, perPage).filter(({ id }) => !waiting.some((each) => each.id === id));
  const last = all[perPage - 1];
  const row = (notice: NoticeRecord): Pages['assignment-notices/list']['rows'][number] => ({
    id: notice.id, number: noticeNumber(notice), href: `/assignment-notices/${notice.id}`, office: tree.short(notice.officeId), unit: tree.short(notice.unitId), kind: t(`notices.kind.${notice.kind}`),
    items: notice.items, issuedOn: notice.issuedOn, lastDueOn: notice.lastDueOn ?? '', receipt: receiptBadge(notice, house, t),
  });
  const office = officePostOf(person);
  return {
    narrowed: open ? { label: t('notices.all'), href: '/assignment-notices' } : null, receive: receivingUnits(person).length > 0 ? t('notices.receiveChosen') : null,
    waiting: missing > 0 ? t('notices.waiting', { count: missing }) : null, rows: [...waiting, ...rest].map(row),
    more: all.length > perPage && last ? { href: `/assignment-notices?before=${last.id}${open ? '&receipt=open' : ''}`, label: t('notices.older') } : null,
    later: office ? { href: '/assignment-notices/new', label: t('notices.later') } : null, empty: { text: t(open ? 'notices.allReceived' : 'notices.empty'), href: '/findings', label: t('nav.ledger') },
  };
}

function receiptBadge({ receivedAt, receivedName }: NoticeRecord, house: House, t: Words): Badge {
  return receivedAt === null ? { label: t('notices.notReceived'), tone: 'warn' } : { label: t('notices.received', { name: receivedName ?? '', at: localTime(house.clock.zone, receivedAt) }), tone: 'good' };
}

/** One notice or several, as they are printed; the button of the receipt stands on that of a unit's own. */
export async function papersPage(house: House, person: Person, notices: readonly NoticeRecord[], t: Words, cut: string | null = null): Promise<Pages['assignment-notices/show']> {
  const tree = await house.tree();
  const papers: PaperView[] = [];
  for (const notice of notices) {
    const items = await itemsOf(house.db.reader, notice.id);
    papers.push(paper(notice, items, await toldOf(house.db.reader, items.map(({ findingId }) => findingId), t), house, tree, t));
  }
  const own = notices.filter(({ receivedAt, unitId }) => receivedAt === null && receivingUnits(person).includes(unitId));
  return {
    papers, cut, back: '/assignment-notices',
    receipt: own.length > 0 ? { numbers: own.map(({ id }) => id), label: t(own.length > 1 ? 'notices.receiveAll' : 'notices.receive', { count: own.length }) } : null,
  };
}

function paper(notice: NoticeRecord, items: readonly NoticeRow[], told: ReadonlyMap<number, Told>, house: House, tree: UnitTree, t: Words): PaperView {
  // A suspicion is not a problem yet, and who checks it does not lead.
  const clues = notice.kind === 'check' ? '.check' : '';
  const long = items.reduce((sum, { title, requirement, standard }) => sum + [...title].length + [...requirement].length + [...standard].length, 0);
  return {
    office: tree.unit(notice.officeId)?.name ?? '', number: noticeNumber(notice), title: t(`notices.title.${notice.kind}`), addressee: t('notices.addressee', { unit: tree.unit(notice.unitId)?.name ?? '' }),
    basis: t(`${notice.basis === '' ? 'notices.basisNone' : 'notices.basis'}${clues}`, { basis: notice.basis, count: notice.items }), requirements: requirementsOf(notice, t),
    listLabel: t(`notices.list${clues}`), leadLabel: t(`notices.lead${clues}`),
    showStandard: notice.kind === 'assignment', dueLabel: t(notice.kind === 'check' ? 'field.checkBy' : 'field.deadline'), toSign: notice.receivedAt === null, contact: t('notices.contact', { contact: notice.contact }), date: paperDate(notice.issuedOn, t), showResponsible: items.some(({ responsible }) => responsible !== ''), showSupport: items.some(({ support }) => support !== ''), showSince: items.some(({ since }) => since !== null), long: long > 4000 ? t('notices.long', { count: long }) : null,
    rows: items.map(({ findingId, ordinal, number, title, requirement, standard, lead, responsible, support, dueOn, since }) => ({ ordinal, number, original: told.get(findingId)?.original ?? '', href: `/findings/${number}`, title, description: besideOf(told.get(findingId)), requirement, standard: standard === '' ? '' : t('notices.standard', { standard }), lead, responsible, support, dueOn: dueOn ?? '', since: since ? t(`notices.since.${since.type}`, { date: since.on, name: since.name }) : '' })),
    receipt: notice.receivedAt === null ? t('notices.notReceived') : t('notices.receivedBy', { unit: tree.unit(notice.unitId)?.name ?? '', name: notice.receivedName ?? '', at: localTime(house.clock.zone, notice.receivedAt) }),
  };
}

function requirementsOf({ kind, acceptBy, lastDueOn }: NoticeRecord, t: Words): readonly string[] {
  const due = lastDueOn ? t(`notices.due.${kind}`, { date: paperDate(lastDueOn, t) }) : null;
  return [acceptBy ? t('notices.acceptBy', { date: paperDate(acceptBy, t) }) : null, due, t(`notices.requirement.${kind}`)].filter((each) => each !== null).map((text, index) => `${index + 1}. ${text}`);
}

/** What its list said of it, and where: 涉及县区 高台县. */
function besideOf(told: Told | undefined): string {
  return [told?.description, told?.extra].filter(Boolean).join(' · ');
}

/** As papers are dated: 2020年5月11日. */
function paperDate(date: string, t: Words): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return t('notices.date', { year, month: t(`month.${month}`), day });
}

/** What was handed out and stands on no notice yet, by unit. */
export async function laterPage(house: House, officeId: number, key: string, t: Words): Promise<Pages['assignment-notices/new']> {
  const tree = await house.tree();
  const rows = await withoutNotice(house.db.reader, officeId, mostOnNotice);
  return {
    key, total: t('notices.without', { count: rows.length }), rows: rows.map(({ number, title, unitId, state }) => ({ number, href: `/findings/${number}`, title, unit: tree.short(unitId), state: t(`state.${state}`) })),
    empty: { text: t('notices.noneWithout'), href: '/assignment-notices', label: t('nav.notices') },
  };
}
