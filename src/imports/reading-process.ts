import { once } from 'node:events';
import { UnreadableListError } from '../errors.js';
import { interpreter } from './interpret.js';
import { lookAt } from './look.js';
import type { Job, Told } from './protocol.js';
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

async function* toldOf({ bytes, name, today, hostId, wish }: Job): AsyncGenerator<Told> {
  try {
    const { look, body } = lookAt(await readGrid(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), wish), wish, { name, today });
    yield { kind: 'look', look };
    const interpret = interpreter(look.mapping, look.headers, hostId);
    for (let from = 0; from < body.rows.length; from += chunk) yield { kind: 'rows', rows: body.rows.slice(from, from + chunk).map(interpret) };
    yield { kind: 'end' };
  } catch (error) {
    if (!(error instanceof UnreadableListError)) throw error;
    yield { kind: 'refused', params: error.params };
  }
}
