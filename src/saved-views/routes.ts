import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { House, Person } from '../context.js';
import { ForbiddenError, InvalidError, NotVisibleError } from '../errors.js';
import { faultsOf } from '../findings/form-page.js';
import { officePostOf, seesFindings } from '../findings/policy.js';
import { bodyText, textField, tickField } from '../forms.js';
import { languageOf, personOf } from '../plugins/people.js';
import { sentenceOf } from '../refusals.js';
import { words } from '../words.js';
import { removeView, saveView } from './commands.js';
import { viewsFor, type SavedView } from './links.js';

interface One { readonly Params: { readonly id: string } }

/** Views of the ledger under a name: one's own, and those that an office shares. */
export function savedViewRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: Record<string, unknown> }>('/views', async (request, reply) => reply.page('saved-views/list', words(languageOf(request))('nav.views'), await listPage(request, bodyText(request.query, 'query'), null, [])));

  app.post('/views', async (request, reply) => {
    const person = seeing(request);
    const { body } = request;
    try {
      const shared = bodyText(body, 'shared') === 'yes' ? officePostOf(person)?.unitId : null;
      if (shared === undefined) throw new ForbiddenError('only an office shares views');
      await saveView(house, person, { name: bodyText(body, 'name'), query: bodyText(body, 'query'), officeId: shared });
      request.session.flash = 'flash.saved';
      return await reply.redirect('/views', 303);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('saved-views/list', words(languageOf(request))('nav.views'), await listPage(request, bodyText(body, 'query'), body, error.refusals), 422);
    }
  });

  app.get<One>('/views/:id/removal', async (request, reply) => {
    const view = await changeable(request);
    const t = words(languageOf(request));
    return reply.page('saved-views/remove', view.name, { confirm: { title: t('views.removeTitle', { name: view.name }), text: t('views.removeText'), action: `/views/${view.id}/removal`, key: randomUUID(), verb: t('views.remove'), tone: 'danger', cancel: '/views' } });
  });

  app.post<One>('/views/:id/removal', async (request, reply) => {
    await removeView(house, personOf(request), await changeable(request));
    request.session.flash = 'flash.saved';
    return reply.redirect('/views', 303);
  });

  /** One's own, or one that one's office shares. */
  async function changeable(request: FastifyRequest<One>): Promise<SavedView> {
    const person = seeing(request);
    const view = (await viewsFor(house, person)).find(({ id }) => String(id) === request.params.id);
    if (!view) throw new NotVisibleError('no such view', { number: '', office: '', phone: '' });
    if (!mayChange(person, view)) throw new ForbiddenError('only the office that shares it');
    return view;
  }

  async function listPage(request: FastifyRequest, query: string, typed: unknown, refusals: InvalidError['refusals']) {
    const person = seeing(request);
    const t = words(languageOf(request));
    const tree = await house.tree();
    const rows = await viewsFor(house, person);
    const error = refusals.map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
    return {
      faults: faultsOf(refusals, t), query, fields: [textField({ name: 'name', label: t('field.views.name'), required: true, value: bodyText(typed, 'name'), error }), ...(officePostOf(person) ? [tickField({ name: 'shared', label: t('views.share'), hint: t('views.shareHint'), value: bodyText(typed, 'shared') })] : [])],
      rows: rows.map((view) => ({ name: view.name, href: view.query ? `/findings?${view.query}` : '/findings', whose: view.officeId === null ? t('views.own') : tree.short(view.officeId), removal: mayChange(person, view) ? `/views/${view.id}/removal` : null })),
    };
  }
}

function mayChange(person: Person, { personId, officeId }: SavedView): boolean {
  return officeId === null ? personId === person.id : officePostOf(person)?.unitId === officeId;
}

function seeing(request: FastifyRequest): Person {
  const person = personOf(request);
  if (!seesFindings(person)) throw new ForbiddenError('this post works on no findings');
  return person;
}
