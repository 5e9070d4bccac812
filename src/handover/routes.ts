import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { posts } from '../../db/schema/index.js';
import type { Pages } from '../../views/pages.js';
import type { Refusal } from '../../workflows/types.js';
import type { House } from '../context.js';
import { ForbiddenError, InvalidError } from '../errors.js';
import { bodyText, bodyTexts } from '../forms.js';
import { forPeopleAdmin } from '../people/admin.js';
import { personInScope } from '../people/in-scope.js';
import { peopleNames } from '../people/names.js';
import { administersPerson } from '../people/scope.js';
import { peopleQueries, usernameKey } from '../people/queries.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words, type Words } from '../words.js';
import { handOver, reassignments } from './commands.js';
import { basisFaults, movePosts } from './move-posts.js';
import { handoverPage, pairFaults, pairFrom, type OfficeAt } from './page.js';
import { postHandoverPage } from './posts-page.js';
import { mostRows, pastHandovers, verificationsOf } from './queries.js';

const perPage = 50;

/** 工作交接: an office hands over what waits for somebody by name, an administrator the posts on which the rest rests; both leave a record. */
export function handoverRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: Record<string, unknown> }>('/handover', async (request, reply) => {
    const office = await officeIn(request);
    const t = words(languageOf(request));
    const pair = await pairFrom(house, office, request.query);
    const asked = bodyText(request.query, 'from') !== '' || bodyText(request.query, 'to') !== '';
    return reply.page('handover/show', t('nav.handover'), await handoverPage(house, office, pair, request.query, asked ? pairFaults(pair, request.query) : [], t));
  });

  app.post('/handover', async (request, reply) => {
    const office = await officeIn(request);
    const t = words(languageOf(request));
    const { body } = request;
    const pair = await pairFrom(house, office, body);
    const { from, to } = pair;
    const basis = bodyText(body, 'basis');
    const chosen = new Set(bodyTexts(body, 'n'));
    const faults: readonly Refusal[] = [...pairFaults(pair, body), ...basisFaults(basis), ...(chosen.size === 0 ? [{ rule: 'handover.noRow', kind: 'input' as const, params: {}, field: null }] : [])];
    if (!from || !to || faults.length > 0) return reply.page('handover/show', t('nav.handover'), await handoverPage(house, office, pair, body, faults, t), 422);
    // Only what waits for this person: whatever else a form names is not theirs to hand over.
    const numbers = (await verificationsOf(house.db.reader, from.id, office.offices)).slice(0, mostRows).filter((number) => chosen.has(number));
    const requests = (await reassignments(house, numbers, from.id, to.id, pair.verifyBy)).map(({ request: each }) => ({ ...each, seen: seenIn(body, each.number) ?? each.seen }));
    const { rows, repeated } = await handOver(house, office.person, { officeId: office.offices[0] ?? 0, from, to, basis }, requests, bodyText(body, 'key') || randomUUID());
    const done = rows.filter((row) => row.to !== null).length;
    request.session.flash = repeated ? 'flash.handedOverBefore' : `${done > 0 ? 'flash.handedOver' : 'flash.handedOverNone'} ${done}`;
    return reply.redirect(done === rows.length ? '/handovers' : `/handover?${new URLSearchParams({ from: String(from.id), to: String(to.id) }).toString()}`, 303);
  });

  app.get<{ Querystring: Record<string, unknown> }>('/handovers', async (request, reply) => {
    const t = words(languageOf(request));
    const offices = officesOf(request);
    if (offices.length === 0 && !request.administers) throw new ForbiddenError('only an office or an administrator');
    return reply.page('handover/list', t('handover.past'), await listPage(request, offices, Number(bodyText(request.query, 'before')) || Number.MAX_SAFE_INTEGER, t));
  });

  app.get<{ Querystring: Record<string, unknown> }>('/handover/posts', async (request, reply) => {
    const { scope, t } = forPeopleAdmin(request);
    const from = bodyText(request.query, 'from') === '' ? null : await personInScope(house, scope, bodyText(request.query, 'from'));
    return reply.page('handover/posts', t('handover.posts'), await postHandoverPage(house, scope, from, null, [], t));
  });

  app.post('/handover/posts', async (request, reply) => {
    const { scope, t } = forPeopleAdmin(request);
    const { body } = request;
    const from = await personInScope(house, scope, bodyText(body, 'from'));
    try {
      const to = await peopleQueries(house.db.reader).byUsername(usernameKey(bodyText(body, 'to')));
      const held = to && (await house.db.reader.select().from(posts).where(eq(posts.personId, to.id)));
      // Somebody of another county is as little there as nobody.
      if (!to || !held || !administersPerson(scope, held, house.clock.today())) throw new InvalidError([{ rule: 'handover.nobody', kind: 'input', params: {}, field: 'to' }, ...basisFaults(bodyText(body, 'basis'))]);
      await movePosts(house, personOf(request), scope, { fromId: from.id, toId: to.id, postIds: bodyTexts(body, 'post').map(Number), on: bodyText(body, 'on'), basis: bodyText(body, 'basis') }, bodyText(body, 'key') || randomUUID());
      request.session.flash = 'flash.postsHandedOver';
      return await reply.redirect('/handovers', 303);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('handover/posts', t('handover.posts'), await postHandoverPage(house, scope, from, body, error.refusals, t), 422);
    }
  });

  async function officeIn(request: FastifyRequest): Promise<OfficeAt> {
    const offices = officesOf(request);
    if (offices.length === 0) throw new ForbiddenError('only an office hands verifications over');
    const tree = await house.tree();
    return { person: personOf(request), offices, units: offices.flatMap((id) => tree.subtree(tree.jurisdictionOf(id)).map((unit) => unit.id)) };
  }

  async function listPage(request: FastifyRequest, offices: readonly number[], before: number, t: Words): Promise<Pages['handover/list']> {
    const found = await pastHandovers(house.db.reader, offices, request.administers, before, perPage + 1);
    const shown = found.slice(0, perPage);
    const tree = await house.tree();
    const names = await peopleNames(house.db.reader, [...new Set(shown.flatMap((row) => [row.fromId, row.toId, row.byId]))]);
    const what = (row: (typeof shown)[number]): string => (row.kind === 'verifications' ? numbersIn(row.rows).join(t('list.and')) : postsIn(row.rows).map(({ role, unitId }) => `${tree.short(unitId)} ${t(`role.${role}`)}`).join(t('list.and')));
    const columns = ['on', 'from', 'to', 'kind', 'what', 'basis', 'by'].map((name) => ({ label: t(`handover.column.${name}`) }));
    const last = shown.at(-1);
    return {
      empty: t('handover.none'), next: found.length > perPage && last ? `/handovers?before=${last.id}` : null,
      table: shown.length === 0 ? null : {
        caption: t('handover.past'), columns, rows: shown.map((row) => ({
          cells: [row.on, names.get(row.fromId) ?? '', names.get(row.toId) ?? '', t(`handover.kind.${row.kind}`, { count: row.amount }), what(row), row.basis, names.get(row.byId) ?? ''].map((text, index) => ({ label: columns[index]?.label ?? '', text, href: null, kind: index === 0 ? 'number' as const : index === 4 || index === 5 ? 'title' as const : '' as const })),
        })),
      },
    };
  }
}

function officesOf(request: FastifyRequest): readonly number[] {
  return [...new Set(personOf(request).posts.filter(({ role }) => role === 'office').map(({ unitId }) => unitId))];
}

/** From which of its events a row of the form was made. */
function seenIn(body: unknown, number: string): number | null {
  const text = bodyText(body, `seen.${number}`);
  return /^\d{1,9}$/u.test(text) ? Number(text) : null;
}

function numbersIn(rows: string): readonly string[] {
  const numbers: readonly string[] = JSON.parse(rows);
  return numbers;
}

function postsIn(rows: string): readonly { readonly role: string; readonly unitId: number }[] {
  const moved: readonly { readonly role: string; readonly unitId: number }[] = JSON.parse(rows);
  return moved;
}
