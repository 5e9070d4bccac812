import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Pages } from '../../views/pages.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { ForbiddenError, InvalidError, RowsRefusedError } from '../errors.js';
import { faultsOf } from '../findings/form-page.js';
import { stateBadge } from '../findings/lights.js';
import { officePostOf } from '../findings/policy.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import { received } from '../findings/received.js';
import { bodyText, bodyTexts } from '../forms.js';
import { setting } from '../house.js';
import { peopleQueries } from '../people/queries.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words, type Words } from '../words.js';
import { decideMeeting, isLeaders, type Decided, type Decision } from './commands/decide.js';
import { changeMeeting, dropMeeting, prepareMeeting } from './commands/prepare.js';
import { meetingFields, meetingFrom } from './form.js';
import { meetingPage, meetingPaper, nothingSent, stateOf, type Sent } from './page.js';
import { candidatesOf, itemsOf, meetingIn, meetingsOf, mostItems, officesOf, type Item, type Meeting } from './queries.js';
import { isResult } from './results.js';

interface One { readonly Params: { readonly id: string } }
const perPage = 50;

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
      const id = await prepareMeeting(house, personOf(request), office, meetingFrom(request.body));
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
      const { rows, decision } = await decisionFrom(body, meeting, items, loaded, { ...sent, wrong });
      await decideMeeting(house, personOf(request), meeting, versionIn(body), rows, loaded, decision, bodyText(body, 'key') || randomUUID());
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

  /** What the meeting said, row by row. Throws InvalidError with every fault. */
  async function decisionFrom(body: unknown, { heldOn }: Meeting, items: readonly Item[], loaded: ReadonlyMap<string, Loaded>, { scan, wrong: faulty }: { readonly scan: Decision['scan']; readonly wrong: readonly Refusal[] }): Promise<{ readonly rows: readonly Decided[]; readonly decision: Decision }> {
    const wrong: Refusal[] = [...faulty];
    const fault = (rule: string, field: string, params: Refusal['params'] = {}): void => { wrong.push({ rule, kind: 'input', params, field }); };
    const rows = items.flatMap((item): readonly Decided[] => {
      const [result, reason] = [bodyText(body, `result.${item.number}`), bodyText(body, `reason.${item.number}`)];
      if (!isResult(result)) { fault('meeting.undecided', `result-${item.number}`, { number: item.number }); return []; }
      if (result === 'sentBack' && [...reason].length < 10) fault('meeting.sayWhatIsMissing', `result-${item.number}`, { number: item.number });
      if (result === 'deferred' && reason === '') fault('meeting.sayWhy', `result-${item.number}`, { number: item.number });
      if ([...reason].length > 2000) fault('field.tooLong', `result-${item.number}`, { name: 'meeting.reason', max: 2000, length: [...reason].length });
      const seen = bodyText(body, `seen.${item.number}`);
      return [{ item, result, reason, seen: /^\d{1,9}$/u.test(seen) ? Number(seen) : null }];
    });
    const decisionNumber = bodyText(body, 'decisionNumber');
    if (heldOn > house.clock.today()) fault('meeting.notHeldYet', 'decisionNumber', { date: heldOn });
    if (decisionNumber === '') fault('field.required', 'decisionNumber', { name: 'decisionNumber' });
    if ([...decisionNumber].length > 60) fault('field.tooLong', 'decisionNumber', { name: 'decisionNumber', max: 60, length: [...decisionNumber].length });
    const asksLeader = rows.some(({ item, result }) => { const found = loaded.get(item.number); return result !== 'deferred' && found !== undefined && isLeaders(found); });
    const id = bodyText(body, 'leaderId');
    const leader = asksLeader && /^\d{1,12}$/u.test(id) ? await peopleQueries(house.db.reader).person(Number(id), house.clock.today()) : null;
    if (asksLeader && !leader?.posts.some(({ role }) => role === 'leader')) fault('field.required', 'leaderId', { name: 'meeting.leader' });
    if (asksLeader && !scan) fault('field.required', 'scan', { name: 'scan' });
    if (wrong.length > 0) throw new InvalidError(wrong);
    return { rows, decision: { decisionNumber, leader, scan } };
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

async function listPage(house: House, person: Person, before: number, t: Words): Promise<Pages['meetings/list']> {
  const tree = await house.tree();
  const rows = await meetingsOf(house.db.reader, await officesOf(house, person), before, perPage + 1);
  const last = rows[perPage - 1];
  return {
    mayPrepare: officePostOf(person) !== null,
    rows: rows.slice(0, perPage).map((row) => ({ href: `/meetings/${row.id}`, title: row.title, heldOn: row.heldOn, office: tree.unit(row.officeId)?.shortName ?? '', items: String(row.items), decisionNumber: row.decisionNumber ?? '', state: stateOf(row, t) })),
    next: rows.length > perPage && last ? `/meetings?before=${last.id}` : null,
  };
}

interface Chosen {
  readonly chosen: readonly string[];
  readonly order: readonly string[];
}

async function formPage(house: House, officeId: number, meeting: Meeting | null, { chosen, order }: Chosen, { typed, refusals }: Pick<Sent, 'typed' | 'refusals'>, t: Words): Promise<Pages['meetings/form']> {
  const tree = await house.tree();
  const rows = await candidatesOf(house.db.reader, officeId);
  const usual = meeting === null && typed === null && chosen.length === 0;
  return {
    title: meeting?.title ?? t('meeting.new'), action: meeting ? `/meetings/${meeting.id}` : '/meetings', back: meeting ? `/meetings/${meeting.id}` : '/meetings', version: meeting?.version ?? 0, faults: faultsOf(refusals, t), fields: meetingFields(meeting, house.clock.today(), typed, refusals, t),
    more: rows.length === mostItems ? t('meeting.more', { most: mostItems }) : null,
    rows: rows.map((row) => ({
      number: row.number, href: `/findings/${row.number}`, title: row.title, unit: row.leadUnitId === null ? '' : tree.unit(row.leadUnitId)?.shortName ?? '', state: stateBadge(row.state, row.stage, t), verifiedOn: row.verifiedOn ?? '',
      chosen: usual ? row.state === 'verified.approval' : chosen.includes(row.number), order: bodyText(typed, `order.${row.number}`) || (order.includes(row.number) ? String(order.indexOf(row.number) + 1) : ''),
    })),
  };
}
