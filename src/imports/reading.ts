import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { UnreadableListError } from '../errors.js';
import type { PeopleList } from '../people/lists/read.js';
import type { FindingsJob, Job, PeopleJob, Told } from './protocol.js';
import { refused } from './refused.js';

/** A list to be read, and how its bytes are had. */
type Asked<J extends Job> = Omit<J, 'bytes'> & { readonly bytesOf: () => Promise<Uint8Array> };
type Answer = Exclude<Told, { readonly kind: 'end' | 'refused' }>;

/** Two lists at a time: each may take 768 MB, and the machine is small. */
const most = 2;
const longest = 60_000;
/** More do not wait: they are told to come back. */
const mostWaiting = 12;
const memory = 768;
let running = 0;
const waiting: (() => void)[] = [];

/** Reads a list of findings: first what it looks like, then its rows, 200 at a time. Throws UnreadableListError. */
export async function* readList(asked: Omit<Asked<FindingsJob>, 'kind'>, limit = memory): AsyncGenerator<Extract<Told, { kind: 'look' | 'rows' }>> {
  const { bytesOf, ...job } = asked;
  for await (const told of toldBy(bytesOf, (bytes) => ({ ...job, kind: 'findings', bytes }), limit)) if (told.kind !== 'people') yield told;
}

/** Reads a list of people. Throws UnreadableListError. */
export async function readPeople({ bytesOf, delimiter }: Omit<Asked<PeopleJob>, 'kind'>): Promise<PeopleList> {
  for await (const told of toldBy(bytesOf, (bytes) => ({ kind: 'people', bytes, delimiter }), memory)) if (told.kind === 'people') return told.list;
  throw new Error('The reading process told of no people.');
}

/** In a process of its own, with limits of time and memory (MB). A thread would not do: one that runs out of memory takes the whole process with it. */
async function* toldBy(bytesOf: () => Promise<Uint8Array>, jobOn: (bytes: Uint8Array) => Job, limit: number): AsyncGenerator<Answer> {
  // Only whose turn it is holds the file in memory.
  await turn();
  const child = startedWith(limit);
  try {
    child.send(jobOn(await bytesOf()));
    for (;;) {
      const told = await next(child, limit);
      if (told.kind === 'end') return;
      if (told.kind === 'refused') throw new UnreadableListError('unreadable list', told.params);
      yield told;
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

async function next(child: ChildProcess, limit: number): Promise<Told> {
  const patience = AbortSignal.timeout(longest);
  const answered = new AbortController();
  const signal = AbortSignal.any([patience, answered.signal]);
  try {
    const messages: readonly Told[] = await Promise.race([once(child, 'message', { signal }), ended(child, limit, signal)]);
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
function startedWith(limit: number): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(isSource ? './reading-process.ts' : './reading-process.js', import.meta.url));
  return fork(file, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [`--max-old-space-size=${limit}`, ...(isSource ? ['--import', import.meta.resolve('tsx')] : [])] });
}
