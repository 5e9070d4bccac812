import { readDate } from '../../spreadsheets/dates.js';

/** The day that a cell names, null for none, undefined for what is no day or might be two: 5/6/2020 is read by nobody alike. */
export function dayIn(cell: string): string | null | undefined {
  const [one, other] = (['dmy', 'mdy'] as const).map((order) => readDate(cell, { year: 1900, order })).filter((reading) => reading !== null);
  if (!one || (other && one.date !== other.date) || one.remark !== null || (one.type !== null && one.type !== 'continuing')) return undefined;
  return one.date;
}
