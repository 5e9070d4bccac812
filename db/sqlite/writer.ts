import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Changeset, Statement } from '../changeset.js';
import { ConflictError, StaleError } from '../errors.js';
import { bigrams } from '../search/bigrams.js';
import { shapeOf, sqlOf } from './compile.js';
import { anyNumber, type Answer, type Batch, type Job, type Piece, type Task, type Write } from './protocol.js';

/** The main thread's end of the writer thread. */
export interface Writer {
  commit(changeset: Changeset): Promise<void>;
  run(task: Task['task'], file?: string): Promise<number>;
  close(): Promise<void>;
}

/** Statements in one message (cloning 40,000 cost 28 ms), and texts cut into bigrams in one turn. */
const piece = 2000;
const textPiece = 200;

interface Promised {
  resolve(value: number): void;
  reject(reason: Error): void;
}

/** Starts the writer thread on `file`, which must be migrated. A thread that dies rejects all that waits and all that comes. */
export function startWriter(file: string): Writer {
  const worker = threadOn(file);
  const waiting = new Map<number, Promised>();
  const shapes = new Map<string, number>();
  let dead: Error | null = null;
  let ids = 0;
  let jobs: Job[] = [];
  let news: [number, string][] = [];
  const sendings = new Set<Promise<void>>();

  worker.on('message', (answers: readonly Answer[]) => {
    for (const answer of answers) settle(answer);
  });
  worker.on('error', die);
  worker.on('exit', (code) => die(new Error(`The writer thread ended (code ${code}).`)));

  return {
    commit: (changeset) => promise((id) => {
      if (changeset.statements.length > piece) {
        const sending = inPieces(id, changeset).catch((error: unknown) => { fail(id, error); }).finally(() => { sendings.delete(sending); });
        sendings.add(sending);
        return;
      }
      try {
        const writes = [...changeset.statements.map(writeOf), ...changeset.search.flatMap(searchWrites)];
        if (jobs.length === 0) setImmediate(post);
        jobs.push({ id, writes });
      } catch (error) {
        fail(id, error);
      }
    }).then(() => undefined),
    run: (task, target) => promise((id) => {
      post();
      worker.postMessage({ id, task, ...(target === undefined ? {} : { file: target }) } satisfies Task);
    }),
    async close() {
      await Promise.all(sendings);
      if (dead) return;
      await this.run('close');
      dead = new Error('The database is closed.');
      await worker.terminate();
    },
  };

  function promise(send: (id: number) => void): Promise<number> {
    if (dead) return Promise.reject(dead);
    return new Promise((resolve, reject) => {
      ids += 1;
      waiting.set(ids, { resolve, reject });
      send(ids);
    });
  }

  /** Everything that this turn of the loop gathered, in one message. */
  function post(): void {
    if (jobs.length === 0) return;
    worker.postMessage({ shapes: news, jobs } satisfies Batch);
    [jobs, news] = [[], []];
  }

  /** An import of 20,000 rows has half a million statements: cloned in one message they held the main thread for more than a second. */
  async function inPieces(id: number, changeset: Changeset): Promise<void> {
    for (let from = 0; from < changeset.statements.length && waiting.has(id); from += piece) {
      sendPiece(id, changeset.statements.slice(from, from + piece).map(writeOf));
      await nextTurn();
    }
    for (let from = 0; from < changeset.search.length && waiting.has(id); from += textPiece) {
      sendPiece(id, changeset.search.slice(from, from + textPiece).flatMap(searchWrites));
      await nextTurn();
    }
    if (!waiting.has(id)) return;
    jobs.push({ id, writes: [] });
    post();
  }

  function sendPiece(pieceOf: number, writes: readonly Write[]): void {
    worker.postMessage({ shapes: news, pieceOf, writes } satisfies Piece);
    news = [];
  }

  function writeOf(statement: Statement): Write {
    const values = statement.where.length === 0 ? statement.values : [...statement.values, ...statement.whereValues];
    return [shapeId(shapeOf(statement), () => sqlOf(statement)), values, statement.expect ?? anyNumber, statement.name];
  }

  function searchWrites({ findingId, text }: Changeset['search'][number]): Write[] {
    return [
      [shapeId('unindex', () => 'DELETE FROM finding_search WHERE rowid = ?'), [findingId], anyNumber, 'search'],
      [shapeId('index', () => 'INSERT INTO finding_search (rowid, grams) VALUES (?, ?)'), [findingId, bigrams(text)], 1, 'search'],
    ];
  }

  function shapeId(shape: string, sql: () => string): number {
    const known = shapes.get(shape);
    if (known !== undefined) return known;
    const text = sql();
    const id = shapes.size;
    shapes.set(shape, id);
    news.push([id, text]);
    return id;
  }

  /** What cannot even be sent is this command's failure, and nobody else's. */
  function fail(id: number, error: unknown): void {
    waiting.get(id)?.reject(error instanceof Error ? error : new Error(String(error)));
    waiting.delete(id);
  }

  function settle(answer: Answer): void {
    const promised = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.failure) promised?.reject(errorOf(answer.failure));
    else promised?.resolve(answer.value ?? 0);
  }

  function die(reason: Error): void {
    dead ??= reason;
    for (const promised of waiting.values()) promised.reject(reason);
    waiting.clear();
  }
}

function errorOf(failure: NonNullable<Answer['failure']>): Error {
  if (failure.kind === 'stale') return new StaleError(failure.name);
  if (failure.kind === 'conflict') return new ConflictError(failure.name);
  return new Error(`${failure.name}: ${failure.message}`);
}

/** Compiled, the thread is JavaScript; in the tests it is the source, which a thread loads only after it has registered a loader itself. */
function threadOn(file: string): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./writer-thread.js', import.meta.url), { workerData: { file } });
  const url = new URL('./writer-thread.ts', import.meta.url).href;
  return new Worker(`import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(url)}); })`, { eval: true, workerData: { file } });
}
