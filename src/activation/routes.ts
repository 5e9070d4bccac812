import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../context.js';
import { ForbiddenError } from '../errors.js';
import { bodyText, bodyTexts } from '../forms.js';
import { isBegun } from '../first-run/first-run.js';
import { forPeopleAdmin } from '../people/admin.js';
import { personInScope } from '../people/in-scope.js';
import { languageOf, personOf } from '../plugins/people.js';
import { attemptsFrom } from '../sign-in/attempts.js';
import { passwordFault } from '../sign-in/password.js';
import { words, type Words } from '../words.js';
import { activate } from './activate.js';
import { issueSlips, mostSlips } from './issue.js';
import { activationPage, slipsPage, waitingPage, type ActivationFaults } from './pages.js';
import { isValid, notYetIn } from './waiting.js';

/** Coming in by a slip: the page for whoever holds one, and the sheets that an administrator prints. */
export function activationRoutes(app: FastifyInstance, { house }: { house: House }): void {
  const attempts = attemptsFrom(house.clock);

  app.get('/activation', { config: { open: true } }, async (request, reply) => {
    if (request.person) return reply.redirect('/', 303);
    if (!(await isBegun(house))) return reply.redirect('/first-run', 303);
    const t = words(languageOf(request));
    return reply.page('activation/show', t('activation.title'), activationPage(t, { username: '', code: '' }, {}, null));
  });

  app.post('/activation', { config: { open: true, rateLimit: { max: 30, timeWindow: '1 minute' } } }, async (request, reply) => {
    const t = words(languageOf(request));
    const typed = { username: bodyText(request.body, 'username'), code: bodyText(request.body, 'code'), next: bodyText(request.body, 'next'), again: bodyText(request.body, 'again') };
    const faults = faultsOf(typed, t);
    // A form that is not filled in costs no try.
    const personId = Object.keys(faults).length > 0 ? null : await activate(house, attempts, request.ip, { ...typed, password: typed.next });
    if (personId === null) return reply.page('activation/show', t('activation.title'), activationPage(t, typed, faults, Object.keys(faults).length > 0 ? null : t('activation.refused')), 422);
    const { language } = request.session;
    await request.session.regenerate();
    request.session.personId = personId;
    if (language) request.session.language = language;
    return reply.redirect('/', 303);
  });

  app.get<{ Querystring: Record<string, unknown> }>('/people/slips', (request, reply) => chosen(request, reply, null, 200));

  app.post('/people/slips', async (request, reply) => {
    const { scope, t } = forPeopleAdmin(request);
    const units = new Set(bodyTexts(request.body, 'unit').map(Number));
    const again = bodyText(request.body, 'again') === 'yes';
    const range = rangeIn(request.body);
    const { rows } = await notYetIn(house, scope, range);
    const now = house.clock.now();
    const ids = rows.filter(({ unitId, slip }) => units.has(unitId) && (again || !isValid(slip, now))).map(({ person }) => person.id).slice(0, mostSlips);
    if (ids.length === 0) return chosen(request, reply, t(units.size === 0 ? 'activation.chooseUnit' : 'activation.allValid'), 422);
    const slips = await issueSlips(house, personOf(request), scope, ids);
    // Shown once and kept nowhere, here or on the way: whoever needs it again prints another.
    return reply.header('cache-control', 'no-store').page('activation/slips', t('activation.slips'), slipsPage(house, request, slips, await house.tree(), t, range.through === undefined ? '/people/slips' : `/people/slips?after=${range.after}&through=${range.through}`));
  });

  app.post<{ Params: { id: string } }>('/people/:id/slip', async (request, reply) => {
    const { scope, t } = forPeopleAdmin(request);
    const { id } = await personInScope(house, scope, request.params.id);
    if (id === personOf(request).id) throw new ForbiddenError('nobody locks themselves out');
    const slips = await issueSlips(house, personOf(request), scope, [id]);
    return reply.header('cache-control', 'no-store').page('activation/slips', t('activation.slips'), slipsPage(house, request, slips, await house.tree(), t, `/people/${id}`));
  });

  async function chosen(request: FastifyRequest, reply: FastifyReply, fault: string | null, status: number): Promise<FastifyReply> {
    const { scope, t } = forPeopleAdmin(request);
    const range = rangeIn(request.method === 'POST' ? request.body : request.query);
    const found = await notYetIn(house, scope, range);
    return reply.page('activation/waiting', t('activation.slips'), waitingPage(house, found, await house.tree(), t, { ...range, fault, again: bodyText(request.body, 'again') === 'yes' }), status);
  }
}

/** People after one and through another, by id: those who came by one list. */
function rangeIn(from: unknown): { readonly after: number; readonly through?: number } {
  const [after, through] = ['after', 'through'].map((name) => bodyText(from, name)).map((text) => (/^\d{1,12}$/u.test(text) ? Number(text) : null));
  return { after: after ?? 0, ...(through == null ? {} : { through }) };
}

function faultsOf({ username, code, next, again }: Readonly<Record<'username' | 'code' | 'next' | 'again', string>>, t: Words): ActivationFaults {
  const faults: ActivationFaults = {};
  if (username === '') faults.username = t('form.missing');
  if (code === '') faults.code = t('form.missing');
  const weak = passwordFault(next, username === '' ? '\n' : username, null);
  if (weak) faults.next = t(weak);
  if (next !== again) faults.again = t('password.notAgain');
  return faults;
}
