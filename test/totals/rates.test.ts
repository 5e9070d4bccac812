import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentage } from '../../src/totals/rates.js';
import { totalsByOrigin, totalsOf, type Counted } from '../../src/totals/totals.js';
import { stages } from '../../workflows/stages.js';

test('rates have two decimals, half up, and nothing of nothing is a dash', () => {
  expect(percentage(37, 58)).toBe('63.79%');
  expect(percentage(27, 33)).toBe('81.82%');
  expect(percentage(1, 800)).toBe('0.13%');
  expect(percentage(0, 0)).toBe('—');
  expect(percentage(5, 5)).toBe('100.00%');
});

test('everything ever listed is open, completed or ended otherwise', () => {
  const counted = fc.record({ stage: fc.constantFrom(...stages), adopted: fc.boolean(), listed: fc.boolean(), paused: fc.boolean(), dueOn: fc.constantFrom('', '2020-05-01', '2020-06-30'), amount: fc.nat(50) })
    .map((count) => ({ ...count, listed: count.stage !== 'suspected' && (count.listed || !['unfounded', 'merged', 'transferred', 'withdrawn'].includes(count.stage)) }));
  fc.assert(fc.property(fc.array(counted, { maxLength: 40 }), (counts: readonly Counted[]) => {
    const totals = totalsOf(counts, '2020-05-11');
    expect(totals.everListed).toBe(totals.open + totals.completed + totals.outcomes);
    expect(totals.overdue).toBeLessThanOrEqual(totals.open);
    expect(totals.clues + totals.dismissed + totals.everListed).toBe(counts.reduce((sum, count) => sum + count.amount, 0));
  }));
});

test('what was taken over from an older ledger is never added to what was verified here', () => {
  const count = { stage: 'closed', adopted: false, listed: true, paused: false, dueOn: '', amount: 3 } as const;
  const { own, adopted } = totalsByOrigin([count, { ...count, adopted: true, amount: 44 }, { ...count, stage: 'unfounded', listed: false, amount: 5 }], '2020-05-11');
  expect([own.closed, own.everListed, own.outcomes, own.dismissed, adopted.closed]).toEqual([3, 3, 0, 5, 44]);
});
