import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Pages } from '../../views/pages.js';
import type { House } from '../context.js';
import { bodyText, textField } from '../forms.js';
import { ownPath } from '../own-path.js';
import { languageOf } from '../plugins/people.js';
import { isBegun } from '../first-run/first-run.js';
import { words } from '../words.js';
import { attemptsFrom } from './attempts.js';
import { signIn } from './sign-in.js';

/** Signing in and out. */
export function signInRoutes(app: FastifyInstance, { house }: { house: House }): void {
  const attempts = attemptsFrom(house.clock);

  app.get('/sign-in', { config: { open: true } }, async (request, reply) => {
    if (request.person) return reply.redirect('/', 303);
    if (!(await isBegun(house))) return reply.redirect('/first-run', 303);
    return reply.page('sign-in/show', titleOf(request), model(request, '', null));
  });

  app.post('/sign-in', { config: { open: true, rateLimit: { max: 30, timeWindow: '1 minute' } } }, async (request, reply) => {
    const username = bodyText(request.body, 'username');
    const personId = await signIn(house, attempts, request.ip, username, bodyText(request.body, 'password'));
    if (personId === null) return reply.page('sign-in/show', titleOf(request), model(request, username, words(languageOf(request))('signIn.refused')), 422);
    const { language } = request.session;
    await request.session.regenerate();
    request.session.personId = personId;
    if (language) request.session.language = language;
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

function model(request: FastifyRequest, username: string, refused: string | null): Pages['sign-in/show'] {
  const t = words(languageOf(request));
  return {
    refused, lost: bodyText(request.query, 'lost') === 'yes' ? t('signIn.lost') : null, next: ownPath(bodyText(request.query, 'next') || bodyText(request.body, 'next')),
    fields: [
      textField({ name: 'username', label: t('signIn.username'), value: username, required: true, autocomplete: 'username' }),
      textField({ name: 'password', label: t('signIn.password'), value: '', required: true, type: 'password', autocomplete: 'current-password' }),
    ],
  };
}
