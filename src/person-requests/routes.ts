import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Badge, Pages } from '../../views/pages.js';
import type { House, Person } from '../context.js';
import { ForbiddenError, InvalidError, NotVisibleError } from '../errors.js';
import { faultsOf } from '../findings/form-page.js';
import { bodyText, longField } from '../forms.js';
import { forPeopleAdmin } from '../people/admin.js';
import { peopleNames } from '../people/names.js';
import type { AdministrationScope } from '../people/scope.js';
import { languageOf, personOf } from '../plugins/people.js';
import { sentenceOf } from '../refusals.js';
import { words, type Words } from '../words.js';
import { declineRequest, requestPerson } from './commands.js';
import { requestFields, requestFrom, unitsAsked } from './form.js';
import { openRequest, openRequests, ownRequests, type PersonRequest } from './queries.js';

const perPage = 50;
interface Identified { readonly Params: { readonly id: string } }

/** 申请新增人员: whoever misses somebody asks, the administrator of that unit adds or says why not. */
export function personRequestRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: Record<string, unknown> }>('/person-requests', async (request, reply) => {
    const person = personOf(request);
    const t = words(languageOf(request));
    const mayAsk = unitsAsked(person, await house.tree()).length > 0;
    if (!mayAsk && !request.administers) throw new ForbiddenError('asks for nobody');
    const before = Number(bodyText(request.query, 'before')) || Number.MAX_SAFE_INTEGER;
    return reply.page('person-requests/list', t('nav.personRequests'), await listPage(house, person, request.administers, mayAsk, before, t));
  });

  app.get<{ Querystring: Record<string, unknown> }>('/person-requests/new', async (request, reply) => {
    const t = words(languageOf(request));
    const { tree, units } = await askable(personOf(request));
    return reply.page('person-requests/form', t('personRequest.new'), { key: randomUUID(), faults: null, fields: requestFields(units, tree, request.query, [], t) });
  });

  app.post('/person-requests', async (request, reply) => {
    const t = words(languageOf(request));
    const person = personOf(request);
    const { tree, units } = await askable(person);
    const key = bodyText(request.body, 'key') || randomUUID();
    try {
      await requestPerson(house, person, requestFrom(request.body, units), key);
      request.session.flash = 'flash.personRequested';
      return await reply.redirect('/person-requests', 303);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('person-requests/form', t('personRequest.new'), { key, faults: faultsOf(error.refusals, t), fields: requestFields(units, tree, request.body, error.refusals, t) }, 422);
    }
  });

  app.get<Identified>('/person-requests/:id/decline', async (request, reply) => {
    const { scope, t } = forPeopleAdmin(request);
    return reply.page('person-requests/decline', t('personRequest.decline'), await declinePage(await waiting(scope, request.params.id), t, null, null));
  });

  app.post<Identified>('/person-requests/:id/decline', async (request, reply) => {
    const { scope, t } = forPeopleAdmin(request);
    const asked = await waiting(scope, request.params.id);
    try {
      await declineRequest(house, personOf(request), asked, bodyText(request.body, 'reason'));
      request.session.flash = 'flash.saved';
      return await reply.redirect('/person-requests', 303);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('person-requests/decline', t('personRequest.decline'), await declinePage(asked, t, request.body, error), 422);
    }
  });

  async function askable(person: Person) {
    const tree = await house.tree();
    const units = unitsAsked(person, tree);
    if (units.length === 0) throw new ForbiddenError('asks for nobody');
    return { tree, units };
  }

  async function waiting(scope: AdministrationScope, id: string): Promise<PersonRequest> {
    const asked = await openRequest(house, scope, id);
    if (!asked) throw new NotVisibleError('no such request', { number: '', office: '', phone: '' });
    return asked;
  }

  async function declinePage(asked: PersonRequest, t: Words, typed: unknown, wrong: InvalidError | null): Promise<Pages['person-requests/decline']> {
    const unit = (await house.tree()).unit(asked.unitId)?.name ?? '';
    const error = wrong?.refusals.map((refusal) => sentenceOf(refusal, t)).join(' ') ?? null;
    return {
      what: t('personRequest.what', { name: asked.name, unit, role: t(`role.${asked.role}`) }), action: `/person-requests/${asked.id}/decline`, faults: wrong ? faultsOf(wrong.refusals, t) : null,
      fields: [longField({ name: 'reason', label: t('field.reason'), value: bodyText(typed, 'reason'), required: true, error })],
    };
  }
}

/** An administrator sees what waits for them; everybody else what they asked for. */
async function listPage(house: House, person: Person, scope: AdministrationScope | null, mayAsk: boolean, before: number, t: Words): Promise<Pages['person-requests/list']> {
  const tree = await house.tree();
  const found = scope ? await openRequests(house, scope, before, perPage + 1) : await ownRequests(house, person.id, before, perPage + 1);
  const shown = found.slice(0, perPage);
  const names = await peopleNames(house.db.reader, [...new Set(shown.map(({ askedBy }) => askedBy))]);
  const last = shown.at(-1);
  return {
    mayAsk, next: found.length > perPage && last ? `/person-requests?before=${last.id}` : null,
    rows: shown.map((row) => ({
      name: row.name, phone: row.phone, unit: tree.unit(row.unitId)?.name ?? '', role: t(`role.${row.role}`), note: row.note, asked: t('personRequest.asked', { name: names.get(row.askedBy) ?? '', date: row.askedOn }), state: stateOf(row, t), reason: row.reason,
      add: scope ? `/people/new?request=${row.id}` : null, decline: scope ? `/person-requests/${row.id}/decline` : null,
    })),
  };
}

function stateOf({ state }: PersonRequest, t: Words): Badge {
  return { label: t(`personRequest.${state}`), tone: state === 'open' ? 'info' : state === 'confirmed' ? 'good' : 'warn' };
}
