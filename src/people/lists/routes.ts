import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { House } from '../../context.js';
import { ChangedError, UnreadableListError } from '../../errors.js';
import { bodyText, cleaned, fileField, longField, visible } from '../../forms.js';
import { refusalOf } from '../../spreadsheets/refused.js';
import { personOf } from '../../plugins/people.js';
import { forPeopleAdmin } from '../admin.js';
import { addPeople, answeredBefore } from './add-people.js';
import { judgeList } from './judge.js';
import { keepList, keptOf, type KeptList } from './keep.js';
import { addedPage, listPage } from './page.js';
import { keepNames, named, namedAnew } from './own-names.js';
import { readSent, sentList } from './sent.js';
import { peopleTemplate } from './template.js';

interface One {
  readonly Params: { readonly name: string };
  readonly Querystring: Record<string, unknown>;
}
type Refused = { readonly what: string; readonly next: string };

/** 导入人员: an administrator brings in a list of people, looks at what would become of each row, and confirms. Every row goes by the rules of the form for one person. */
export function peopleListRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/people/lists', async (request, reply) => formPage(request, reply, null, ''));

  app.get('/people/lists/template.xlsx', async (request, reply) => {
    const { t } = forPeopleAdmin(request);
    return reply.header('content-disposition', `attachment; filename="people.xlsx"; filename*=UTF-8''${encodeURIComponent(`${t('people.list.templateName')}.xlsx`)}`)
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(peopleTemplate(t));
  });

  app.post('/people/lists', async (request, reply) => {
    const { t } = forPeopleAdmin(request);
    const sent = await sentList(house, request);
    const isPasted = cleaned(sent.text) !== '';
    if (sent.several || isPasted === (sent.sha256 !== null)) return formPage(request, reply, { what: t(sent.several ? 'people.list.twoFiles' : isPasted ? 'people.list.both' : 'people.list.nothing'), next: t('people.list.oneOfThem') }, sent.text);
    const name = [...cleaned(sent.name)].slice(-120).join('');
    try {
      const list = await readSent(house, sent);
      return await reply.redirect(`/people/lists/${await keepList(house, personOf(request), { kind: 'people list', list, name })}`, 303);
    } catch (error) {
      if (!(error instanceof UnreadableListError)) throw error;
      return formPage(request, reply, refusalOf(error, t, name || t('people.list.pasted')), sent.text);
    }
  });

  app.get<One>('/people/lists/:name', async (request, reply) => {
    forPeopleAdmin(request);
    return preview(request, reply, await keptOf(house, personOf(request), 'people list', request.params.name), null);
  });

  app.post<One>('/people/lists/:name/confirmation', async (request, reply) => {
    const { scope, t } = forPeopleAdmin(request);
    const person = personOf(request);
    const key = bodyText(request.body, 'key') || randomUUID();
    // The second of two clicks finds everybody there already: that is no change of theirs.
    const before = await answeredBefore(house, person, key);
    if (before !== null) return reply.redirect(before, 303);
    const kept = await keptOf(house, person, 'people list', request.params.name);
    const judgement = await judgeList(house, person, scope, named(kept));
    // A user name that was typed is not given unseen: the preview shows it first.
    const anew = namedAnew(kept, judgement.rows, request.body);
    if (anew) await keepNames(house, person, request.params.name, anew);
    if (anew) request.session.flash = 'flash.importChanged';
    if (anew || bodyText(request.body, 'step') === 'names') return reply.redirect(`/people/lists/${request.params.name}?${new URLSearchParams({ show: bodyText(request.body, 'show'), page: bodyText(request.body, 'page') }).toString()}#rows`, 303);
    // Only what was looked at is done: whatever else a form says or leaves out, its digest is of the preview.
    if (judgement.digest !== bodyText(request.body, 'digest')) return preview(request, reply, kept, t('people.list.changed'), 409);
    if (judgement.wanted.length === 0) return preview(request, reply, kept, t('people.list.nobody'), 422);
    try {
      return await reply.redirect(await addPeople(house, person, { list: request.params.name, judgement }, key), 303);
    } catch (error) {
      if (!(error instanceof ChangedError)) throw error;
      return preview(request, reply, kept, t('people.list.changed'), 409);
    }
  });

  app.get<One>('/people/lists/added/:name', async (request, reply) => {
    const { t } = forPeopleAdmin(request);
    return reply.page('people-lists/added', t('people.list.done'), addedPage(await keptOf(house, personOf(request), 'people added', request.params.name), t));
  });

  async function formPage(request: FastifyRequest, reply: FastifyReply, refused: Refused | null, text: string): Promise<FastifyReply> {
    const { t } = forPeopleAdmin(request);
    const megabytes = Math.floor(house.config.uploadLimit / 1024 / 1024);
    return reply.page('people-lists/form', t('people.list.title'), {
      refused, fields: [fileField({ name: 'file', label: t('people.list.file'), hint: t('people.list.fileHint', { megabytes }) }), longField({ name: 'text', label: t('people.list.text'), hint: t('people.list.textHint'), value: visible(text) })],
    }, refused ? 422 : 200);
  }

  async function preview(request: FastifyRequest<One>, reply: FastifyReply, kept: KeptList, notice: string | null, status = 200): Promise<FastifyReply> {
    const { scope, t } = forPeopleAdmin(request);
    const judgement = await judgeList(house, personOf(request), scope, named(kept));
    const page = Number(bodyText(request.query, 'page'));
    const shown = { kept, judgement, notice, address: `/people/lists/${request.params.name}`, show: bodyText(request.query, 'show'), page: Number.isSafeInteger(page) && page > 0 ? page : 1 };
    return reply.page('people-lists/show', t('people.list.title'), listPage(shown, await house.tree(), t), status);
  }
}
