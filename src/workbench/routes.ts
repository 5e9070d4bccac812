import type { FastifyInstance } from 'fastify';
import type { House } from '../context.js';
import { ForbiddenError } from '../errors.js';
import { seesFindings } from '../findings/policy.js';
import { bodyText } from '../forms.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { mostInstructions, unanswered } from './instructions.js';
import { leaderPage } from './leader.js';
import { workbenchPage } from './page.js';

/** The first page: what waits for whoever asks; for a leader one page of everything; and the instructions that nobody answered yet. */
export function workbenchRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/', async (request, reply) => {
    const person = personOf(request);
    const t = words(languageOf(request));
    const only = bodyText(request.query, 'event');
    const leads = person.posts.some(({ role }) => role === 'leader') && !person.posts.some(({ role }) => role === 'office');
    if (leads && only === '') return reply.page('workbench/leader', t('nav.workbench'), await leaderPage(house, person, t));
    return reply.page('workbench/show', t('nav.workbench'), await workbenchPage(house, person, /^[A-Z_]{3,40}$/u.test(only) ? only : null, t));
  });

  app.get('/instructions', async (request, reply) => {
    const person = personOf(request);
    if (!seesFindings(person)) throw new ForbiddenError('this post works on no findings');
    const t = words(languageOf(request));
    const rows = await unanswered(house, person, t);
    return reply.page('instructions/show', t('nav.instructions'), { rows, total: t('leader.unanswered', { count: rows.length }), more: rows.length >= mostInstructions ? t('leader.tooMany', { most: mostInstructions }) : null });
  });
}
