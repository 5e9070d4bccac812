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
import { receiveNotice } from './receive.js';

interface One {
  readonly Params: { readonly id: string };
}

/** 交办通知单: what was handed to whom, with its receipt; printed one by one or several at once. */
export function noticeRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: { before?: string } }>('/assignment-notices', async (request, reply) => {
    const t = words(languageOf(request));
    return reply.page('assignment-notices/list', t('nav.notices'), await noticesPage(house, reader(request), idIn(request.query.before), t));
  });

  app.get('/assignment-notices/print', async (request, reply) => {
    const person = reader(request);
    const t = words(languageOf(request));
    const ids = bodyTexts(request.query, 'n').flatMap((text) => idIn(text) ?? []).slice(0, mostPapers);
    const notices = ids.length === 0 ? [] : await noticesById(house, person, ids);
    if (notices.length === 0) return reply.redirect('/assignment-notices', 303);
    return reply.page('assignment-notices/show', t('nav.notices'), await papersPage(house, person, notices, t));
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

  app.post<One>('/assignment-notices/:id/receipt', async (request, reply) => {
    const { person, notice } = await oneOf(house, request);
    await receiveNotice(house, person, notice);
    request.session.flash = 'flash.noticeReceived';
    return reply.redirect(`/assignment-notices/${notice.id}`, 303);
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
