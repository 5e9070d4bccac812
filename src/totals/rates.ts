/**
 * A share as a percentage with two decimals, half up, from whole numbers: 27/33 → "81.82%". Exact: floating point would turn a
 * half into a little less than a half. A denominator of 0 gives "—".
 */
export function percentage(part: number, whole: number): string {
  if (whole === 0) return '—';
  const hundredths = (BigInt(part) * 20_000n + BigInt(whole)) / (BigInt(whole) * 2n);
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}%`;
}
