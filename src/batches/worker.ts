import { setTimeout } from 'node:timers/promises';
import { updateRow, changeset } from '../../db/changeset.js';
import { StaleError } from '../../db/errors.js';
import { batches } from '../../db/schema/index.js';
import type { House } from '../context.js';
import { peopleQueries } from '../people/queries.js';
import { doPiece } from './piece.js';
import { nextBatch, type BatchRecord } from './queries.js';

/** Milliseconds between two pieces: whoever waits for the main thread or the writer comes first. */
const pause = 5;

const working = new WeakMap<House['db'], Promise<void>>();

/** Works on everything that waits until nothing does; a second call while it works waits for the same. */
export function workBatches(house: House): Promise<void> {
  const already = working.get(house.db);
  if (already) return already;
  const work = worked(house).finally(() => { working.delete(house.db); });
  working.set(house.db, work);
  return work;
}

const stopped = new WeakSet<House['db']>();

async function worked(house: House): Promise<void> {
  for (let batch = await nextBatch(house.db.reader, null); batch && !stopped.has(house.db); batch = await nextBatch(house.db.reader, batch.id)) {
    const person = await peopleQueries(house.db.reader).person(batch.personId, house.clock.today());
    try {
      // Who began it may not be there any more: nobody finishes it in their name.
      if (!person) await house.db.commit(changeset(updateRow(batches, { state: 'dropped', finishedAt: house.clock.now() }, { id: batch.id, next: batch.next }, 'batch')));
      else await doPiece(house, person, batch);
    } catch (error) {
      if (!(error instanceof StaleError) || error.statement !== 'batch') await setAside(house, batch, error);
    }
    await setTimeout(pause);
  }
}

/** What cannot be gone on with is in nobody else's way: it ends where it stands, and the log says why. */
async function setAside(house: House, { id, next }: BatchRecord, error: unknown): Promise<void> {
  house.log.error({ err: error, batch: id }, 'a batch failed and was set aside');
  await house.db.commit(changeset(updateRow(batches, { state: 'dropped', finishedAt: house.clock.now() }, { id, next }, 'batch', { expect: null })));
}

/** Takes up at the start what a stopped process left, and looks again every half minute; answers with how to stop, which waits for the piece under way. */
export function startBatches(house: House, everyMilliseconds = 30_000): () => Promise<void> {
  const once = (): void => { wakeBatches(house); };
  once();
  const timer = setInterval(once, everyMilliseconds);
  timer.unref();
  return async () => {
    clearInterval(timer);
    stopped.add(house.db);
    await working.get(house.db)?.catch(() => undefined);
  };
}

/** Begins without waiting; what fails is logged and taken up again at the next look. */
export function wakeBatches(house: House): void {
  workBatches(house).catch((error: unknown) => { house.log.error({ err: error }, 'a batch failed'); });
}
