import { and, asc, eq, gt, inArray, like, or } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { people, posts } from '../../db/schema/index.js';
import type { Badge, Faults, Field, Pages } from '../../views/pages.js';
import { isDate } from '../../workflows/fields.js';
import type { Refusal } from '../../workflows/types.js';
import { issueSlips } from '../activation/issue.js';
import { slipsPage } from '../activation/pages.js';
import type { House, Post } from '../context.js';
import { ForbiddenError, InvalidError } from '../errors.js';
import { unitChoices } from '../findings/fields.js';
import { bodyText, choice, rowsField, textField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import { confirmation } from '../person-requests/commands.js';
import { openRequest } from '../person-requests/queries.js';
import { personOf } from '../plugins/people.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { forPeopleAdmin } from './admin.js';
import { addPerson, changePerson, disablePerson, type PersonForm } from './commands.js';
import { personInScope } from './in-scope.js';
import { nameFaults } from './name-faults.js';
import { mostPosts } from './posts.js';
import { administersPost, theirPeople, type AdministrationScope } from './scope.js';

export { forAdmin } from './admin.js';

const roles: readonly Post['role'][] = ['office', 'handler', 'head', 'sector', 'inspector', 'leader', 'admin', 'auditor'];
const perPage = 50;
interface Identified { readonly Params: { readonly id: string } }

/** The administrator's page of people: who has which post where, within what they administer. */
export function peopleRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: Record<string, unknown> }>('/people', async (request, reply) => {
    const { scope, t } = forPeopleAdmin(request);
    return reply.page('people/list', t('nav.people'), await listPage(house, scope, bodyText(request.query, 'q'), Number(bodyText(request.query, 'after')) || 0, t));
  });

  app.get<{ Querystring: Record<string, unknown> }>('/people/new', async (request, reply) => {
    const { scope, t } = forPeopleAdmin(request);
    const asked = await openRequest(house, scope, bodyText(request.query, 'request'));
    const typed = asked && { name: asked.name, phone: asked.phone, request: String(asked.id), 'posts.0.role': asked.role, 'posts.0.unitId': String(asked.unitId), 'posts.0.kind': 'home' };
    return reply.page('people/form', t('people.new'), await formPage(house, scope, t, null, typed, []));
  });

  app.post('/people', async (request, reply) => {
    const { scope, t } = forPeopleAdmin(request);
    const person = personOf(request);
    try {
      const form = formFrom(request.body, true);
      const asked = await openRequest(house, scope, bodyText(request.body, 'request'));
      const id = await addPerson(house, person, form, null, { scope, along: asked ? (added) => confirmation(house, person, asked, added) : undefined });
      const slips = form.posts.length > 0 ? await issueSlips(house, person, scope, [id]) : [];
      return await reply.header('cache-control', 'no-store').page('activation/slips', t('people.added'), slipsPage(house, request, slips, await house.tree(), t, `/people/${id}`));
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('people/form', t('people.new'), await formPage(house, scope, t, null, request.body, error.refusals), 422);
    }
  });

  app.get<Identified>('/people/:id', async (request, reply) => {
    const { scope, t } = forPeopleAdmin(request);
    const { id } = await personInScope(house, scope, request.params.id);
    return reply.page('people/form', t('nav.people'), await formPage(house, scope, t, id, null, []));
  });

  app.post<Identified>('/people/:id', async (request, reply) => {
    const { scope, t } = forPeopleAdmin(request);
    const { id } = await personInScope(house, scope, request.params.id);
    try {
      await changePerson(house, personOf(request), id, formFrom(request.body, false), scope);
      request.session.flash = 'flash.saved';
      return await reply.redirect('/people', 303);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('people/form', t('nav.people'), await formPage(house, scope, t, id, request.body, error.refusals), 422);
    }
  });

  app.post<Identified>('/people/:id/disabling', async (request, reply) => {
    const { scope, t } = forPeopleAdmin(request);
    const { id } = await personInScope(house, scope, request.params.id);
    if (id === personOf(request).id) throw new ForbiddenError('nobody disables themselves');
    try {
      await disablePerson(house, personOf(request), id, bodyText(request.body, 'disabled') === 'yes');
      request.session.flash = 'flash.saved';
      return await reply.redirect(`/people/${id}`, 303);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('people/form', t('nav.people'), await formPage(house, scope, t, id, null, error.refusals), 422);
    }
  });
}

async function listPage(house: House, scope: AdministrationScope, q: string, after: number, t: Words): Promise<Pages['people/list']> {
  const tree = await house.tree();
  const pattern = `%${q.replaceAll(/[%_\\]/gu, '')}%`;
  const rows = await house.db.reader.select().from(people).where(and(gt(people.id, after), theirPeople(scope, house.clock.today()), q === '' ? undefined : or(like(people.name, pattern), like(people.username, pattern)))).orderBy(asc(people.id)).limit(perPage + 1);
  const shown = rows.slice(0, perPage);
  const all = shown.length === 0 ? [] : await house.db.reader.select().from(posts).where(inArray(posts.personId, shown.map(({ id }) => id))).orderBy(posts.id);
  const held = (id: number): string => all.filter((post) => post.personId === id && administersPost(scope, post)).map((post) => `${tree.short(post.unitId)} ${t(`role.${post.role}`)}${post.kind === 'secondment' ? t('people.seconded') : ''}`).join(t('list.and'));
  const last = shown.at(-1);
  return {
    q, rows: shown.map((row) => ({ href: `/people/${row.id}`, username: row.username, name: row.name, phone: row.phone ?? '', posts: held(row.id), state: stateOf(row, t) })),
    next: rows.length > perPage && last ? `/people?${new URLSearchParams({ ...(q ? { q } : {}), after: String(last.id) }).toString()}` : null,
  };
}

function stateOf(row: Pick<typeof people.$inferSelect, 'disabledOn' | 'mustChangePassword'>, t: Words): Badge {
  if (row.disabledOn !== null) return { label: t('people.disabled'), tone: 'bad' };
  return row.mustChangePassword ? { label: t('people.notIn'), tone: 'warn' } : { label: t('people.active'), tone: 'good' };
}

function formFrom(body: unknown, isNew: boolean): PersonForm {
  const [username, name, phone] = [bodyText(body, 'username'), bodyText(body, 'name'), bodyText(body, 'phone')];
  const wrong: Refusal[] = [...nameFaults({ username: isNew ? username : null, name, phone })];
  const rows = Array.from({ length: mostPosts }, (_, index) => ({ role: bodyText(body, `posts.${index}.role`), unitId: bodyText(body, `posts.${index}.unitId`), kind: bodyText(body, `posts.${index}.kind`), untilOn: bodyText(body, `posts.${index}.untilOn`) }));
  const found = rows.filter((row) => row.role !== '' || row.unitId !== '').flatMap((row, index) => {
    const role = roles.find((each) => each === row.role);
    if (!role || !/^[1-9]\d{0,11}$/u.test(row.unitId) || (row.untilOn !== '' && !isDate(row.untilOn))) {
      wrong.push({ rule: 'people.post', kind: 'input', params: { row: index + 1 }, field: 'posts' });
      return [];
    }
    return [{ role, unitId: Number(row.unitId), kind: row.kind === 'secondment' ? 'secondment' as const : 'home' as const, untilOn: row.untilOn || null }];
  });
  if (wrong.length > 0) throw new InvalidError(wrong);
  const version = bodyText(body, 'version');
  return { username, name, phone, posts: found, version: !isNew && /^\d{1,9}$/u.test(version) ? Number(version) : null };
}

async function formPage(house: House, scope: AdministrationScope, t: Words, id: number | null, typed: unknown, refusals: readonly Refusal[]): Promise<Pages['people/form']> {
  const tree = await house.tree();
  const [row] = id === null ? [] : await house.db.reader.select().from(people).where(eq(people.id, id));
  const held = id === null ? [] : (await house.db.reader.select().from(posts).where(eq(posts.personId, id)).orderBy(posts.id)).filter((post) => administersPost(scope, post));
  const error = (name: string): string | null => refusals.filter((refusal) => refusal.field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
  const value = (name: 'username' | 'name' | 'phone'): string => (typed === null ? row?.[name] ?? '' : bodyText(typed, name));
  const fields: Field[] = [
    ...(id === null ? [textField({ name: 'username', label: t('signIn.username'), value: value('username'), required: true, error: error('username'), hint: t('people.usernameHint') })] : []),
    textField({ name: 'name', label: t('field.personName'), value: value('name'), required: true, error: error('name') }),
    textField({ name: 'phone', label: t('field.phone'), value: value('phone') }),
    postRows(scope, t, tree, held, typed, error('posts')),
  ];
  const faults: Faults | null = refusals.length === 0 ? null : { title: t('form.faults', { count: refusals.length }), items: refusals.map((refusal) => ({ href: refusal.field ? `#f-${refusal.field}` : null, text: sentenceOf(refusal, t) })) };
  return { title: row ? `${row.name}(${row.username})` : t('people.new'), action: id === null ? '/people' : `/people/${id}`, faults, fields, isNew: id === null, disabled: row?.disabledOn != null, version: row?.version ?? 0, request: bodyText(typed, 'request'), state: row ? stateOf(row, t) : null, handover: `/handover/posts?from=${row?.id ?? ''}` };
}

function postRows(scope: AdministrationScope, t: Words, tree: UnitTree, held: readonly (typeof posts.$inferSelect)[], typed: unknown, error: string | null): Field {
  const units = tree.all.filter((unit) => unit.disabledOn === null && (scope.whole || scope.unitIds.has(unit.id)));
  const given = roles.filter((role) => scope.whole || role !== 'auditor');
  const columns = ['role', 'unitId', 'kind', 'untilOn'] as const;
  const at = (index: number, column: (typeof columns)[number]): string => (typed === null ? String(held[index]?.[column] ?? '') : bodyText(typed, `posts.${index}.${column}`));
  const choicesOf = (index: number, column: (typeof columns)[number]) => {
    if (column === 'role') return given.map((role) => choice(role, t(`role.${role}`), at(index, column) === role));
    if (column === 'kind') return ['home', 'secondment'].map((kind) => choice(kind, t(`people.${kind}`), at(index, column) === kind));
    return column === 'unitId' ? unitChoices(units, [at(index, column)], tree, t) : [];
  };
  return rowsField({
    name: 'posts', label: t('people.posts'), error, hint: t('people.postsHint'), columns: columns.map((column) => ({ label: t(`people.${column}`) })),
    rows: Array.from({ length: Math.min(mostPosts, held.length + 2) }, (_, index) => ({
      number: index + 1, title: null,
      cells: columns.map((column) => ({ name: `posts.${index}.${column}`, label: t(`people.${column}`), value: at(index, column), type: column === 'untilOn' ? 'date' : 'text', isSelect: column !== 'untilOn', isInput: column === 'untilOn', isTick: false, choices: choicesOf(index, column) })),
    })),
  });
}

