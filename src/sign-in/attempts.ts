import { later, type Clock } from '../clock.js';

/** Failed sign-ins from one address under one name: a few, then a wait that doubles. Kept in memory; a restart forgets them, the name's own lock stays. */
export interface Attempts {
  /** Must whoever asks from here under this name still wait? */
  waits(address: string, name: string): boolean;
  failed(address: string, name: string): void;
  succeeded(address: string, name: string): void;
}

interface Failed {
  readonly failures: number;
  readonly until: string;
  readonly at: string;
}

/** So many failures are forgiven; then one minute, doubling up to thirty. */
const patience = 5;
/** Minutes without a failure after which all is forgotten. */
const memory = 60;
const most = 20_000;

export function attemptsFrom(clock: Pick<Clock, 'now'>): Attempts {
  const known = new Map<string, Failed>();
  const keyOf = (address: string, name: string): string => JSON.stringify([address, name]);
  return {
    waits: (address, name) => (known.get(keyOf(address, name))?.until ?? '') > clock.now(),
    failed(address, name) {
      const key = keyOf(address, name);
      const [now, before] = [clock.now(), known.get(key)];
      const failures = (before && later(before.at, memory) > now ? before.failures : 0) + 1;
      known.delete(key);
      known.set(key, { failures, at: now, until: failures < patience ? '' : later(now, Math.min(30, 2 ** (failures - patience))) });
      // The oldest go first: a map keeps the order in which its keys came.
      if (known.size > most) known.delete(known.keys().next().value ?? key);
    },
    succeeded: (address, name) => { known.delete(keyOf(address, name)); },
  };
}
