import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashOf, hashOfPieces } from '../../src/ledger/hash.js';

it('gives values that come in pieces the hash that they have together', async () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null));
  await fc.assert(fc.asyncProperty(fc.array(fc.array(value)), async (pieces) => {
    expect(await hashOfPieces(pieces)).toBe(hashOf(pieces.flat()));
  }));
});
