import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { UnreadableListError } from '../errors.js';
import { refused } from './refused.js';
import type { Told } from './told.js';

/** Two files at a time: each may take 768 MB, and the machine is small. */
const most = 2;
const longest = 60_000;
/** More do not wait: they are told to come back. */
const mostWaiting = 12;
const memory = 768;
let running = 0;
const waiting: (() => void)[] = [];

/** What is read, and by whom. */
export interface Reading<J extends object> {
  /** the file that is its process (`told.ts`), without its ending. */
  readonly file: URL;
  /** asked only when it is its turn. */
  readonly bytesOf: () => Promise<Uint8Array>;
  readonly jobOn: (bytes: Uint8Array) => J;
  /** MB. */
  readonly limit?: number;
}

/** Reads in a process of its own, with limits of time and memory; answers come as they are asked for. A thread would not do: one that runs out of memory takes the whole process with it. Throws UnreadableListError. */
export async function* readApart<J extends object, A>({ file, bytesOf, jobOn, limit = memory }: Reading<J>): AsyncGenerator<A> {
  // Only whose turn it is holds the file in memory.
  await turn();
  const child = startedWith(file, limit);
  try {
    child.send(jobOn(await bytesOf()));
    for (;;) {
      const told = await next<A>(child, limit);
      if (told.kind === 'end') return;
      if (told.kind === 'refused') throw new UnreadableListError('unreadable list', told.params);
      yield told.answer;
      child.send('more');
    }
  } finally {
    child.kill('SIGKILL');
    running -= 1;
    waiting.shift()?.();
  }
}

async function turn(): Promise<void> {
  if (waiting.length >= mostWaiting) throw refused('busy');
  if (running >= most) await new Promise<void>((resolve) => { waiting.push(resolve); });
  running += 1;
}

async function next<A>(child: ChildProcess, limit: number): Promise<Told<A>> {
  const patience = AbortSignal.timeout(longest);
  const answered = new AbortController();
  const signal = AbortSignal.any([patience, answered.signal]);
  try {
    const messages: readonly Told<A>[] = await Promise.race([once(child, 'message', { signal }), ended(child, limit, signal)]);
    const [told] = messages;
    if (!told) throw new Error('The reading process said nothing.');
    return told;
  } catch (error) {
    if (patience.aborted) throw refused('tooSlow', { seconds: longest / 1000 });
    throw error;
  } finally {
    // Takes the listeners of this turn off again.
    answered.abort();
  }
}

async function ended(child: ChildProcess, limit: number, signal: AbortSignal): Promise<never> {
  const [code, killedBy] = await once(child, 'exit', { signal }) as [number | null, NodeJS.Signals | null]; // what a child's exit tells
  // The engine aborts itself when its memory is full; a system that is short of memory kills it.
  if (killedBy === 'SIGABRT' || killedBy === 'SIGTRAP' || killedBy === 'SIGKILL' || code === 134) throw refused('tooBig', { limit });
  throw new Error(`The reading process ended early (${killedBy ?? code}).`);
}

/** Compiled, it is JavaScript; in the tests it is the source, and needs the loader of the tests. */
function startedWith(file: URL, limit: number): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts');
  return fork(`${fileURLToPath(file)}${isSource ? '.ts' : '.js'}`, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [`--max-old-space-size=${limit}`, ...(isSource ? ['--import', import.meta.resolve('tsx')] : [])] });
}
