import type { FastifyInstance, FastifyRequest } from 'fastify';
import { changeset, updateRow } from '../../db/changeset.js';
import { StaleError } from '../../db/errors.js';
import { batches } from '../../db/schema/index.js';
import { eventOf } from '../../workflows/registry.js';
import type { House, Person } from '../context.js';
import { ChangedError, NotVisibleError } from '../errors.js';
import { keepFiles, stillTicked, withKept } from '../findings/kept.js';
import { officePostOf } from '../findings/policy.js';
import { received } from '../findings/received.js';
import { bodyText } from '../forms.js';
import { languageOf, personOf } from '../plugins/people.js';
import { rulesDigest } from '../rules/proposals.js';
import { words } from '../words.js';
import { sharedFaults } from './asked.js';
import { bulkRoutes } from './form-routes.js';
import { batchPage } from './page.js';
import { formOf, keptForm } from './kept-form.js';
import { batchOf, type BatchRecord } from './queries.js';
import { wakeBatches } from './worker.js';

interface One {
  readonly Params: { readonly id: string };
  readonly Querystring: { readonly after?: string; readonly done?: string };
}

/** One action on a whole view: previewed and done piece by piece while its page says how far it is. Only whoever began it sees it. */
export function batchRoutes(app: FastifyInstance, { house }: { house: House }): void {
  bulkRoutes(app, { house });

  app.get<One>('/batches/:id', async (request, reply) => {
    const { person, batch } = await own(house, request);
    const page = await batchPage(house, person, batch, { refused: ordinalIn(request.query.after), done: ordinalIn(request.query.done) }, words(languageOf(request)));
    if (page.progress) wakeBatches(house);
    return (page.progress ? reply.header('refresh', '2') : reply).page('batches/show', page.title, page);
  });

  app.post<One>('/batches/:id/preview', async (request, reply) => {
    const { person, batch } = await own(house, request);
    const definition = eventOf(batch.event);
    const waiting = { number: batch.id, event: batch.event };
    const sent = withKept(request, waiting, stillTicked(formOf(batch), await received(house, request, { keeping: true })));
    const faults = [...sent.wrong, ...(await sharedFaults(house, definition, sent, 'nothing'))];
    if (faults.length > 0) {
      keepFiles(request, waiting, sent);
      const page = await batchPage(house, person, batch, start, words(languageOf(request)), faults, sent);
      return reply.page('batches/show', page.title, page, 422);
    }
    const rules = await rulesDigest(house, officePostOf(person)?.unitId ?? 0);
    await turn(house, batch, sent.body, { state: 'previewing', form: keptForm(definition, sent, rules), next: 0, can: 0, cannot: 0 });
    return reply.redirect(`/batches/${batch.id}`, 303);
  });

  app.post<One>('/batches/:id/confirmation', async (request, reply) => {
    const { person, batch } = await own(house, request);
    // The second of two clicks finds it confirmed, before or while it asks: its page says so.
    if (batch.state === 'previewed') await turn(house, batch, request.body, { state: 'running', next: 0, can: 0 }).catch(async (error: unknown) => { if ((await batchOf(house.db.reader, batch.id, person.id))?.state === 'previewed') throw error; });
    return reply.redirect(`/batches/${batch.id}`, 303);
  });
}

const start = { refused: 0, done: 0 };

function ordinalIn(text = ''): number {
  return /^\d{1,9}$/u.test(text) ? Number(text) : 0;
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
