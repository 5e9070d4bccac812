import { and, desc, eq, lt } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { streamEvents } from '../../db/schema/index.js';
import { streams } from '../ledger/stream.js';
import { localTime } from '../clock.js';
import type { House } from '../context.js';
import { ForbiddenError } from '../errors.js';
import { bodyText } from '../forms.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';

const perPage = 100;

/** The security auditor's page: what happened beside the findings, newest first. Read only, for nobody else. */
export function auditRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: Record<string, unknown> }>('/audit', async (request, reply) => {
    if (!personOf(request).posts.some((post) => post.role === 'auditor')) throw new ForbiddenError('only a security auditor');
    const t = words(languageOf(request));
    const stream = streams.find((each) => each === bodyText(request.query, 'stream')) ?? 'sign-ins';
    const before = Number(bodyText(request.query, 'before')) || Number.MAX_SAFE_INTEGER;
    const rows = await house.db.reader.select().from(streamEvents).where(and(eq(streamEvents.stream, stream), lt(streamEvents.seq, before))).orderBy(desc(streamEvents.seq)).limit(perPage);
    const last = rows.at(-1);
    return reply.page('audit/list', t('nav.audit'), {
      streams: streams.map((each) => ({ href: `/audit?stream=${each}`, label: t(`stream.${each}`), current: each === stream })),
      rows: rows.map((row) => ({ at: localTime(house.clock.zone, row.recordedAt), who: row.actorName || t('audit.unknown'), what: t(`fact.${row.type}`), details: row.payload })),
      next: last && last.seq > 1 ? `/audit?stream=${stream}&before=${last.seq}` : null,
    });
  });
}
