/**
 * A share as a percentage with two decimals, half up, from whole numbers: 27/33 → "81.82%". Exact: floating point would turn a
 * half into a little less than a half. A denominator of 0 gives "—".
 */
export function percentage(part: number, whole: number): string {
  return decimalPercentage(BigInt(part), BigInt(whole));
}

/** The same for amounts with up to two decimals, given as text ("1163.58", "5112.75"). */
export function percentageOfAmounts(part: string, whole: string): string {
  return decimalPercentage(cents(part), cents(whole));
}

function decimalPercentage(part: bigint, whole: bigint): string {
  if (whole === 0n) return '—';
  const hundredths = (part * 20_000n + whole) / (whole * 2n);
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}%`;
}

function cents(amount: string): bigint {
  const [whole = '0', decimals = ''] = amount.split('.');
  return BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0').slice(0, 2));
}
