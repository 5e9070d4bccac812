import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { eventOf } from '../../workflows/registry.js';
import { nothingAsked } from '../batches/asked.js';
import { doTogether } from '../batches/do-together.js';
import type { House, Person } from '../context.js';
import { ForbiddenError } from '../errors.js';
import { previewMany } from '../findings/commands/many.js';
import { bodyText } from '../forms.js';
import { visibleRows } from '../findings/visible-rows.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { dispatchIn, tickedIn } from './asked.js';
import { dispatchPage } from './page.js';

/** 派发核查: an office gives what waits for verification to inspectors, several places to several people in one go. */
export function verificationRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: Record<string, unknown> }>('/verification', async (request, reply) => {
    const person = officeIn(request);
    const t = words(languageOf(request));
    const page = await dispatchPage(house, person, { query: request.query, typed: null, dispatch: null, outcomes: null, loaded: new Map(), changed: false }, t);
    return reply.page('verification/show', page.title, page);
  });

  app.post('/verification', async (request, reply) => {
    const person = officeIn(request);
    const t = words(languageOf(request));
    const { body } = request;
    const loaded = await visibleRows(house, person, tickedIn(body));
    const dispatch = dispatchIn(body, loaded, await house.tree(), t);
    const confirming = bodyText(body, 'step') === 'confirm';
    const changed = confirming && bodyText(body, 'previewed') !== dispatch.digest;
    if (dispatch.faults.length > 0 || changed || !confirming) {
      const outcomes = dispatch.faults.length > 0 ? null : await previewMany(house, person, dispatch.requests);
      const page = await dispatchPage(house, person, { query: body, typed: body, dispatch, outcomes, loaded, changed }, t);
      return reply.page('verification/show', page.title, page, dispatch.faults.length > 0 ? 422 : 200);
    }
    const { rows, location } = await doTogether(house, person, eventOf('ASSIGN_VERIFICATION'), { requests: dispatch.requests, loaded, asked: nothingAsked }, bodyText(body, 'key') || randomUUID());
    if (location === null) {
      const page = await dispatchPage(house, person, { query: body, typed: body, dispatch, outcomes: rows, loaded, changed: false }, t);
      return reply.page('verification/show', page.title, page, 422);
    }
    // What could not be done is read on the batch's page; otherwise the next place waits.
    if (rows.length === 0 || rows.some(({ to }) => to === null)) return reply.redirect(location, 303);
    request.session.flash = `flash.dispatched ${rows.length}`;
    return reply.redirect('/verification', 303);
  });
}

function officeIn(request: FastifyRequest): Person {
  const person = personOf(request);
  if (!person.posts.some(({ role }) => role === 'office')) throw new ForbiddenError('only an office gives verifications out');
  return person;
}
