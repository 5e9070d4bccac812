import { once } from 'node:events';
import { UnreadableListError } from '../errors.js';
import { interpreter } from './interpret.js';
import { lookAt } from './look.js';
import { peopleIn } from '../people/lists/read.js';
import type { FindingsJob, Job, Told } from './protocol.js';
import { readGrid } from './read/read.js';

/** The process that reads a list: a workbook of 20,000 rows takes seconds, and pages must not wait for it. */
const chunk = 200;

// The server is gone: nobody waits for this list any more.
process.once('disconnect', () => { process.exit(); });
process.once('message', (job: Job) => { void tell(job); });

async function tell(job: Job): Promise<void> {
  for await (const told of toldOf(job)) {
    const asked = told.kind === 'end' || told.kind === 'refused' ? null : once(process, 'message');
    process.send?.(told);
    await asked;
  }
}

async function* toldOf(job: Job): AsyncGenerator<Told> {
  const bytes = Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.byteLength);
  try {
    if (job.kind === 'people') yield { kind: 'people', list: peopleIn(await readGrid(bytes, { encoding: null, delimiter: job.delimiter })) };
    else yield* findingsOf(bytes, job);
    yield { kind: 'end' };
  } catch (error) {
    if (!(error instanceof UnreadableListError)) throw error;
    yield { kind: 'refused', params: error.params };
  }
}

async function* findingsOf(bytes: Buffer, { name, today, hostId, wish }: FindingsJob): AsyncGenerator<Told> {
  const { look, body } = lookAt(await readGrid(bytes, wish), wish, { name, today });
  yield { kind: 'look', look };
  const interpret = interpreter(look.mapping, look.headers, hostId);
  for (let from = 0; from < body.rows.length; from += chunk) yield { kind: 'rows', rows: body.rows.slice(from, from + chunk).map(interpret) };
}
