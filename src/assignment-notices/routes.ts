import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { House, Person } from '../context.js';
import { ForbiddenError, NotVisibleError } from '../errors.js';
import { officePostOf, seesFindings } from '../findings/policy.js';
import { bodyText, bodyTexts } from '../forms.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { issueLater } from './issue-later.js';
import { laterPage, mostOnNotice, noticesPage, papersPage } from './page.js';
import { mostPapers, noticesById, type NoticeRecord } from './queries.js';
import { receiveNotices } from './receive.js';

interface One {
  readonly Params: { readonly id: string };
}

/** 交办通知单: what was handed to whom, with its receipt; printed one by one or several at once. */
export function noticeRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: { before?: string; receipt?: string } }>('/assignment-notices', async (request, reply) => {
    const t = words(languageOf(request));
    return reply.page('assignment-notices/list', t('nav.notices'), await noticesPage(house, reader(request), { before: idIn(request.query.before), open: request.query.receipt === 'open' }, t));
  });

  app.get('/assignment-notices/print', async (request, reply) => {
    const person = reader(request);
    const t = words(languageOf(request));
    const asked = idsIn(request.query, mostReceipts);
    const ids = asked.slice(0, mostPapers);
    const notices = ids.length === 0 ? [] : await noticesById(house, person, ids);
    if (notices.length === 0) return reply.redirect('/assignment-notices', 303);
    return reply.page('assignment-notices/show', t('nav.notices'), await papersPage(house, person, notices, t, asked.length > ids.length ? t('notices.cut', { most: mostPapers, count: asked.length }) : null));
  });

  app.get('/assignment-notices/new', async (request, reply) => {
    const t = words(languageOf(request));
    return reply.page('assignment-notices/new', t('notices.later'), await laterPage(house, officeOf(personOf(request)), randomUUID(), t));
  });

  app.post('/assignment-notices', async (request, reply) => {
    const person = personOf(request);
    const count = await issueLater(house, person, officeOf(person), bodyTexts(request.body, 'n'), bodyText(request.body, 'key') || randomUUID(), mostOnNotice);
    request.session.flash = count === 0 ? 'flash.noNotice' : `flash.notices ${count}`;
    return reply.redirect('/assignment-notices', 303);
  });

  app.get<One>('/assignment-notices/:id', async (request, reply) => {
    const { person, notice } = await oneOf(house, request);
    const t = words(languageOf(request));
    return reply.page('assignment-notices/show', t('nav.notices'), await papersPage(house, person, [notice], t));
  });

  // A form carries a token, which stands in no address: what is ticked is printed from an address of its own.
  app.post('/assignment-notices/print', (request, reply) => {
    const chosen = idsIn(request.body, mostReceipts).map((id): [string, string] => ['n', String(id)]);
    return reply.redirect(chosen.length === 0 ? '/assignment-notices' : `/assignment-notices/print?${new URLSearchParams(chosen).toString()}`, 303);
  });

  app.post('/assignment-notices/receipts', async (request, reply) => {
    const person = reader(request);
    const ids = idsIn(request.body, mostReceipts);
    const notices = ids.length === 0 ? [] : await noticesById(house, person, ids);
    if (notices.length < ids.length) throw new NotVisibleError('no such notice in their scope', { number: '', office: '', phone: '' });
    const count = await receiveNotices(house, person, notices);
    request.session.flash = notices.length === 0 ? 'flash.noneChosen' : `flash.noticesReceived ${count}`;
    const [only] = notices;
    return reply.redirect(only && notices.length === 1 ? `/assignment-notices/${only.id}` : '/assignment-notices', 303);
  });
}

function reader(request: FastifyRequest): Person {
  const person = personOf(request);
  if (!seesFindings(person)) throw new ForbiddenError('this post works on no findings');
  return person;
}

function officeOf(person: Person): number {
  const post = officePostOf(person);
  if (!post) throw new ForbiddenError('only an office issues notices');
  return post.unitId;
}

/** As many as a page of them may show: those that wait, and the newest. */
const mostReceipts = 200;

/** Notices that are ticked. */
function idsIn(form: unknown, most: number): readonly number[] {
  return [...new Set(bodyTexts(form, 'n').flatMap((text) => idIn(text) ?? []))].slice(0, most);
}

async function oneOf(house: House, request: FastifyRequest<One>): Promise<{ readonly person: Person; readonly notice: NoticeRecord }> {
  const person = reader(request);
  const id = idIn(request.params.id);
  const [notice] = id === null ? [] : await noticesById(house, person, [id]);
  if (!notice) throw new NotVisibleError('no such notice in their scope', { number: '', office: '', phone: '' });
  return { person, notice };
}

function idIn(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,9}$/u.test(text) ? Number(text) : null;
}
