import type { FastifyInstance } from 'fastify';
import type { House } from '../context.js';
import { bodyText } from '../forms.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { workbenchPage } from './page.js';

/** The first page: what waits for whoever asks. */
export function workbenchRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/', async (request, reply) => {
    const t = words(languageOf(request));
    const only = bodyText(request.query, 'event');
    return reply.page('workbench/show', t('nav.workbench'), await workbenchPage(house, personOf(request), /^[A-Z_]{3,40}$/u.test(only) ? only : null, t));
  });
}
