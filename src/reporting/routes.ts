import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { House, Person } from '../context.js';
import { ForbiddenError } from '../errors.js';
import { bodyText } from '../forms.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { gridPage, nothingReturned } from './grid-page.js';
import { keepDrafts, sendReports, tickTheRest, type Answers } from './send.js';

/** 集中填报: one page with everything that a unit has to report on; each row that is filled in is an event of its own, or a draft that the unit shares. */
export function reportingRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/reporting', async (request, reply) => {
    const person = reporter(request);
    const t = words(languageOf(request));
    return reply.page('reporting/show', t('nav.reporting'), await gridPage(house, person, t, randomUUID(), onlyMissing(request.query), nothingReturned));
  });

  app.post('/reporting', async (request, reply) => {
    const key = bodyText(request.body, 'key') || randomUUID();
    return answered(request, reply, await sendReports(house, reporter(request), request.body, key), ['flash.reported', 'flash.nothingReported']);
  });
  app.post('/reporting/drafts', async (request, reply) => answered(request, reply, await keepDrafts(house, reporter(request), request.body), ['flash.drafted', 'flash.nothingDrafted']));
  app.post('/reporting/rest', async (request, reply) => answered(request, reply, await tickTheRest(house, reporter(request), request.body), ['flash.ticked', 'flash.nothingTicked']));

  async function answered(request: FastifyRequest, reply: FastifyReply, { done, refused }: Answers, [some, none]: readonly [string, string]): Promise<FastifyReply> {
    const missing = onlyMissing(request.body);
    if (refused.size === 0) {
      request.session.flash = done === 0 ? none : `${some} ${done}`;
      return reply.redirect(missing ? '/reporting?show=missing' : '/reporting', 303);
    }
    const t = words(languageOf(request));
    // Under a new key: what was taken is done, and what is now written in its row is something new.
    return reply.page('reporting/show', t('nav.reporting'), await gridPage(house, reporter(request), t, randomUUID(), missing, { typed: request.body, refused, done: done > 0 ? t(some, { number: done }) : null }), 422);
  }
}

function reporter(request: FastifyRequest): Person {
  const person = personOf(request);
  if (!person.posts.some(({ role }) => role === 'handler' || role === 'head')) throw new ForbiddenError('only a unit reports');
  return person;
}

function onlyMissing(from: unknown): boolean {
  return bodyText(from, 'show') === 'missing';
}
