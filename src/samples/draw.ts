import { createHash } from 'node:crypto';

/**
 * 抽样: the first `size` of a population in the order of SHA-256(seed + ":" + number), hex. Whoever knows the seed and the population draws
 * the same again, with any tool; the order in which the population is given does not matter, and a number that stands there twice counts once.
 */
export function drawn(population: readonly string[], seed: string, size: number): readonly string[] {
  const ranked = [...new Set(population)].map((number) => ({ number, rank: rankOf(seed, number) }));
  return ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1)).slice(0, Math.max(0, size)).map(({ number }) => number);
}

/** A population as it is kept and hashed: each number once, ascending, one a line. */
export function listOf(population: readonly string[]): string {
  return [...new Set(population)].sort().join('\n');
}

export function hashOfList(list: string): string {
  return createHash('sha256').update(list).digest('hex');
}

function rankOf(seed: string, number: string): string {
  return createHash('sha256').update(`${seed}:${number}`).digest('hex');
}
