import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Row } from '../../db/changeset.js';
import type { samples } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import { ForbiddenError, InvalidError, NotVisibleError } from '../errors.js';
import { bodyText, bodyTexts } from '../forms.js';
import { visibleRows } from '../findings/visible-rows.js';
import { languageOf, personOf } from '../plugins/people.js';
import { mostInAPacket, packetPage } from '../visits/packet.js';
import { keepFiles, sentSheet } from '../visits/sent.js';
import { sheetPage, type Shown } from '../visits/sheet-page.js';
import { looks, mostOnASheet, numbersOf, recordSheet } from '../visits/sheet.js';
import { words, type Words } from '../words.js';
import { drawSample } from './draw-sample.js';
import { sampleFrom } from './form.js';
import { samplePage, samplesPage } from './pages.js';
import { answersTo, itemsOf, sampleById } from './queries.js';
import { drawsIn, isInspector, seesSamples, unitsInSight } from './sight.js';

interface OneSample {
  readonly Params: { readonly id: string };
  readonly Querystring: Record<string, unknown>;
}

/** 抽查与回头看: samples drawn by a seed, and what inspectors find at what was drawn. */
export function sampleRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: Record<string, unknown> }>('/samples', async (request, reply) => {
    const { person, t } = lookerIn(request);
    const before = bodyText(request.query, 'before');
    return reply.page('samples/list', t('nav.samples'), await samplesPage(house, person, t, { key: randomUUID(), before: /^\d{1,9}$/u.test(before) ? Number(before) : null, typed: null, refusals: [] }));
  });

  app.post('/samples', async (request, reply) => {
    const { person, t } = lookerIn(request);
    if (drawsIn(person, await house.tree()).length === 0) throw new ForbiddenError('only offices and inspectors draw samples');
    const key = bodyText(request.body, 'key') || randomUUID();
    try {
      return await reply.redirect(await drawSample(house, person, await sampleFrom(house, person, request.body), key), 303);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('samples/list', t('nav.samples'), await samplesPage(house, person, t, { key, before: null, typed: request.body, refusals: error.refusals }), 422);
    }
  });

  app.get<OneSample>('/samples/:id', async (request, reply) => {
    const { person, t } = lookerIn(request);
    const page = await samplePage(house, person, await sampleIn(house, person, request.params.id), bodyText(request.query, 'show'), t);
    return reply.page('samples/show', page.title, page);
  });

  app.get<OneSample>('/samples/:id/packet', async (request, reply) => {
    const { person, t } = lookerIn(request);
    const sample = await sampleIn(house, person, request.params.id);
    const numbers = await openNumbers(house, sample);
    const page = await packetPage(house, [...(await visibleRows(house, person, numbers.slice(0, mostInAPacket))).values()], t, {
      title: t('samples.packetTitle', { kind: t(`samples.kind.${sample.kind}`), id: sample.id }), back: wayBack(sample, t), event: sample.kind, results: looks(sample.kind).map(({ value }) => value), more: numbers.length > mostInAPacket,
      facts: [{ label: t('samples.drawn'), value: sample.drawnOn }, { label: t('field.seed'), value: sample.seed }, { label: t('visits.printed'), value: house.clock.today() }], empty: emptied(sample, t),
    });
    return reply.page('visits/packet', page.title, page);
  });

  app.get<OneSample>('/samples/:id/record', async (request, reply) => {
    const { person, t } = inspectorIn(request);
    const sample = await sampleIn(house, person, request.params.id);
    const named = bodyTexts(request.query, 'n');
    const numbers = (await openNumbers(house, sample)).filter((number) => named.length === 0 || named.includes(number));
    const page = await sheetPage(house, person, await visibleRows(house, person, numbers.slice(0, mostOnASheet)), t, { ...shownAs(sample, t), key: randomUUID(), more: numbers.length > mostOnASheet, sent: null, recorded: null });
    return reply.page('visits/record', page.title, page);
  });

  app.post<OneSample>('/samples/:id/record', async (request, reply) => {
    const { person, t } = inspectorIn(request);
    const sample = await sampleIn(house, person, request.params.id);
    const shown = shownAs(sample, t);
    const sent = await sentSheet(house, request, shown.action);
    const drawnOnly = new Set((await itemsOf(house.db.reader, sample.id)).map(({ number }) => number));
    const loadedNow = () => visibleRows(house, person, numbersOf(sent.body).filter((number) => drawnOnly.has(number)));
    const recorded = await recordSheet(house, person, shown.results, await loadedNow(), sent);
    keepFiles(request, shown.action, sent, recorded.done);
    if (recorded.faults.length === 0 && recorded.refused.size === 0) {
      request.session.flash = `flash.visited ${recorded.done.length}`;
      return reply.redirect(`/samples/${sample.id}`, 303);
    }
    const page = await sheetPage(house, person, await loadedNow(), t, { ...shown, key: sent.key, more: false, sent, recorded });
    return reply.page('visits/record', page.title, page, 422);
  });
}

type Sample = Row<typeof samples>;

function shownAs(sample: Sample, t: Words): Pick<Shown, 'title' | 'action' | 'back' | 'results' | 'empty'> {
  return { title: t('samples.recordTitle', { kind: t(`samples.kind.${sample.kind}`) }), action: `/samples/${sample.id}/record`, back: wayBack(sample, t), results: looks(sample.kind), empty: emptied(sample, t) };
}

function wayBack({ id }: Sample, t: Words): Shown['back'] {
  return { label: t('samples.name', { id }), href: `/samples/${id}`, current: false };
}

function emptied(sample: Sample, t: Words): Shown['empty'] {
  return { text: t('samples.allDone'), ...wayBack(sample, t) };
}

/** What was drawn and not looked at since, in the order of the draw. */
async function openNumbers(house: House, { id, kind }: Sample): Promise<readonly string[]> {
  const answers = await answersTo(house.db.reader, id, kind);
  return (await itemsOf(house.db.reader, id)).filter(({ findingId }) => !answers.has(findingId)).map(({ number }) => number);
}

function lookerIn(request: FastifyRequest): { readonly person: Person; readonly t: Words } {
  const person = personOf(request);
  if (!seesSamples(person)) throw new ForbiddenError('samples are for those who oversee');
  return { person, t: words(languageOf(request)) };
}

function inspectorIn(request: FastifyRequest): ReturnType<typeof lookerIn> {
  const found = lookerIn(request);
  if (!isInspector(found.person)) throw new ForbiddenError('only inspectors record what they found');
  return found;
}

/** A sample of a jurisdiction that this person looks after. Throws NotVisibleError. */
async function sampleIn(house: House, person: Person, id: string): Promise<Sample> {
  const found = /^\d{1,9}$/u.test(id) ? await sampleById(house.db.reader, Number(id), unitsInSight(person, await house.tree())) : null;
  if (!found) throw new NotVisibleError('no such sample', { number: id, office: '', phone: '' });
  return found;
}
