import type { FastifyInstance } from 'fastify';
import type { House } from '../context.js';
import { ForbiddenError } from '../errors.js';
import { officePostOf, seesFindings } from '../findings/policy.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { exportRoutes } from './export.js';
import { matrixPage } from './matrix-page.js';
import { printPage } from './print.js';
import { ledgerPage } from './page.js';
import { reminderPage } from './reminder.js';

/** The ledger: what it holds, narrowed and ordered by the address; its matrix, its paper and its exports. */
export function ledgerRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: Record<string, unknown> }>('/findings', async (request, reply) => {
    const person = personOf(request);
    if (!seesFindings(person)) throw new ForbiddenError('this post works on no findings');
    const t = words(languageOf(request));
    return reply.page('findings/list', t('nav.ledger'), await ledgerPage(house, person, request.query, t));
  });
  app.get<{ Querystring: Record<string, unknown> }>('/findings/print', async (request, reply) => {
    const person = personOf(request);
    if (!seesFindings(person)) throw new ForbiddenError('this post works on no findings');
    const t = words(languageOf(request));
    return reply.page('findings/print', t('nav.ledger'), await printPage(house, person, request.query, t));
  });
  app.get<{ Querystring: Record<string, unknown> }>('/findings/reminder', async (request, reply) => {
    const person = personOf(request);
    if (!officePostOf(person)) throw new ForbiddenError('offices remind, nobody else');
    const t = words(languageOf(request));
    return reply.page('findings/reminder', t('reminder.title'), await reminderPage(house, person, request.query, t));
  });
  app.get<{ Querystring: Record<string, unknown> }>('/matrix', async (request, reply) => {
    const person = personOf(request);
    if (!seesFindings(person)) throw new ForbiddenError('this post works on no findings');
    const t = words(languageOf(request));
    return reply.page('matrix/show', t('nav.matrix'), await matrixPage(house, person, request.query, t));
  });
  exportRoutes(app, { house });
}
