import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { House } from '../context.js';
import { bodyText } from '../forms.js';
import { ownPath } from '../own-path.js';
import { peopleQueries } from '../people/queries.js';
import { languageOf } from '../plugins/people.js';
import { isBegun } from '../first-run/first-run.js';
import { words } from '../words.js';
import { attemptsFrom } from './attempts.js';
import { sentPage, signInPage, type Asked } from './page.js';
import { sentFrom } from './sent.js';
import { signIn } from './sign-in.js';

/** Signing in and out. */
export function signInRoutes(app: FastifyInstance, { house }: { house: House }): void {
  const attempts = attemptsFrom(house.clock);

  app.get('/sign-in', { config: { open: true } }, async (request, reply) => {
    if (request.person) return reply.redirect('/', 303);
    if (!(await isBegun(house))) return reply.redirect('/first-run', 303);
    return reply.page('sign-in/show', titleOf(request), signInPage({ ...asked(request), username: '', refused: false }, words(languageOf(request))));
  });

  app.post('/sign-in', { config: { open: true, rateLimit: { max: 30, timeWindow: '1 minute' } } }, async (request, reply) => {
    const username = bodyText(request.body, 'username');
    const personId = await signIn(house, attempts, request.ip, username, bodyText(request.body, 'password'));
    if (personId === null) return reply.page('sign-in/show', titleOf(request), signInPage({ ...asked(request), username, refused: true }, words(languageOf(request))), 422);
    const { language } = request.session;
    await request.session.regenerate();
    request.session.personId = personId;
    if (language) request.session.language = language;
    const sent = sentFrom(bodyText(request.body, 'sent'));
    if (sent) {
      const t = words(languageOf(request));
      const name = (await peopleQueries(house.db.reader).person(personId, house.clock.today()))?.name ?? username;
      return reply.page('sign-in/sent', t('signIn.sentTitle'), sentPage(sent, name, t));
    }
    return reply.redirect(ownPath(bodyText(request.body, 'next')), 303);
  });

  app.post('/sign-out', { config: { open: true } }, async (request, reply) => {
    await request.session.destroy();
    // Nor does "back" show anybody what was typed here.
    return reply.header('clear-site-data', '"cache"').redirect('/sign-in', 303);
  });
}

function titleOf(request: FastifyRequest): string {
  return words(languageOf(request))('signIn.title');
}

function asked({ query, body }: FastifyRequest): Pick<Asked, 'next' | 'lost' | 'sent'> {
  const sent = bodyText(body, 'sent');
  return { next: ownPath(bodyText(query, 'next') || bodyText(body, 'next')), lost: bodyText(query, 'lost') === 'yes', sent: sentFrom(sent) === null ? '' : sent };
}
