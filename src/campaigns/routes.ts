import { eq } from 'drizzle-orm';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { campaigns, categories } from '../../db/schema/index.js';
import type { Pages } from '../../views/pages.js';
import type { Refusal } from '../../workflows/types.js';
import type { House } from '../context.js';
import { InvalidError, NotVisibleError } from '../errors.js';
import { faultsOf } from '../findings/form-page.js';
import { bodyText, choice, selectField, textField } from '../forms.js';
import { forAdmin } from '../people/routes.js';
import { personOf } from '../plugins/people.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { addCampaign, addCategory, changeCampaign, disableCategory } from './commands.js';
import { campaignFields, campaignFrom } from './form.js';

type Campaign = typeof campaigns.$inferSelect;
interface One { readonly Params: { readonly id: string } }

/** The administrator's page of campaigns 专项行动, with their switches, and of the categories of problems. */
export function campaignRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/campaigns', async (request, reply) => {
    const t = forAdmin(request);
    return reply.page('campaigns/list', t('nav.campaigns'), await listPage(house, t, null, []));
  });
  app.get('/campaigns/new', async (request, reply) => {
    const t = forAdmin(request);
    return reply.page('campaigns/form', t('campaigns.new'), await formPage(house, t, undefined, null, []));
  });
  app.post('/campaigns', (request, reply) => saved(request, reply, undefined));
  app.get<One>('/campaigns/:id', async (request, reply) => {
    const t = forAdmin(request);
    const row = await existing(request.params.id);
    return reply.page('campaigns/form', row.name, await formPage(house, t, row, null, []));
  });
  app.post<One>('/campaigns/:id', async (request, reply) => {
    forAdmin(request);
    return saved(request, reply, await existing(request.params.id));
  });

  app.post('/categories', async (request, reply) => {
    const t = forAdmin(request);
    try {
      await addCategory(house, personOf(request), await categoryFrom(house, request.body));
      return await done(request, reply);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('campaigns/list', t('nav.campaigns'), await listPage(house, t, request.body, error.refusals), 422);
    }
  });
  app.post<One>('/categories/:id/disabling', async (request, reply) => {
    forAdmin(request);
    const [row] = /^\d{1,12}$/u.test(request.params.id) ? await house.db.reader.select().from(categories).where(eq(categories.id, Number(request.params.id))) : [];
    if (!row) throw nowhere();
    await disableCategory(house, personOf(request), row.id, bodyText(request.body, 'disabled') === 'yes');
    return done(request, reply);
  });

  async function saved(request: FastifyRequest, reply: FastifyReply, row: Campaign | undefined): Promise<FastifyReply> {
    const t = forAdmin(request);
    try {
      const form = campaignFrom(request.body, await house.tree(), house.clock.today());
      const version = Number(bodyText(request.body, 'version'));
      if (row) await changeCampaign(house, personOf(request), { id: row.id, version }, form);
      else await addCampaign(house, personOf(request), form);
      return await done(request, reply);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('campaigns/form', row?.name ?? t('campaigns.new'), await formPage(house, t, row, request.body, error.refusals), 422);
    }
  }

  async function existing(id: string): Promise<Campaign> {
    const [row] = /^\d{1,12}$/u.test(id) ? await house.db.reader.select().from(campaigns).where(eq(campaigns.id, Number(id))) : [];
    if (!row) throw nowhere();
    return row;
  }
}

function nowhere(): NotVisibleError {
  return new NotVisibleError('no such campaign or category', { number: '', office: '', phone: '' });
}

function done(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.session.flash = 'flash.saved';
  return reply.redirect('/campaigns', 303);
}

/** Two levels: a category below one that is itself below another would be the third. Throws InvalidError. */
async function categoryFrom(house: House, body: unknown): Promise<{ readonly name: string; readonly parentId: number | null }> {
  const rows = await house.db.reader.select().from(categories);
  const [name, above] = [bodyText(body, 'name'), bodyText(body, 'parentId')];
  const parent = rows.find(({ id, parentId, disabledOn }) => String(id) === above && parentId === null && disabledOn === null);
  const { length } = [...name];
  const fault = (rule: string, field: string, params: Refusal['params'] = {}): Refusal => ({ rule, kind: 'input', params: { name: `category.${field}`, ...params }, field });
  const wrong = [
    ...(length === 0 ? [fault('field.required', 'name')] : []), ...(length > 60 ? [fault('field.tooLong', 'name', { max: 60, length })] : []), ...(above !== '' && !parent ? [fault('field.notAChoice', 'parentId')] : []),
    ...(rows.some((row) => row.name === name && row.parentId === (parent?.id ?? null)) ? [fault('category.taken', 'name')] : []),
  ];
  if (wrong.length > 0) throw new InvalidError(wrong);
  return { name, parentId: parent?.id ?? null };
}

async function listPage(house: House, t: Words, typed: unknown, refusals: readonly Refusal[]): Promise<Pages['campaigns/list']> {
  const tree = await house.tree();
  const rows = await house.db.reader.select().from(campaigns).orderBy(campaigns.id);
  const kinds = await house.db.reader.select().from(categories).orderBy(categories.id);
  const above = new Map(kinds.map(({ id, name }) => [id, name]));
  const state = (disabledOn: string | null) => (disabledOn ? { label: t('organisation.ended', { date: disabledOn }), tone: 'bad' as const } : { label: t('people.active'), tone: 'good' as const });
  const error = (name: string): string | null => refusals.filter(({ field }) => field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
  return {
    rows: rows.map((row) => ({ href: `/campaigns/${row.id}`, name: row.name, office: tree.unit(row.hostOfficeId)?.name ?? '', dates: [row.startsOn, row.endsOn].filter(Boolean).join(' – '), state: state(row.disabledOn) })),
    categories: kinds.map((row) => ({ name: row.name, above: row.parentId === null ? '' : above.get(row.parentId) ?? '', state: state(row.disabledOn), action: `/categories/${row.id}/disabling`, disabled: row.disabledOn !== null })),
    faults: faultsOf(refusals, t),
    fields: [
      textField({ name: 'name', label: t('field.category.name'), value: bodyText(typed, 'name'), required: true, error: error('name') }),
      selectField({ name: 'parentId', label: t('field.category.parentId'), error: error('parentId'), choices: kinds.filter(({ parentId, disabledOn }) => parentId === null && disabledOn === null).map(({ id, name }) => choice(id, name, bodyText(typed, 'parentId') === String(id))) }),
    ],
  };
}

async function formPage(house: House, t: Words, row: Campaign | undefined, typed: unknown, refusals: readonly Refusal[]): Promise<Pages['campaigns/form']> {
  return { title: row?.name ?? t('campaigns.new'), action: row ? `/campaigns/${row.id}` : '/campaigns', version: row?.version ?? 0, faults: faultsOf(refusals, t), fields: campaignFields(row, await house.tree(), typed, refusals, t) };
}
