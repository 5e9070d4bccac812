import type { FastifyInstance } from 'fastify';
import { certificateText } from '../../workflows/certificate.js';
import { check } from '../../workflows/check.js';
import { current, definitionOf } from '../../workflows/registry.js';
import type { House } from '../context.js';
import { loadInScope } from '../findings/load.js';
import { findingQueries } from '../findings/queries.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { diagramView } from './diagram.js';

/** The workflow as a picture: of one finding with its way marked, and of the definition; the proof that it is sound is for those who look after the system. */
export function workflowRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/workflow', (request, reply) => {
    const t = words(languageOf(request));
    const proven = personOf(request).posts.some(({ role }) => role === 'admin' || role === 'auditor');
    return reply.page('workflow/show', t('work.workflow'), { diagram: diagramView(current, null, [], t), certificate: proven ? certificateText(check(current), t) : null });
  });

  app.get<{ Params: { number: string } }>('/findings/:number/workflow', async (request, reply) => {
    const t = words(languageOf(request));
    const { row } = await loadInScope(house, personOf(request), request.params.number);
    const events = await findingQueries(house.db.reader).events(row.id, null, 1000);
    const way = events.toReversed().map((event) => ({ event: event.type, from: event.stateBefore ?? 'new', to: event.stateAfter })).filter((went) => went.from !== went.to);
    return reply.page('workflow/finding', t('finding.workflow'), {
      number: row.number, title: row.title, here: t(`state.${row.state}`), diagram: diagramView(definitionOf(row.workflow), row.state, way, t),
      travelled: way.map((went) => t('workflow.went', { from: t(`state.${went.from}`), event: t(`event.${went.event}`), to: t(`state.${went.to}`) })),
    });
  });
}
