import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { UnreadableListError } from '../errors.js';
import type { Job, Told } from './protocol.js';
import { refused } from './refused.js';

/** Two lists at a time: each may take 768 MB, and the machine is small. */
const most = 2;
const longest = 60_000;
const memory = 768;
let running = 0;
const waiting: (() => void)[] = [];

/** Reads a list in a thread of its own, with limits of time and memory: first what it looks like, then its rows, 200 at a time. Throws UnreadableListError. */
export async function* readList(job: Job): AsyncGenerator<Extract<Told, { kind: 'look' | 'rows' }>> {
  await turn();
  const worker = threadFor(job);
  try {
    for (;;) {
      const told = await next(worker);
      if (told.kind === 'end') return;
      if (told.kind === 'refused') throw new UnreadableListError('unreadable list', told.params);
      yield told;
      worker.postMessage('more');
    }
  } finally {
    await worker.terminate();
    running -= 1;
    waiting.shift()?.();
  }
}

async function turn(): Promise<void> {
  if (running >= most) await new Promise<void>((resolve) => { waiting.push(resolve); });
  running += 1;
}

async function next(worker: Worker): Promise<Told> {
  const patience = AbortSignal.timeout(longest);
  const answered = new AbortController();
  const signal = AbortSignal.any([patience, answered.signal]);
  try {
    const messages: readonly Told[] = await Promise.race([once(worker, 'message', { signal }), ended(worker, signal)]);
    const [told] = messages;
    if (!told) throw new Error('The reading thread said nothing.');
    return told;
  } catch (error) {
    if (patience.aborted) throw refused('tooSlow', { seconds: longest / 1000 });
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') throw refused('tooBig', { limit: memory });
    throw error;
  } finally {
    // Takes the listeners of this turn off again.
    answered.abort();
  }
}

async function ended(worker: Worker, signal: AbortSignal): Promise<never> {
  await once(worker, 'exit', { signal });
  throw new Error('The reading thread ended early.');
}

/** Compiled, the thread is JavaScript; in the tests it is the source, which a thread loads only after it has registered a loader itself. */
function threadFor(job: Job): Worker {
  const options = { workerData: job, resourceLimits: { maxOldGenerationSizeMb: memory } };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./reading-thread.js', import.meta.url), options);
  const url = new URL('./reading-thread.ts', import.meta.url).href;
  return new Worker(`import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(url)}); })`, { eval: true, ...options });
}
