import { once } from 'node:events';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { UnreadableListError } from '../errors.js';
import { interpreter } from './interpret.js';
import { lookAt } from './look.js';
import type { Job, Told } from './protocol.js';
import { readGrid } from './read/read.js';

/** The thread that reads a list: a workbook of 20,000 rows takes seconds, and pages must not wait for it. */
const chunk = 200;

if (parentPort) await tell(parentPort, jobIn(workerData));

async function tell(port: MessagePort, job: Job): Promise<void> {
  for await (const told of toldOf(job)) {
    const asked = told.kind === 'end' || told.kind === 'refused' ? null : once(port, 'message');
    port.postMessage(told);
    await asked;
  }
  port.close();
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

/** Started by reading.ts alone, which hands over a Job. */
function jobIn(given: Job): Job {
  return given;
}
