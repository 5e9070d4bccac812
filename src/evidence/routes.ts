import { and, eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { evidence } from '../../db/schema/index.js';
import type { House } from '../context.js';
import { NotVisibleError } from '../errors.js';
import { loadInScope } from '../findings/load.js';
import { personOf } from '../plugins/people.js';

/** Evidence is served only to who may see its finding, and only as a download: a page or a picture with a script in it never runs here. */
export function evidenceRoutes(app: FastifyInstance, { house }: { house: House }): void {
  // Its length goes along, so that a file that was cut off on the way is known as one: it is not packed.
  app.get<{ Params: { number: string; id: string } }>('/findings/:number/evidence/:id', { compress: false }, async (request, reply) => {
    const { row } = await loadInScope(house, personOf(request), request.params.number);
    const [file] = await house.db.reader.select().from(evidence).where(and(eq(evidence.id, request.params.id), eq(evidence.findingId, row.id)));
    if (!file) throw new NotVisibleError('no such evidence', { number: row.number, office: '', phone: '' });
    return reply
      .header('content-disposition', `attachment; filename="evidence"; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      .header('content-length', file.size).header('cache-control', 'private, no-store').type(file.mediaType)
      .send(await house.files.open(file.sha256));
  });
}
