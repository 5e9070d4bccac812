import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { House, Person } from '../context.js';
import { ForbiddenError, InvalidError, RowsRefusedError } from '../errors.js';
import { officePostOf } from '../findings/policy.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import { received } from '../findings/received.js';
import { bodyText, bodyTexts } from '../forms.js';
import { setting } from '../house.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { decideMeeting } from './commands/decide.js';
import { changeMeeting, dropMeeting, prepareMeeting } from './commands/prepare.js';
import { decisionFrom } from './decision-form.js';
import { formPage } from './form-page.js';
import { meetingFrom } from './form.js';
import { listPage } from './list-page.js';
import { meetingPage, meetingPaper, nothingSent, type Sent } from './page.js';
import { itemsOf, meetingIn, type Item, type Meeting } from './queries.js';

interface One { readonly Params: { readonly id: string } }

/** 销号审议会: a list is prepared, printed and read; what is decided is one decision of all its rows. For the office that hosts; its leader sees it. */
export function meetingRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: Record<string, unknown> }>('/meetings', async (request, reply) => {
    const person = seeing(request);
    const t = words(languageOf(request));
    return reply.page('meetings/list', t('nav.meetings'), await listPage(house, person, Number(bodyText(request.query, 'before')) || Number.MAX_SAFE_INTEGER, t));
  });

  app.get<{ Querystring: Record<string, unknown> }>('/meetings/new', async (request, reply) => {
    const office = officeIn(request);
    const t = words(languageOf(request));
    const chosen = bodyTexts(request.query, 'n');
    return reply.page('meetings/form', t('meeting.new'), await formPage(house, office, null, { chosen, order: chosen }, { typed: null, refusals: [] }, t));
  });

  app.post('/meetings', async (request, reply) => {
    const office = officeIn(request);
    return saved(request, reply, null, async () => {
      const id = await prepareMeeting(house, personOf(request), office, meetingFrom(request.body), bodyText(request.body, 'key') || randomUUID());
      return reply.redirect(`/meetings/${id}`, 303);
    });
  });

  app.get<One>('/meetings/:id', async (request, reply) => {
    const meeting = await meetingIn(house, seeing(request), request.params.id);
    return reply.page('meetings/show', meeting.title, await meetingPage(house, personOf(request), meeting, nothingSent, words(languageOf(request))));
  });

  app.get<One>('/meetings/:id/paper', async (request, reply) => {
    const meeting = await meetingIn(house, seeing(request), request.params.id);
    const isDemo = (await setting(house.db, 'demo')) === '1';
    return reply.page('meetings/paper', meeting.title, await meetingPaper(house, personOf(request), meeting, isDemo, words(languageOf(request))));
  });

  app.get<One>('/meetings/:id/change', async (request, reply) => {
    const meeting = await ownMeeting(request);
    const t = words(languageOf(request));
    const order = (await itemsOf(house.db.reader, meeting.id)).map(({ number }) => number);
    return reply.page('meetings/form', meeting.title, await formPage(house, meeting.officeId, meeting, { chosen: order, order }, { typed: null, refusals: [] }, t));
  });

  app.post<One>('/meetings/:id', async (request, reply) => {
    const meeting = await ownMeeting(request);
    return saved(request, reply, meeting, async () => {
      await changeMeeting(house, personOf(request), meeting, versionIn(request.body), meetingFrom(request.body));
      return reply.redirect(`/meetings/${meeting.id}`, 303);
    });
  });

  app.get<One>('/meetings/:id/dropping', async (request, reply) => {
    const meeting = await ownMeeting(request);
    const t = words(languageOf(request));
    const { id, title, version } = meeting;
    return reply.page('meetings/drop', title, { confirm: { title: t('meeting.dropTitle', { title }), text: t('meeting.dropText'), action: `/meetings/${id}/dropping?version=${version}`, key: randomUUID(), verb: t('meeting.drop'), tone: 'danger', cancel: `/meetings/${id}` } });
  });

  app.post<One & { Querystring: Record<string, unknown> }>('/meetings/:id/dropping', async (request, reply) => {
    const meeting = await ownMeeting(request);
    await dropMeeting(house, personOf(request), meeting, versionIn(request.query));
    request.session.flash = 'flash.saved';
    return reply.redirect('/meetings', 303);
  });

  app.post<One>('/meetings/:id/decision', async (request, reply) => {
    const meeting = await ownMeeting(request);
    const sent = await received(house, request, { keeping: meeting.state === 'prepared' });
    // The second of two clicks finds it decided: its page is the minutes.
    if (meeting.state === 'decided') return reply.redirect(`/meetings/${meeting.id}`, 303);
    const { body, wrong } = sent;
    try {
      const items = await itemsOf(house.db.reader, meeting.id);
      const loaded = await loadedOf(items);
      const { rows, decision } = await decisionFrom(house, body, meeting, items, loaded, { ...sent, wrong });
      await decideMeeting(house, personOf(request), meeting, versionIn(body), rows, loaded, decision, bodyText(body, 'key') || randomUUID());
      request.session.flash = `flash.meetingDecided ${rows.length}`;
      return await reply.redirect(`/meetings/${meeting.id}`, 303);
    } catch (error) {
      if (!(error instanceof InvalidError || error instanceof RowsRefusedError)) throw error;
      const came: Sent = { typed: body, refusals: error instanceof InvalidError ? error.refusals : [], rows: error instanceof RowsRefusedError ? error.rows : new Map() };
      return reply.page('meetings/show', meeting.title, await meetingPage(house, personOf(request), meeting, came, words(languageOf(request))), 422);
    }
  });

  /** A meeting of one's own office. */
  async function ownMeeting(request: FastifyRequest<One>): Promise<Meeting> {
    const meeting = await meetingIn(house, seeing(request), request.params.id);
    if (officePostOf(personOf(request))?.unitId !== meeting.officeId) throw new ForbiddenError('only the office itself holds its meetings');
    return meeting;
  }

  async function loadedOf(items: readonly Item[]): Promise<ReadonlyMap<string, Loaded>> {
    const queries = findingQueries(house.db.reader);
    const all = await Promise.all(items.map(async ({ findingId, number }) => [number, await queries.byId(findingId)] as const));
    return new Map(all.flatMap(([number, found]) => (found ? [[number, found] as const] : [])));
  }

  async function saved(request: FastifyRequest, reply: FastifyReply, meeting: Meeting | null, write: () => Promise<FastifyReply>): Promise<FastifyReply> {
    const t = words(languageOf(request));
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      const chosen = bodyTexts(request.body, 'n');
      const page = await formPage(house, meeting?.officeId ?? officeIn(request), meeting, { chosen, order: chosen }, { typed: request.body, refusals: error.refusals }, t);
      return reply.page('meetings/form', page.title, page, 422);
    }
  }
}

/** Offices hold meetings, leaders see them. */
function seeing(request: FastifyRequest): Person {
  const person = personOf(request);
  if (!person.posts.some(({ role }) => role === 'office' || role === 'leader')) throw new ForbiddenError('only offices and leaders see meetings');
  return person;
}

function officeIn(request: FastifyRequest): number {
  const post = officePostOf(personOf(request));
  if (!post) throw new ForbiddenError('only an office prepares meetings');
  return post.unitId;
}

function versionIn(from: unknown): number {
  const text = bodyText(from, 'version');
  return /^\d{1,9}$/u.test(text) ? Number(text) : 0;
}
