import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { settings } from '../../db/schema/index.js';
import type { House } from '../context.js';

/** GET /healthz: 200 when the database answers, 503 when not. */
export function healthRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/healthz', { config: { open: true, rateLimit: false } }, async (_request, reply) => {
    try {
      await house.db.reader.select({ one: sql<number>`1` }).from(settings).limit(1);
      return { status: 'ok' };
    } catch {
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
}
