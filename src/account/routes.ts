import { and, desc, eq, ne } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { changeset, deleteRows, updateRow } from '../../db/changeset.js';
import { activations, people, sessions } from '../../db/schema/index.js';
import { localTime } from '../clock.js';
import type { House, Person } from '../context.js';
import { bodyText, textField } from '../forms.js';
import { commitRecorded } from '../ledger/stream.js';
import { peopleQueries } from '../people/queries.js';
import { languageOf, personOf } from '../plugins/people.js';
import { sessionKey } from '../plugins/sessions.js';
import { hashPassword, isPassword, passwordFault } from '../sign-in/password.js';
import { ownPath } from '../own-path.js';
import { words, type Words } from '../words.js';

/** What people change about themselves: password, language, where they are signed in. */
export function accountRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/account', async (request, reply) => {
    const person = personOf(request);
    const t = words(languageOf(request));
    const tree = await house.tree();
    const own = await house.db.reader.select().from(sessions).where(eq(sessions.personId, person.id)).orderBy(desc(sessions.seenAt)).limit(20);
    const here = sessionKey(request.session.sessionId);
    return reply.page('account/show', t('account.title'), {
      username: person.username, posts: person.posts.map((post) => `${tree.unit(post.unitId)?.name ?? ''} · ${t(`role.${post.role}`)}`),
      sessions: own.map((row) => ({ key: row.id, seen: localTime(house.clock.zone, row.seenAt), current: row.id === here })),
    });
  });

  app.post('/account/sessions/end', async (request, reply) => {
    const key = bodyText(request.body, 'key');
    const person = personOf(request);
    await house.db.commit(changeset(deleteRows(sessions, { id: key, personId: person.id }, 'session')));
    request.session.flash = 'flash.sessionEnded';
    return reply.redirect('/account', 303);
  });

  app.get('/account/password', (request, reply) => reply.page('account/password', words(languageOf(request))('account.password'), passwordPage(personOf(request), words(languageOf(request)), {})));

  app.post('/account/password', async (request, reply) => {
    const person = personOf(request);
    const t = words(languageOf(request));
    const [old, next, again] = [bodyText(request.body, 'old'), bodyText(request.body, 'next'), bodyText(request.body, 'again')];
    const row = await peopleQueries(house.db.reader).row(person.id);
    const faults: Record<string, string> = {};
    if (!(await isPassword(old, row?.passwordHash ?? null))) faults['old'] = t('password.wrong');
    const weak = passwordFault(next, person.username, old);
    if (weak) faults['next'] = t(weak);
    if (next !== again) faults['again'] = t('password.notAgain');
    if (Object.keys(faults).length > 0) return reply.page('account/password', t('account.password'), passwordPage(person, t, faults), 422);
    await changePassword(house, person, next, sessionKey(request.session.sessionId));
    request.session.flash = 'flash.passwordChanged';
    return reply.redirect('/', 303);
  });

  app.post('/account/language', { config: { open: true } }, async (request, reply) => {
    const language = bodyText(request.body, 'language') === 'en' ? 'en' : 'zh-CN';
    request.session.language = language;
    if (request.person) await house.db.commit(changeset(updateRow(people, { language }, { id: request.person.id }, 'person')));
    return reply.redirect(ownPath(bodyText(request.body, 'back')), 303);
  });
}

/** The new password, and every other session of the person ended: whoever knew the old one is out. */
async function changePassword(house: House, person: Person, password: string, keep: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  const others = await house.db.reader.select({ id: sessions.id }).from(sessions).where(and(eq(sessions.personId, person.id), ne(sessions.id, keep)));
  const changes = changeset(updateRow(people, { passwordHash, mustChangePassword: false }, { id: person.id }, 'person'), ...others.map(({ id }) => deleteRows(sessions, { id }, 'session')), deleteRows(activations, { personId: person.id }, 'slip'));
  await commitRecorded(house, changes, { stream: 'accounts', type: 'PasswordChanged', actorId: person.id, actorName: person.name, payload: { username: person.username } });
}

function passwordPage(person: Person, t: Words, faults: Readonly<Record<string, string>>) {
  const fields = ['old', 'next', 'again'].map((name) => textField({
    name, label: t(`password.${name}`), type: 'password', required: true, autocomplete: name === 'old' ? 'current-password' : 'new-password',
    hint: name === 'next' ? t('password.rule') : null, error: faults[name] ?? null,
  }));
  const items = fields.flatMap((field) => (field.error ? [{ href: `#${field.id}`, text: `${field.label}:${field.error}` }] : []));
  return { forced: person.mustChangePassword, faults: items.length > 0 ? { title: t('form.faults', { count: items.length }), items } : null, fields };
}

