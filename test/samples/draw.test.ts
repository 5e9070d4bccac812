import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { drawn, drawnInTurn, hashOfList, listOf } from '../../src/samples/draw.js';

const populations = fc.uniqueArray(fc.integer({ min: 1, max: 99_999 }).map((number) => `ZG-2020-${String(number).padStart(4, '0')}`), { maxLength: 200 });

test('for any population and any n a sample has min(n, size) distinct members of it', () => {
  fc.assert(fc.property(populations, fc.string(), fc.integer({ min: 0, max: 300 }), (population, seed, size) => {
    const sample = drawn(population, seed, size);
    expect(sample).toHaveLength(Math.min(size, population.length));
    expect(new Set(sample).size).toBe(sample.length);
    expect(sample.every((number) => population.includes(number))).toBe(true);
  }));
});

test('it does not depend on the order of the rows, nor on rows that stand there twice', () => {
  fc.assert(fc.property(populations, fc.string(), fc.integer({ min: 0, max: 300 }), fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (population, seed, size, random) => {
    const shuffled = population.map((number) => ({ number, at: random.next().value ?? 0 })).toSorted((one, other) => one.at - other.at).map(({ number }) => number);
    expect(drawn([...shuffled, ...population], seed, size)).toEqual(drawn(population, seed, size));
    expect(listOf(shuffled)).toBe(listOf(population));
  }));
});

test('drawn in turns, a population of more than one turn gives the same', async () => {
  const population = Array.from({ length: 2500 }, (_, index) => `ZG-2020-${String(index + 1).padStart(4, '0')}`);
  const atOnce = population.toSorted((one, other) => (hex(`五月:${one}`) < hex(`五月:${other}`) ? -1 : 1)).slice(0, 40);
  expect(await drawnInTurn(population, '五月', 40)).toEqual(atOnce);
  expect(drawn(population.toReversed(), '五月', 40)).toEqual(atOnce);
});

test('a larger sample begins with the smaller one: a second draw under the same seed only adds', () => {
  fc.assert(fc.property(populations, fc.string(), fc.nat(200), fc.nat(200), (population, seed, size, more) => {
    expect(drawn(population, seed, size + more).slice(0, size)).toEqual(drawn(population, seed, size));
  }));
});

test('the order is SHA-256 of seed, colon and number: anybody draws it again with a tool of their own', () => {
  const population = ['ZG-2020-0001', 'ZG-2020-0002', 'ZG-2020-0003'];
  const byHand = population.toSorted((one, other) => (hex(`七月:${one}`) < hex(`七月:${other}`) ? -1 : 1));
  expect(drawn(population, '七月', 2)).toEqual(byHand.slice(0, 2));
  expect(hashOfList(listOf(population.toReversed()))).toBe(hex(population.join('\n')));
});

function hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
