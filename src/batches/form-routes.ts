import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { EventDefinition } from '../../workflows/event.js';
import type { House, Person } from '../context.js';
import { ChangedError, ForbiddenError } from '../errors.js';
import { manyDoneBefore, previewMany } from '../findings/commands/many.js';
import { keepFiles, withKept } from '../findings/kept.js';
import { received } from '../findings/received.js';
import { bodyText } from '../forms.js';
import { mayTogether, togetherEvents } from '../ledger-pages/verbs.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { digestOf, requestsFor, sharedFaults, type Asked } from './asked.js';
import type { OwnWords } from './own-fields.js';
import { beginBatch } from './begin.js';
import { chosenIn, chosenRows, mostFields, viewIn, type Chosen } from './chosen.js';
import { rowsFor } from './rows.js';
import { doTogether } from './do-together.js';
import { bulkPage } from './form-page.js';
import { formOf } from './kept-form.js';
import { batchOf } from './queries.js';
import { wakeBatches } from './worker.js';

/** 批量办理: choose rows, see what will happen to each and why some cannot, then do it in one go. One pair of routes per event that is done together. */
export function bulkRoutes(app: FastifyInstance, { house }: { house: House }): void {
  for (const definition of togetherEvents) bulkRoute(app, house, definition, `/findings/${definition.resource ?? ''}`);
}

function bulkRoute(app: FastifyInstance, house: House, definition: EventDefinition, path: string): void {
  app.get<{ Querystring: Record<string, unknown> }>(path, async (request, reply) => {
    const person = permitted(request, definition);
    const t = words(languageOf(request));
    const chosen = await chosenRows(house, person, definition, request.query);
    const rows = await rowsFor(house, person, definition, chosen.numbers);
    const asked = await askedBefore(house, person, definition, bodyText(request.query, 'again'));
    const page = await bulkPage(house, person, definition, t, { chosen, rows, asked, outcomes: null, faults: [], notice: null, ownWords: ownWordsOf(chosen, asked?.body) });
    return reply.page('bulk/form', page.title, page);
  });

  app.post(path, async (request, reply) => {
    const person = permitted(request, definition);
    const t = words(languageOf(request));
    const form = { number: '', event: definition.type };
    const asked = withKept(request, form, await received(house, request, { keeping: true, fields: mostFields }));
    const { body } = asked;
    const [step, previewed, key] = [bodyText(body, 'step'), bodyText(body, 'previewed'), bodyText(body, 'key')];
    // The first of two clicks took the files along, and changed what is proposed: the second is asked for nothing any more.
    const before = step === 'confirm' ? await manyDoneBefore(house, person, key) : null;
    if (before?.location) return reply.redirect(before.location, 303);
    const chosen = chosenIn(body);
    const ownWords = ownWordsOf(chosen, body);
    const rows = await rowsFor(house, person, definition, chosen.numbers);
    const faults = step === 'own' ? [] : [...asked.wrong, ...(await sharedFaults(house, definition, asked, ownWords))];
    const changed = previewed !== '' && previewed !== digestOf(definition, rows, asked, await house.tree(), ownWords);
    if (faults.length === 0 && step === 'whole') {
      const id = await beginBatch(house, person, definition, Object.fromEntries(viewIn(body)), asked, key || randomUUID());
      if (id === null) throw new ChangedError('nothing in the view waits for it any more', {});
      delete request.session.kept;
      wakeBatches(house);
      return reply.redirect(`/batches/${id}`, 303);
    }
    const asks = step === 'own' || faults.length > 0;
    const requests = asks ? [] : await requestsFor(house, definition, rows, asked, ownWords);
    const done = asks || changed || step !== 'confirm' ? null : await doTogether(house, person, definition, { requests, loaded: rows.loaded, asked }, key || randomUUID());
    if (done?.location) {
      delete request.session.kept;
      return reply.redirect(done.location, 303);
    }
    keepFiles(request, form, asked);
    const outcomes = done ? done.rows : asks ? null : await previewMany(house, person, requests);
    const notice = done ? t('bulk.nothingDone') : changed && step === 'confirm' ? t('bulk.changed') : null;
    const page = await bulkPage(house, person, definition, t, { chosen, rows, asked, outcomes, faults, notice, ownWords });
    return reply.page('bulk/form', page.title, page, faults.length > 0 || done ? 422 : 200);
  });
}

/** Of more rows than a page may hold none speaks for itself; of others each says more when that was asked for. */
function ownWordsOf({ whole }: Pick<Chosen, 'whole'>, body: unknown): OwnWords {
  if (whole !== null) return 'nothing';
  return bodyText(body, 'own') === 'yes' || bodyText(body, 'step') === 'own' ? 'everything' : 'usual';
}

/** What was typed for a batch that left rows undone: it is not typed again for them. The files went with what was done. */
async function askedBefore(house: House, person: Person, definition: EventDefinition, batchId: string): Promise<Asked | null> {
  const batch = batchId === '' ? null : await batchOf(house.db.reader, batchId, person.id);
  return batch?.event === definition.type ? { ...formOf(batch), files: [], scan: null } : null;
}

function permitted(request: FastifyRequest, definition: EventDefinition) {
  const person = personOf(request);
  if (!mayTogether(person, definition)) throw new ForbiddenError('no post of theirs ever does this');
  return person;
}
