import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { EventDefinition } from '../../workflows/event.js';
import type { House } from '../context.js';
import { noticesAlong } from '../assignment-notices/along.js';
import { beginBatch } from '../batches/begin.js';
import { wakeBatches } from '../batches/worker.js';
import { ChangedError, ForbiddenError } from '../errors.js';
import { bodyText } from '../forms.js';
import { actOnMany, previewMany } from '../findings/commands/many.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { bulkDone, bulkPage } from './bulk-page.js';
import { chosenIn, chosenRows, digestOf, requestsFor, sharedFaults, sharedIn, suggestedFor, viewIn, visibleRows } from './chosen.js';
import { maySometimes, togetherEvents } from './verbs.js';

/** 批量办理: choose rows, see what will happen to each and why some cannot, then do it in one go. One pair of routes per event that is done together. */
export function bulkRoutes(app: FastifyInstance, { house }: { house: House }): void {
  for (const definition of togetherEvents) bulkRoute(app, house, definition, `/findings/${definition.resource ?? ''}`);
}

function bulkRoute(app: FastifyInstance, house: House, definition: EventDefinition, path: string): void {
  app.get<{ Querystring: Record<string, unknown> }>(path, async (request, reply) => {
    const person = permitted(request, definition);
    const t = words(languageOf(request));
    const chosen = await chosenRows(house, person, definition, request.query);
    const loaded = await visibleRows(house, person, chosen.numbers);
    const suggested = await suggestedFor(house, definition, loaded);
    const page = await bulkPage(house, definition, t, { chosen, loaded, suggested, typed: null, outcomes: null, faults: [], changed: false, whole: chosen.more ? wholeOf(request.url) : '' });
    return reply.page('bulk/form', page.title, page);
  });

  app.post(path, async (request, reply) => {
    const person = permitted(request, definition);
    const t = words(languageOf(request));
    const { body } = request;
    const chosen = chosenIn(body);
    const loaded = await visibleRows(house, person, chosen.numbers);
    const suggested = await suggestedFor(house, definition, loaded);
    const requests = requestsFor(definition, chosen.numbers, loaded, body, suggested);
    const faults = sharedFaults(definition, body);
    const previewed = bodyText(body, 'previewed');
    const changed = previewed !== '' && previewed !== digestOf(definition, chosen, body, suggested);
    if (faults.length === 0 && bodyText(body, 'step') === 'whole') {
      const id = await beginBatch(house, person, definition, Object.fromEntries(viewIn(body)), sharedIn(definition, body));
      if (id === null) throw new ChangedError('nothing in the view waits for it any more', {});
      wakeBatches(house);
      return reply.redirect(`/batches/${id}`, 303);
    }
    if (faults.length > 0 || changed || bodyText(body, 'step') !== 'confirm') {
      const outcomes = faults.length > 0 ? null : await previewMany(house, person, requests);
      const page = await bulkPage(house, definition, t, { chosen, loaded, suggested, typed: body, outcomes, faults, changed: changed && bodyText(body, 'step') === 'confirm', whole: bodyText(body, 'whole') });
      return reply.page('bulk/form', page.title, page, faults.length > 0 ? 422 : 200);
    }
    const { rows, repeated } = await actOnMany(house, person, requests, bodyText(body, 'key') || randomUUID(), (done) => noticesAlong(house, person, definition.type, done));
    if (!repeated) {
      const page = await bulkDone(house, definition, rows, loaded, t);
      return reply.page('bulk/done', page.title, page);
    }
    request.session.flash = 'flash.bulkRepeated';
    return reply.redirect('/findings', 303);
  });
}

/** The view of the address, as a form carries it on. */
function wholeOf(url: string): string {
  const query = new URLSearchParams(url.split('?')[1] ?? '');
  query.delete('all');
  return query.toString();
}

function permitted(request: FastifyRequest, { type }: EventDefinition) {
  const person = personOf(request);
  if (!maySometimes(person, type)) throw new ForbiddenError('no post of theirs ever does this');
  return person;
}
