import type { FastifyRequest } from 'fastify';

/** Does the caller read JSON rather than pages? */
export function wantsJson({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const accept = headers.accept ?? '';
  return accept.includes('application/json') && !accept.includes('text/html');
}
