import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Pages } from '../../views/pages.js';
import { blank } from '../../workflows/rectification/1/blank.js';
import { current } from '../../workflows/registry.js';
import { dataErrors } from '../../workflows/fields.js';
import type { EventDefinition, Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { ForbiddenError } from '../errors.js';
import { bodyText, bodyTexts } from '../forms.js';
import type { Request } from '../findings/commands/act.js';
import { actOnMany, previewMany, type RowOutcome } from '../findings/commands/many.js';
import { fieldsOf } from '../findings/fields.js';
import { formWorld } from '../findings/form-world.js';
import { dataFrom } from '../findings/parse.js';
import { officePostOf, scopeOf } from '../findings/policy.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import { languageOf, personOf } from '../plugins/people.js';
import { sentenceOf } from '../refusals.js';
import { words, type Words } from '../words.js';
import { filtersFrom } from './filters.js';
import { conditionOf, hitsOf, pageOf } from './queries.js';

/** More at once would hold the page for too long; the rest is a second go. */
const most = 500;
/** What the rows of an assignment may keep of their own, when the shared field is left empty. */
const own = ['requirement', 'closureStandard', 'rectificationType', 'deadline', 'leadUnitId'] as const;

/** 批量交办: choose rows, see what will happen to each and why some cannot, then do it in one go. */
export function bulkRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: Record<string, unknown> }>('/findings/assignment', async (request, reply) => {
    const person = onlyOffice(request);
    const t = words(languageOf(request));
    const numbers = bodyText(request.query, 'all') === 'yes' ? await numbersOfView(house, person, request.query) : bodyTexts(request.query, 'n').slice(0, most);
    return reply.page('bulk/form', t('bulk.title'), await bulkPage(house, person, t, numbers, { typed: null, outcomes: null, faults: [] }));
  });

  app.post('/findings/assignment', async (request, reply) => {
    const person = onlyOffice(request);
    const t = words(languageOf(request));
    const { body } = request;
    const numbers = bodyTexts(body, 'n').slice(0, most);
    const requests = await requestsFor(house, person, numbers, body);
    const faults = sharedFaults(body);
    if (faults.length > 0 || bodyText(body, 'step') !== 'confirm') {
      const outcomes = faults.length > 0 ? null : await previewMany(house, person, requests);
      return reply.page('bulk/form', t('bulk.title'), await bulkPage(house, person, t, numbers, { typed: body, outcomes, faults }), faults.length > 0 ? 422 : 200);
    }
    const { rows, repeated } = await actOnMany(house, person, requests, bodyText(body, 'key') || randomUUID());
    if (repeated) {
      request.session.flash = 'flash.bulkRepeated';
      return reply.redirect('/findings', 303);
    }
    return reply.page('bulk/done', t('bulk.done'), { title: t('bulk.done'), summary: summaryOf(rows, t, 'bulk.doneSummary'), rows: await rowViews(house, rows, t), back: '/findings?stage=assigned' });
  });
}

function onlyOffice(request: FastifyRequest): Person {
  const person = personOf(request);
  if (!officePostOf(person)) throw new ForbiddenError('only an office assigns');
  return person;
}

async function numbersOfView(house: House, person: Person, query: unknown): Promise<readonly string[]> {
  const tree = await house.tree();
  const { filters, order } = filtersFrom(query);
  const condition = conditionOf(scopeOf(person, tree), filters, await hitsOf(house.db, filters), tree, house.clock.today());
  return (await pageOf(house.db.reader, condition, order, null, most)).rows.map((row) => row.number);
}

function assignment(): EventDefinition {
  const definition = current.events['ASSIGN'];
  if (!definition) throw new Error('The current workflow assigns nothing.');
  return definition;
}

/** Every row is assigned with the shared fields; where one is empty, with what the row holds already. */
async function requestsFor(house: House, person: Person, numbers: readonly string[], body: unknown): Promise<readonly Request[]> {
  const shared = dataFrom(assignment(), body, []);
  const loaded = await loadAll(house, person, numbers);
  return numbers.map((number) => {
    const held = loaded.get(number)?.snapshot.context;
    const kept = held ? Object.fromEntries(own.flatMap((name) => (held[name] ? [[name, held[name]]] : []))) : {};
    return { number, event: 'ASSIGN', data: { ...kept, ...shared }, seen: null, onBehalf: null, files: [] };
  });
}

async function loadAll(house: House, person: Person, numbers: readonly string[]): Promise<ReadonlyMap<string, Loaded>> {
  const queries = findingQueries(house.db.reader);
  const scope = scopeOf(person, await house.tree());
  const found = new Map<string, Loaded>();
  for (const number of numbers) {
    const loaded = await queries.byNumber(number);
    if (loaded && (await queries.isVisible(loaded.row.id, scope))) found.set(number, loaded);
  }
  return found;
}

/** Faults of what was typed; fields left empty are a matter of each row. */
function sharedFaults(body: unknown): readonly Refusal[] {
  return dataErrors(assignment(), dataFrom(assignment(), body, [])).filter((refusal) => refusal.rule !== 'field.required');
}

async function bulkPage(house: House, person: Person, t: Words, numbers: readonly string[], { typed, outcomes, faults }: { readonly typed: unknown; readonly outcomes: readonly RowOutcome[] | null; readonly faults: readonly Refusal[] }): Promise<Pages['bulk/form']> {
  const world = await formWorld(house, t, null, blank, typed, faults);
  const shown = outcomes ?? numbers.map((number) => ({ number, to: null, refusals: [] }));
  const loaded = await loadAll(house, person, numbers);
  return {
    title: t('bulk.title'), key: randomUUID(), numbers, previewed: outcomes !== null, canConfirm: outcomes?.some((row) => row.to !== null) ?? false,
    summary: outcomes ? summaryOf(outcomes, t, 'bulk.summary') : t('bulk.chosen', { count: numbers.length }),
    faults: faults.length > 0 ? { title: t('form.faults', { count: faults.length }), items: faults.map((refusal) => ({ href: refusal.field ? `#f-${refusal.field}` : null, text: sentenceOf(refusal, t) })) } : null,
    fields: fieldsOf({ ...assignment(), fields: assignment().fields.map((field) => ({ ...field, required: false })) }, world),
    rows: shown.map((row) => rowView(row, loaded.get(row.number)?.row.title ?? '', outcomes !== null, t)),
  };
}

function summaryOf(rows: readonly RowOutcome[], t: Words, key: string): string {
  const can = rows.filter((row) => row.to !== null).length;
  return t(key, { total: rows.length, can, cannot: rows.length - can });
}

async function rowViews(house: House, rows: readonly RowOutcome[], t: Words): Promise<Pages['bulk/done']['rows']> {
  const queries = findingQueries(house.db.reader);
  return Promise.all(rows.map(async (row) => rowView(row, row.to === null ? '' : (await queries.byNumber(row.number))?.row.title ?? '', true, t)));
}

function rowView(row: RowOutcome, title: string, judged: boolean, t: Words): Pages['bulk/form']['rows'][number] {
  if (!judged) return { number: row.number, title, can: { label: t('bulk.notYet'), tone: 'quiet' }, what: '' };
  return row.to === null
    ? { number: row.number, title, can: { label: t('bulk.cannot'), tone: 'bad' }, what: row.refusals.map((refusal) => sentenceOf(refusal, t)).join(' ') }
    : { number: row.number, title, can: { label: t('bulk.can'), tone: 'good' }, what: t('bulk.becomes', { state: t(`state.${row.to}`) }) };
}
