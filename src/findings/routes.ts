import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Pages } from '../../views/pages.js';
import { definitionOf } from '../../workflows/registry.js';
import { step } from '../../workflows/step.js';
import type { EventDefinition, Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { ChangedError, InvalidError, NotVisibleError, RefusedError } from '../errors.js';
import { bodyText } from '../forms.js';
import { sentenceOfEvent } from '../ledger/sentence.js';
import { languageOf, personOf } from '../plugins/people.js';
import { wantsJson } from '../plugins/errors.js';
import { sentenceOf } from '../refusals.js';
import { words, type Words } from '../words.js';
import { behalfFields, onBehalfFrom } from './behalf.js';
import { act } from './commands/act.js';
import { nearest } from './commands/nearest.js';
import { contextFacts } from './context-facts.js';
import { actorsOf } from './actors.js';
import { fieldsOf } from './fields.js';
import { formWorld, principals } from './form-world.js';
import { loadInScope } from './load.js';
import { newFindingRoutes } from './new.js';
import { dataFrom } from './parse.js';
import { findingQueries, type Loaded } from './queries.js';
import { received, type Received } from './received.js';
import { showFinding } from './show.js';

interface Numbered {
  readonly Params: { readonly number: string; readonly resource: string };
}

/** The page of a finding, its history, and every action of its workflow as a resource below it. */
export function findingRoutes(app: FastifyInstance, { house }: { house: House }): void {
  newFindingRoutes(app, { house });

  app.get<Numbered>('/findings/:number', async (request, reply) => {
    const person = personOf(request);
    const loaded = await loadInScope(house, person, request.params.number);
    if (loaded.row.number !== request.params.number) return reply.redirect(`/findings/${loaded.row.number}`, 303);
    const page = await showFinding(house, person, loaded, words(languageOf(request)));
    return reply.page('findings/show', `${page.number} ${page.title}`, page);
  });

  app.get<Numbered & { Querystring: { before?: string } }>('/findings/:number/history', async (request, reply) => {
    const { row } = await loadInScope(house, personOf(request), request.params.number);
    const t = words(languageOf(request));
    const before = /^\d{1,9}$/u.test(request.query.before ?? '') ? Number(request.query.before) : null;
    const events = await findingQueries(house.db.reader).events(row.id, before, 50);
    const tree = await house.tree();
    const last = events.at(-1);
    const older = last && last.seq > 1 ? `/findings/${row.number}/history?before=${last.seq}` : null;
    return reply.page('findings/history', t('finding.history'), { number: row.number, title: row.title, items: events.map((event) => sentenceOfEvent(event, t, tree)), older });
  });

  app.get<Numbered>('/findings/:number/:resource', async (request, reply) => {
    const person = personOf(request);
    const loaded = await loadInScope(house, person, request.params.number);
    const definition = eventFor(loaded, request.params.resource);
    const t = words(languageOf(request));
    const page = await formPage(house, person, loaded, definition, t, { typed: null, refusals: [], key: randomUUID(), changedSince: null });
    const [status, refused] = await standing(house, person, loaded, definition, t);
    return reply.page('findings/form', `${page.verb} ${page.number}`, refused ? { ...page, refused, fields: [], behalf: [], hasBehalf: false } : page, status);
  });

  app.post<Numbered>('/findings/:number/:resource', async (request, reply) => {
    const person = personOf(request);
    const loaded = await loadInScope(house, person, request.params.number);
    const definition = eventFor(loaded, request.params.resource);
    const form = await receivedOrFaults(house, request);
    return performed(house, request, reply, person, loaded, definition, form);
  });
}

/** Before anything is filled in: may this person do it now, and if not, why? Asked of the engine itself; what is still to be typed does not count. */
async function standing(house: House, person: Person, { row, snapshot }: Loaded, event: EventDefinition, t: Words): Promise<readonly [status: number, why: string | null]> {
  const actors = actorsOf(person, snapshot.context, await house.tree());
  const asked = { type: event.type, data: {}, onBehalf: null, occurredAt: house.clock.occurring(), today: house.clock.today(), dates: {} };
  const calendar = await house.calendar();
  const result = nearest(actors.map((actor) => step(definitionOf(row.workflow), snapshot, { ...asked, actor }, calendar)));
  if (result.kind === 'moved' || result.because === 'input') return [200, null];
  const types = event.onBehalf && result.because === 'who' && actors.some((actor) => actor.role === 'office' && actor.relations.includes('host'));
  return types ? [200, null] : [result.because === 'who' ? 403 : 409, result.refusals.map((refusal) => sentenceOf(refusal, t)).join(' ')];
}

/** Which event a resource stands for. A resource that no event of this workflow has is not there. */
function eventFor(loaded: Loaded, resource: string): EventDefinition {
  const found = Object.values(definitionOf(loaded.row.workflow).events).find((event) => event.resource === resource);
  if (!found) throw new NotVisibleError('no such action', { number: loaded.row.number, office: '', phone: '' });
  return found;
}

async function receivedOrFaults(house: House, request: FastifyRequest): Promise<Received & { readonly wrong: readonly Refusal[] }> {
  try {
    return { ...(await received(house, request)), wrong: [] };
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    return { body: {}, files: [], wrong: error.refusals };
  }
}

async function performed(house: House, request: FastifyRequest, reply: FastifyReply, person: Person, loaded: Loaded, definition: EventDefinition, { body, files, wrong }: Received & { readonly wrong: readonly Refusal[] }): Promise<FastifyReply> {
  const key = bodyText(body, 'key') || randomUUID();
  const seen = bodyText(body, 'seen');
  try {
    if (wrong.length > 0) throw new InvalidError(wrong);
    const onBehalf = await onBehalfFrom(house, definition, loaded, body, files);
    const data = request.headers['content-type']?.startsWith('application/json') ? jsonData(body) : dataFrom(definition, body, loaded.snapshot.context.measures);
    const outcome = await act(house, person, { number: loaded.row.number, event: definition.type, data, seen: /^\d{1,9}$/u.test(seen) ? Number(seen) : null, onBehalf, files }, key);
    if (wantsJson(request)) return await reply.code(201).send({ number: outcome.number, location: outcome.location, repeated: outcome.repeated });
    request.session.flash = `flash.${outcome.repeated ? 'repeated' : 'done'} ${outcome.number} ${definition.type}`;
    return await reply.redirect(outcome.location, 303);
  } catch (error) {
    if (wantsJson(request) || !(error instanceof RefusedError || error instanceof InvalidError || error instanceof ChangedError)) throw error;
    const fresh = await loadInScope(house, person, loaded.row.number);
    const refusals = error instanceof ChangedError ? [] : error.refusals;
    const page = await formPage(house, person, fresh, definition, words(languageOf(request)), { typed: body, refusals, key: randomUUID(), changedSince: error instanceof ChangedError ? Number(seen) : null });
    return reply.page('findings/form', `${page.verb} ${page.number}`, page, error.status);
  }
}

/** JSON carries the event's data as it is: the same field definitions check it. */
function jsonData(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const data = body['data'];
  return typeof data === 'object' && data !== null ? Object.fromEntries(Object.entries(data)) : {};
}

interface Shown {
  readonly typed: unknown;
  readonly refusals: readonly Refusal[];
  readonly key: string;
  readonly changedSince: number | null;
}

/** One generic form for every event, made from its field definitions. */
async function formPage(house: House, person: Person, loaded: Loaded, definition: EventDefinition, t: Words, { typed, refusals, key, changedSince }: Shown): Promise<Pages['findings/form']> {
  const { row, snapshot } = loaded;
  const tree = await house.tree();
  const world = await formWorld(house, t, row.id, snapshot.context, typed, refusals);
  const fields = fieldsOf(definition, world);
  const typist = actorsOf(person, snapshot.context, tree).some((actor) => (actor.role === 'office' && actor.relations.includes('host')) || (actor.role === 'handler' && actor.relations.includes('lead')));
  const behalf = definition.onBehalf && typist ? behalfFields(await principals(house, snapshot.context, ['leader', 'head', 'inspector', 'sector']), typed, refusals, t) : [];
  const since = changedSince === null ? [] : await findingQueries(house.db.reader).eventsSince(row.id, changedSince);
  const multipart = definition.fields.some((field) => field.kind === 'evidence') || behalf.length > 0;
  const items = refusals.map((refusal) => ({ href: refusal.field ? `#f-${refusal.field === 'evidence' ? 'files' : refusal.field}` : null, text: sentenceOf(refusal, t) }));
  return {
    number: row.number, title: row.title, verb: t(`event.${definition.type}`), what: sentenceIfAny(t, `event.${definition.type}.what`), action: `/findings/${row.number}/${definition.resource ?? ''}`,
    multipart, key, seen: row.movedSeq, faults: items.length > 0 ? { title: t('form.faults', { count: items.length }), items } : null,
    changed: changedSince === null ? null : { items: since.map((event) => sentenceOfEvent(event, t, tree)) },
    refused: null, context: await contextFacts(house, loaded, definition.type, t), fields, behalf, hasBehalf: behalf.length > 0, behalfOpen: behalf.some((field) => field.error !== null), tone: definition.weight === 'more' ? 'warn' : 'plain',
  };
}

function sentenceIfAny(t: Words, key: string): string | null {
  const sentence = t(key);
  return sentence === key ? null : sentence;
}
