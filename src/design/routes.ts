import type { FastifyInstance } from 'fastify';
import { designSample } from '../../views/design/sample.js';
import { current } from '../../workflows/registry.js';
import { languageOf } from '../plugins/people.js';
import { words } from '../words.js';
import { diagramView } from '../workflow-page/diagram.js';

const way = [['ASSIGN', 'listed', 'assigned'], ['ACCEPT', 'assigned', 'rectifying.planning']].map(([event = '', from = '', to = '']) => ({ event, from, to }));

/** All components together on one page, for who builds pages. In development only: nothing here is anybody's work. */
export function designRoutes(app: FastifyInstance): void {
  app.get('/design', { config: { open: true } }, (request, reply) => {
    const t = words(languageOf(request));
    return reply.page('design/index', t('design.title'), designSample(t, diagramView(current, 'rectifying.planning', way, t)));
  });
}
