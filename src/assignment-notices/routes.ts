import type { FastifyInstance, FastifyRequest } from 'fastify';
import { changeset, updateRow } from '../../db/changeset.js';
import { StaleError } from '../../db/errors.js';
import { assignmentNotices } from '../../db/schema/index.js';
import type { Pages } from '../../views/pages.js';
import { localTime } from '../clock.js';
import type { House, Person } from '../context.js';
import { ForbiddenError, NotVisibleError } from '../errors.js';
import { stateBadge } from '../findings/lights.js';
import { officePostOf } from '../findings/policy.js';
import { bodyText, bodyTexts } from '../forms.js';
import { setting } from '../house.js';
import { commitRecorded } from '../ledger/stream.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words, type Words } from '../words.js';
import { issueMissing } from './missing.js';
import { noticesIn, noticesOf, rowsOfNotice, seesOf, withoutNotice, type Notice, type NoticeRow } from './queries.js';

const perPage = 50;

/** 交办通知单: what was handed to each unit, on paper and on the screen, and who of the unit has it. */
export function assignmentNoticeRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: Record<string, unknown> }>('/assignment-notices', async (request, reply) => {
    const person = concerned(request);
    const t = words(languageOf(request));
    return reply.page('assignment-notices/list', t('nav.notices'), await listPage(house, person, { before: Number(bodyText(request.query, 'before')) || Number.MAX_SAFE_INTEGER, open: bodyText(request.query, 'open') === 'yes' }, t));
  });

  app.get<{ Querystring: Record<string, unknown> }>('/assignment-notices/paper', async (request, reply) => {
    const ids = bodyTexts(request.query, 'id').filter((id) => /^\d{1,12}$/u.test(id)).map(Number);
    const notices = await noticesIn(house.db.reader, await seesOf(house, concerned(request)), ids);
    if (notices.length === 0) throw nowhere();
    const t = words(languageOf(request));
    return reply.page('assignment-notices/paper', t('nav.notices'), { notPaper: (await setting(house.db, 'demo')) === '1' ? t('print.demo') : null, papers: await Promise.all(notices.map((notice) => paperOf(house, notice, t))) });
  });

  app.get<{ Params: { id: string } }>('/assignment-notices/:id', async (request, reply) => {
    const person = concerned(request);
    const t = words(languageOf(request));
    const notice = await noticeIn(house, person, request.params.id);
    return reply.page('assignment-notices/show', notice.number, await noticePage(house, person, notice, t));
  });

  app.post<{ Params: { id: string } }>('/assignment-notices/:id/receipt', async (request, reply) => {
    const person = concerned(request);
    const notice = await noticeIn(house, person, request.params.id);
    if (!receives(person, notice)) throw new ForbiddenError('only the unit itself says that it has it');
    if (notice.receivedAt === null) await received(house, person, notice);
    request.session.flash = 'flash.received';
    return reply.redirect(`/assignment-notices/${notice.id}`, 303);
  });

  /** 补开: what was handed over one by one gets its notices, one for each unit. */
  app.post('/assignment-notices', async (request, reply) => {
    const person = personOf(request);
    const office = officePostOf(person);
    if (!office) throw new ForbiddenError('only an office issues notices');
    const made = await issueMissing(house, person, office.unitId);
    request.session.flash = made === 0 ? 'flash.nothingWithoutNotice' : 'flash.noticesIssued';
    return reply.redirect('/assignment-notices', 303);
  });
}

/** Offices and units have to do with notices. */
function concerned(request: FastifyRequest): Person {
  const person = personOf(request);
  if (!person.posts.some(({ role }) => role === 'office' || role === 'handler' || role === 'head')) throw new ForbiddenError('only offices and units have notices');
  return person;
}

async function noticeIn(house: House, person: Person, id: string): Promise<Notice> {
  const [notice] = /^\d{1,12}$/u.test(id) ? await noticesIn(house.db.reader, await seesOf(house, person), [Number(id)]) : [];
  if (!notice) throw nowhere();
  return notice;
}

function nowhere(): NotVisibleError {
  return new NotVisibleError('no such notice', { number: '', office: '', phone: '' });
}

function receives(person: Person, { unitId }: Notice): boolean {
  return person.posts.some((post) => post.unitId === unitId && (post.role === 'handler' || post.role === 'head'));
}

/** Somebody of the unit has it; whoever says so second changes nothing. */
async function received(house: House, person: Person, { id, number, unitId }: Notice): Promise<void> {
  const receipt = updateRow(assignmentNotices, { receivedBy: person.name, receivedAt: house.clock.occurring() }, { id, receivedAt: null }, 'receipt');
  try {
    await commitRecorded(house, changeset(receipt), { stream: 'proceedings', type: 'NoticeReceived', actorId: person.id, actorName: person.name, payload: { number, unitId } });
  } catch (error) {
    if (!(error instanceof StaleError && error.statement === 'receipt')) throw error;
  }
}

async function listPage(house: House, person: Person, asked: { readonly before: number; readonly open: boolean }, t: Words): Promise<Pages['assignment-notices/list']> {
  const tree = await house.tree();
  const rows = await noticesOf(house.db.reader, await seesOf(house, person), asked, perPage + 1);
  const office = officePostOf(person);
  const missing = office ? (await withoutNotice(house.db.reader, office.unitId)).length : 0;
  const last = rows[perPage - 1];
  const shown = rows.slice(0, perPage);
  return {
    ways: [{ label: t('notice.all'), href: '/assignment-notices', current: !asked.open }, { label: t('notice.open'), href: '/assignment-notices?open=yes', current: asked.open }],
    missing: missing > 0 ? t('notice.missing', { count: missing }) : null,
    rows: shown.map((row) => ({
      id: row.id, href: `/assignment-notices/${row.id}`, number: row.number, unit: tree.unit(row.unitId)?.name ?? '', what: t(`event.${row.event}`), items: String(row.items), issuedOn: row.issuedOn,
      receipt: row.receivedAt === null ? { label: t('notice.notReceived'), tone: 'warn' } : { label: t('notice.received'), tone: 'good' }, by: receiptOf(house, row, t),
    })),
    next: rows.length > perPage && last ? `/assignment-notices?${asked.open ? 'open=yes&' : ''}before=${last.id}` : null,
  };
}

function receiptOf(house: House, { receivedBy, receivedAt }: Notice, t: Words): string {
  return receivedAt === null ? '' : t('notice.receivedBy', { name: receivedBy ?? '', at: localTime(house.clock.zone, receivedAt) });
}

async function noticePage(house: House, person: Person, notice: Notice, t: Words): Promise<Pages['assignment-notices/show']> {
  const tree = await house.tree();
  const rows = await rowsOfNotice(house.db.reader, notice.id);
  return {
    number: notice.number, unit: tree.unit(notice.unitId)?.name ?? '', office: tree.unit(notice.officeId)?.name ?? '', issued: t('notice.issued', { date: notice.issuedOn, name: notice.issuedBy }), receipt: receiptOf(house, notice, t), paper: `/assignment-notices/paper?id=${notice.id}`,
    mayReceive: notice.receivedAt === null && receives(person, notice), action: `/assignment-notices/${notice.id}/receipt`,
    rows: rows.map((row) => ({ number: row.number, href: `/findings/${row.number}`, title: row.title, standard: row.standard, due: row.dueOn ?? '', acceptBy: row.acceptBy ?? '', now: nowOf(row, notice, t) })),
  };
}

/** What became of a row: taken back, gone to somebody else, or where it stands. */
function nowOf({ state, stage, leadUnitId, seq, version }: NoticeRow, { unitId }: Notice, t: Words): Pages['assignment-notices/show']['rows'][number]['now'] {
  if (version > seq && (stage === 'listed' || state === 'suspected.toCheck')) return { label: t('notice.recalled'), tone: 'quiet' };
  return leadUnitId === unitId ? stateBadge(state, stage, t) : { label: t('notice.elsewhere'), tone: 'quiet' };
}

async function paperOf(house: House, notice: Notice, t: Words): Promise<Pages['assignment-notices/paper']['papers'][number]> {
  const tree = await house.tree();
  const office = tree.unit(notice.officeId);
  const rows = await rowsOfNotice(house.db.reader, notice.id);
  const [year = '', month = '', day = ''] = notice.issuedOn.split('-').map((part) => String(Number(part)));
  const dates = [...new Set(rows.map(({ acceptBy }) => acceptBy).filter((date) => date !== null))].sort();
  return {
    number: notice.number, title: t(`notice.title.${notice.event}`), unit: tree.unit(notice.unitId)?.name ?? '', opening: t(`notice.opening.${notice.event}`, { count: rows.length }),
    demands: [...(dates[0] ? [t('notice.demand.accept', { date: dates[0] })] : []), t(`notice.demand.${notice.event}`), t('notice.demand.contact', { office: office?.name ?? '', phone: office?.phone ?? t('notice.noPhone') })],
    office: office?.name ?? '', date: t('notice.date', { year, month, day }), receipt: receiptOf(house, notice, t),
    rows: rows.map((row) => ({ ordinal: row.ordinal, number: row.number, title: row.title, standard: row.standard, due: row.dueOn ?? '' })),
  };
}
