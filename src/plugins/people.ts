import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { House, Language, Person } from '../context.js';
import { peopleQueries } from '../people/queries.js';
import { administrationOf, type AdministrationScope } from '../people/scope.js';
import { signInPage } from '../sign-in/page.js';
import { carried, mayCarry } from '../sign-in/sent.js';
import { words } from '../words.js';

declare module 'fastify' {
  interface FastifyRequest {
    person: Person | null;
    /** what they administer; null for everybody else. */
    administers: AdministrationScope | null;
  }
  interface FastifyContextConfig {
    /** Pages for everybody, signed in or not. */
    open?: boolean;
  }
}

/** Knows who asks: loads the person of the session with today's posts; sends everybody else to the sign-in page; guards every write with its token. */
export const peoplePlugin = fp((app, { house }: { house: House }, done) => {
  const people = peopleQueries(house.db.reader);
  app.decorateRequest('person', null);
  app.decorateRequest('administers', null);
  app.addHook('onRequest', async (request, reply) => {
    const { personId } = request.session;
    if (personId !== undefined) request.person = await people.person(personId, house.clock.today());
    if (personId !== undefined && !request.person) await request.session.destroy();
    if (request.person?.posts.some(({ role }) => role === 'admin')) request.administers = administrationOf(request.person, await house.tree());
    if (request.person) touch(request, house.clock.now());
    if (request.routeOptions.config.open === true) return;
    if (!request.person) return mayCarry(request) ? undefined : reply.redirect(signInAgain(request, app), 303);
    if (request.person.mustChangePassword && !request.url.startsWith('/account')) return reply.redirect('/account/password', 303);
    return undefined;
  });
  // What was typed survives the end of a session: it waits in the form of the sign-in.
  app.addHook('preValidation', async (request, reply) => {
    if (request.person || request.routeOptions.config.open === true) return undefined;
    const sent = await carried(house, request);
    if (sent === null) return reply.redirect(signInAgain(request, app), 303);
    const t = words(languageOf(request));
    return reply.page('sign-in/show', t('signIn.title'), signInPage({ username: '', next: '/', lost: false, sent, refused: false }, t), 401);
  });
  app.addHook('preValidation', (request, reply, next) => {
    if (safe.has(request.method)) next();
    else app.csrfProtection(request, reply, next);
  });
  done();
}, { name: 'people', dependencies: ['sessions'] });

/** The sign-in page, and from there where they wanted to go. Of what was sent and is lost it is said so, and the way leads back to its form. */
function signInAgain({ method, url, routeOptions }: FastifyRequest, app: Pick<FastifyInstance, 'hasRoute'>): string {
  if (method === 'GET') return `/sign-in?${new URLSearchParams({ next: url }).toString()}`;
  const hasForm = routeOptions.url !== undefined && app.hasRoute({ method: 'GET', url: routeOptions.url });
  return `/sign-in?${new URLSearchParams({ next: hasForm ? url.split('?')[0] ?? '/' : '/', lost: 'yes' }).toString()}`;
}

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The person who asks; a route behind the sign-in has one. */
export function personOf(request: FastifyRequest): Person {
  if (!request.person) throw new Error('This route is not open, so somebody is signed in.');
  return request.person;
}

/** The session; none when a request was refused before it was read. */
export function sessionOf(request: FastifyRequest): FastifyRequest['session'] | undefined {
  return request.session;
}

/** What the reader reads: their own choice, else the session's, else Chinese. */
export function languageOf(request: FastifyRequest): Language {
  return request.person?.language ?? sessionOf(request)?.language ?? 'zh-CN';
}

/** Writes the session at most once a minute, so that reading pages does not write. */
function touch(request: FastifyRequest, now: string): void {
  const { seenAt } = request.session;
  if (seenAt === undefined || seenAt.slice(0, 16) !== now.slice(0, 16)) request.session.seenAt = now;
}
