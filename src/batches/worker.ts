import { setTimeout } from 'node:timers/promises';
import { updateRow, changeset } from '../../db/changeset.js';
import { StaleError } from '../../db/errors.js';
import { batches } from '../../db/schema/index.js';
import type { House } from '../context.js';
import { UnreadableBatchError } from '../errors.js';
import { peopleQueries } from '../people/queries.js';
import { cameOn, failed, mostFailures, resting } from './failures.js';
import { doPiece } from './piece.js';
import { nextBatch, type BatchRecord } from './queries.js';

/** Milliseconds between two pieces: whoever waits for the main thread or the writer comes first. */
const pause = 5;

const working = new WeakMap<House['db'], Promise<void>>();

/** Works on everything that waits until nothing does but what failed and rests; a second call while it works waits for the same. */
export function workBatches(house: House): Promise<void> {
  const already = working.get(house.db);
  if (already) return already;
  const work = worked(house).finally(() => { working.delete(house.db); });
  working.set(house.db, work);
  return work;
}

const stopped = new WeakSet<House['db']>();

async function worked(house: House): Promise<void> {
  const next = (last: string | null): Promise<BatchRecord | null> => nextBatch(house.db.reader, last, resting(house));
  for (let batch = await next(null); batch && !stopped.has(house.db); batch = await next(batch.id)) {
    try {
      await workedOn(house, batch);
      cameOn(house, batch.id);
    } catch (error) {
      await restOrEnd(house, batch, error);
    }
    await setTimeout(pause);
  }
}

async function workedOn(house: House, batch: BatchRecord): Promise<void> {
  const person = await peopleQueries(house.db.reader).person(batch.personId, house.clock.today());
  // Who began it may not be there any more: nobody finishes it in their name.
  if (person) await doPiece(house, person, batch);
  else await drop(house, batch, null);
}

/** A full disk or a busy file passes: only what cannot be read, or has failed time and again, is set aside, out of everybody else's way. Its page says so, and the log says why. */
async function restOrEnd(house: House, batch: BatchRecord, error: unknown): Promise<void> {
  // Another worker did it.
  if (error instanceof StaleError && error.statement === 'batch') return;
  const unreadable = error instanceof UnreadableBatchError;
  const times = failed(house, batch.id);
  const last = unreadable || times >= mostFailures;
  house.log.error({ err: error, batch: batch.id, times }, last ? 'a batch failed and was set aside' : 'a batch failed and is tried again');
  if (!last) return;
  await drop(house, batch, unreadable ? 'unreadable' : 'failed');
  cameOn(house, batch.id);
}

async function drop(house: House, { id, next }: BatchRecord, why: BatchRecord['why']): Promise<void> {
  await house.db.commit(changeset(updateRow(batches, { state: 'dropped', why, finishedAt: house.clock.now() }, { id, next }, 'batch', { expect: null })));
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
