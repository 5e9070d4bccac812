import type { FastifyInstance, FastifyRequest } from 'fastify';
import { changeset, updateRow } from '../../db/changeset.js';
import { StaleError } from '../../db/errors.js';
import { batches } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import { ChangedError, NotVisibleError } from '../errors.js';
import { bodyText } from '../forms.js';
import { sharedFaults, sharedIn } from '../ledger-pages/chosen.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { batchPage, definitionOf } from './page.js';
import { batchOf, type BatchRecord } from './queries.js';
import { wakeBatches } from './worker.js';

interface One {
  readonly Params: { readonly id: string };
  readonly Querystring: { readonly after?: string };
}

/** One action on a whole view: previewed and done piece by piece while its page says how far it is. Only whoever began it sees it. */
export function batchRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<One>('/batches/:id', async (request, reply) => {
    const { person, batch } = await own(house, request);
    const { after = '' } = request.query;
    const page = await batchPage(house, person, batch, /^\d{1,9}$/u.test(after) ? Number(after) : 0, words(languageOf(request)));
    if (page.progress) wakeBatches(house);
    return (page.progress ? reply.header('refresh', '2') : reply).page('batches/show', page.title, page);
  });

  app.post<One>('/batches/:id/preview', async (request, reply) => {
    const { person, batch } = await own(house, request);
    const definition = definitionOf(batch);
    const faults = sharedFaults(definition, request.body);
    if (faults.length > 0) {
      const page = await batchPage(house, person, batch, 0, words(languageOf(request)), faults, request.body);
      return reply.page('batches/show', page.title, page, 422);
    }
    await turn(house, batch, request.body, { state: 'previewing', form: JSON.stringify(sharedIn(definition, request.body)), next: 0, can: 0, cannot: 0 });
    return reply.redirect(`/batches/${batch.id}`, 303);
  });

  app.post<One>('/batches/:id/confirmation', async (request, reply) => {
    const { batch } = await own(house, request);
    // The second of two clicks finds it confirmed: its page says so.
    if (batch.state === 'previewed') await turn(house, batch, request.body, { state: 'running', next: 0, can: 0 });
    return reply.redirect(`/batches/${batch.id}`, 303);
  });
}

async function own(house: House, request: FastifyRequest<One>): Promise<{ readonly person: Person; readonly batch: BatchRecord }> {
  const person = personOf(request);
  const batch = await batchOf(house.db.reader, request.params.id, person.id);
  if (!batch) throw new NotVisibleError('no such batch of theirs', { number: '', office: '', phone: '' });
  return { person, batch };
}

/** From previewed to what comes next, once, and only as the page showed it. Throws ChangedError when another page was quicker. */
async function turn(house: House, batch: BatchRecord, body: unknown, next: Partial<BatchRecord>): Promise<void> {
  try {
    if (Number(bodyText(body, 'version')) !== batch.version) throw new StaleError('batch');
    await house.db.commit(changeset(updateRow(batches, { ...next, version: batch.version + 1 }, { id: batch.id, state: 'previewed', version: batch.version }, 'batch')));
  } catch (error) {
    if (error instanceof StaleError) throw new ChangedError('the batch moved on', { number: '' });
    throw error;
  }
  wakeBatches(house);
}
