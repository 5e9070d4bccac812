import { isNull } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { insertRow } from '../../db/changeset.js';
import { campaigns, categories, sources, type Channel } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { Faults, Field } from '../../views/pages.js';
import { isDate } from '../../workflows/fields.js';
import { blank } from '../../workflows/rectification/1/blank.js';
import { current } from '../../workflows/registry.js';
import type { Refusal } from '../../workflows/types.js';
import type { House } from '../context.js';
import { ForbiddenError, InvalidError, RefusedError } from '../errors.js';
import { bodyText, choice, selectField, textField, tickField } from '../forms.js';
import { languageOf, personOf } from '../plugins/people.js';
import { sentenceOf } from '../refusals.js';
import { words, type Words } from '../words.js';
import { listFindings } from './commands/list.js';
import { fieldsOf } from './fields.js';
import { formWorld } from './form-world.js';
import { dataFrom } from './parse.js';
import { officePostOf } from './policy.js';
import { findingQueries } from './queries.js';
import { retried } from './commands/retry.js';

export const channels: readonly Channel[] = ['central-inspection', 'national-assessment', 'provincial-look-back', 'supervision', 'audit', 'unannounced', 'self-check', 'hotline', 'comparison', 'other'];

/** Listing one finding by hand: problem, source, and what is known already. */
export function newFindingRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/findings/new', async (request, reply) => {
    if (!officePostOf(personOf(request))) throw new ForbiddenError('only an office lists findings');
    const t = words(languageOf(request));
    return reply.page('findings/new', t('finding.new'), { key: randomUUID(), faults: null, fields: await fieldsFor(house, t, null, []) });
  });

  app.post('/findings', async (request, reply) => {
    const person = personOf(request);
    const t = words(languageOf(request));
    const { body } = request;
    const key = bodyText(body, 'key') || randomUUID();
    const first = await findingQueries(house.db.reader).commandKey(key);
    if (first) return reply.redirect(first.location, 303);
    try {
      const [number = ''] = await retried(() => listOne(house, person, body, key));
      request.session.flash = `flash.listed ${number}`;
      return await reply.redirect(`/findings/${number}`, 303);
    } catch (error) {
      if (!(error instanceof RefusedError || error instanceof InvalidError)) throw error;
      const fields = await fieldsFor(house, t, body, error.refusals);
      return reply.page('findings/new', t('finding.new'), { key, faults: faultsOf(error.refusals, t), fields }, error.status);
    }
  });
}

async function listOne(house: House, person: Parameters<typeof listFindings>[1], body: unknown, commandKey: string): Promise<readonly string[]> {
  const wrong = sourceFaults(body);
  if (wrong.length > 0) throw new InvalidError(wrong);
  const source = await takeNumbers(house.db.reader, 'sources');
  const channel = channels.find((each) => each === bodyText(body, 'channel')) ?? 'other';
  const row = insertRow(sources, { id: source.first, channel, issuer: bodyText(body, 'issuer'), documentNumber: bodyText(body, 'documentNumber') || null, documentDate: bodyText(body, 'documentDate') || null, confidential: bodyText(body, 'confidential') === 'yes' });
  const definition = current.events['LIST'];
  if (!definition) throw new Error('The current workflow lists nothing.');
  const data = dataFrom(definition, body, []);
  const one = { data, adopted: false, sourceId: source.first, channel, originalNumber: bodyText(body, 'originalNumber'), verbatim: bodyText(body, 'description'), campaignId: idIn(body, 'campaignId'), categoryId: idIn(body, 'categoryId') };
  return listFindings(house, person, [one], { commandKey, before: [source.statement, row] });
}

function sourceFaults(body: unknown): readonly Refusal[] {
  const date = bodyText(body, 'documentDate');
  return [
    ...(channels.some((each) => each === bodyText(body, 'channel')) ? [] : [required('channel')]),
    ...(bodyText(body, 'issuer') === '' ? [required('issuer')] : []),
    ...(date === '' || isDate(date) ? [] : [{ ...required('documentDate'), rule: 'field.notADate' }]),
  ];
}

function required(name: string): Refusal {
  return { rule: 'field.required', kind: 'input', params: { name }, field: name };
}

function idIn(body: unknown, name: string): number | null {
  const text = bodyText(body, name);
  return /^\d{1,12}$/u.test(text) ? Number(text) : null;
}

async function fieldsFor(house: House, t: Words, typed: unknown, refusals: readonly Refusal[]): Promise<readonly Field[]> {
  const { reader } = house.db;
  const world = await formWorld(house, t, null, blank, typed, refusals);
  const definition = current.events['LIST'];
  const error = (name: string): string | null => refusals.filter((refusal) => refusal.field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
  const text = (name: string, type = 'text'): Field => textField({ name, label: t(`field.${name}`), value: bodyText(typed, name), error: error(name), required: name === 'issuer', type });
  const campaignRows = await reader.select({ id: campaigns.id, name: campaigns.name }).from(campaigns).where(isNull(campaigns.disabledOn)).limit(100);
  const categoryRows = await reader.select({ id: categories.id, name: categories.name }).from(categories).where(isNull(categories.disabledOn)).limit(300);
  const select = (name: string, rows: readonly { id: number; name: string }[]): Field => selectField({ name, label: t(`field.${name.replace(/Id$/u, '')}`), choices: rows.map((row) => choice(row.id, row.name, bodyText(typed, name) === String(row.id))) });
  return [
    ...(definition ? fieldsOf(definition, world) : []),
    selectField({ name: 'channel', label: t('field.channel'), required: true, error: error('channel'), choices: channels.map((each) => choice(each, t(`channel.${each}`), bodyText(typed, 'channel') === each)) }),
    text('issuer'), text('documentNumber'), text('documentDate', 'date'), text('originalNumber'),
    tickField({ name: 'confidential', label: t('field.confidential'), value: bodyText(typed, 'confidential'), hint: t('field.confidential.hint') }),
    select('campaignId', campaignRows), select('categoryId', categoryRows),
  ];
}

function faultsOf(refusals: readonly Refusal[], t: Words): Faults {
  return { title: t('form.faults', { count: refusals.length }), items: refusals.map((refusal) => ({ href: refusal.field ? `#f-${refusal.field}` : null, text: sentenceOf(refusal, t) })) };
}

