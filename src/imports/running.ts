import type { House, Person } from '../context.js';
import { confirmImport } from './commands/confirm.js';
import type { ImportRow } from './queries.js';

/** How far an import has come that takes longer than a page should. */
export interface Progress {
  readonly phase: 'reading' | 'writing';
  readonly done: number;
  readonly total: number;
  readonly error: unknown;
}

/** Imports that run now, in this process. Nothing is written before the end, so a restart leaves the list as it was: waiting. */
export interface Running {
  /** Starts it (once), and answers when it is done or when somebody should be told to wait; throws what it threw. */
  begin(person: Person, record: ImportRow, key: string): Promise<'done' | 'waiting'>;
  progressOf(id: string): Progress | null;
  /** Forgets one that failed, after it was told. */
  forget(id: string): void;
}

/** The imports of one house. `patience`: milliseconds that a page waits for a short one. */
export function runningImports(house: House, patience = 2500): Running {
  const all = new Map<string, Progress>();
  const started = (person: Person, record: ImportRow, key: string): Promise<unknown> => {
    all.set(record.id, { phase: 'reading', done: 0, total: 1, error: null });
    return confirmImport(house, person, record, key, (phase, done, total) => { all.set(record.id, { phase, done, total, error: null }); });
  };
  return {
    async begin(person, record, key) {
      const held = all.get(record.id);
      if (held && held.error === null) return 'waiting';
      const job = started(person, record, key);
      const settled = job.then(() => { all.delete(record.id); return 'done' as const; });
      // Somebody who waits is told on the next page; a short one throws right here.
      settled.catch((error: unknown) => { all.set(record.id, { phase: 'writing', done: 0, total: 1, error }); });
      const timer = later(patience);
      const outcome = await Promise.race([settled.catch((error: unknown) => ({ error })), timer.over]);
      timer.stop();
      if (typeof outcome === 'string') return outcome;
      all.delete(record.id);
      throw outcome.error;
    },
    progressOf: (id) => all.get(id) ?? null,
    forget: (id) => { all.delete(id); },
  };
}

function later(milliseconds: number): { readonly over: Promise<'waiting'>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<'waiting'>((resolve) => { timer = setTimeout(() => { resolve('waiting'); }, milliseconds); });
  return { over, stop: () => { clearTimeout(timer); } };
}
