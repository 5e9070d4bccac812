import type { House } from '../context.js';

/** Milliseconds before a batch that failed once is tried again; twice as long after every further failure. */
const firstRest = 20_000;

/** In a row, over some forty minutes: as long as it takes somebody to make room on a full disk. */
export const mostFailures = 8;

interface Failure {
  readonly times: number;
  /** milliseconds. */
  readonly restsUntil: number;
}

/** Of this process alone: whoever starts it again has done something about it. */
const failures = new WeakMap<House['db'], Map<string, Failure>>();

/** Batches that failed and are not tried again yet. */
export function resting({ db, clock }: Pick<House, 'db' | 'clock'>): readonly string[] {
  const now = Date.parse(clock.now());
  return [...failures.get(db) ?? []].filter(([, { restsUntil }]) => restsUntil > now).map(([id]) => id);
}

/** It failed: it rests for a while. Answers how often in a row. */
export function failed({ db, clock }: Pick<House, 'db' | 'clock'>, id: string): number {
  const mine = failures.get(db) ?? new Map<string, Failure>();
  const times = (mine.get(id)?.times ?? 0) + 1;
  failures.set(db, mine.set(id, { times, restsUntil: Date.parse(clock.now()) + firstRest * 2 ** Math.min(times - 1, mostFailures) }));
  return times;
}

/** It came on, or is at its end: what failed before counts no more. */
export function cameOn({ db }: Pick<House, 'db'>, id: string): void {
  failures.get(db)?.delete(id);
}
