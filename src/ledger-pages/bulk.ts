import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { House, Post } from '../context.js';
import { ForbiddenError } from '../errors.js';
import { bodyText } from '../forms.js';
import { actOnMany, previewMany } from '../findings/commands/many.js';
import { officePostOf } from '../findings/policy.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { chosenIn, chosenRows, requestsFor, sharedFaults, visibleRows } from './assign-many.js';
import { bulkDone, bulkPage } from './bulk-page.js';

/** 批量交办: choose rows, see what will happen to each and why some cannot, then do it in one go. */
export function bulkRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: Record<string, unknown> }>('/findings/assignment', async (request, reply) => {
    const office = officeOf(request);
    const person = personOf(request);
    const t = words(languageOf(request));
    const chosen = await chosenRows(house, person, request.query);
    const loaded = await visibleRows(house, person, chosen.numbers);
    return reply.page('bulk/form', t('bulk.title'), await bulkPage(house, office, t, { chosen, loaded, typed: null, outcomes: null, faults: [] }));
  });

  app.post('/findings/assignment', async (request, reply) => {
    const office = officeOf(request);
    const person = personOf(request);
    const t = words(languageOf(request));
    const { body } = request;
    const chosen = chosenIn(body);
    const loaded = await visibleRows(house, person, chosen.numbers);
    const requests = requestsFor(chosen.numbers, loaded, body);
    const faults = sharedFaults(body);
    if (faults.length > 0 || bodyText(body, 'step') !== 'confirm') {
      const outcomes = faults.length > 0 ? null : await previewMany(house, person, requests);
      return reply.page('bulk/form', t('bulk.title'), await bulkPage(house, office, t, { chosen, loaded, typed: body, outcomes, faults }), faults.length > 0 ? 422 : 200);
    }
    const { rows, repeated } = await actOnMany(house, person, requests, bodyText(body, 'key') || randomUUID());
    if (!repeated) return reply.page('bulk/done', t('bulk.done'), bulkDone(rows, loaded, t));
    request.session.flash = 'flash.bulkRepeated';
    return reply.redirect('/findings', 303);
  });
}

function officeOf(request: FastifyRequest): Post {
  const post = officePostOf(personOf(request));
  if (!post) throw new ForbiddenError('only an office assigns');
  return post;
}
