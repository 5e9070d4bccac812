import type { Calendar } from './types.js';

/** A reckoned date; `certain` is false when a year on the way is not loaded and weekends alone were used. */
export interface Reckoned {
  readonly date: string;
  readonly certain: boolean;
}

/** The n-th working day after `date`: counting starts the day after, the last day is included. n = 0 is the date itself, rolled to a working day. */
export function workingDaysAfter(date: string, n: number, calendar: Calendar): Reckoned {
  let day = n === 0 ? date : next(date);
  let left = n === 0 ? 0 : n - 1;
  let certain = isLoaded(day, calendar);
  while (left > 0 || !isWorkingDay(day, calendar)) {
    if (isWorkingDay(day, calendar)) left -= 1;
    day = next(day);
    certain &&= isLoaded(day, calendar);
  }
  return { date: day, certain };
}

/** n calendar days after `date`; a period that ends on a day off rolls to the next working day. */
export function calendarDaysAfter(date: string, n: number, calendar: Calendar): Reckoned {
  return workingDaysAfter(plusDays(date, n), 0, calendar);
}

/** Is it a working day? Where the year's table says nothing, Monday to Friday are. */
export function isWorkingDay(date: string, calendar: Calendar): boolean {
  const known = calendar.days[date];
  if (known) return !known.off;
  const weekday = new Date(instant(date)).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** Is the official table of the date's year loaded? */
export function isLoaded(date: string, calendar: Calendar): boolean {
  return calendar.years.includes(Number(date.slice(0, 4)));
}

/** Date plus n days, n may be negative. */
export function plusDays(date: string, n: number): string {
  return new Date(instant(date) + n * 86_400_000).toISOString().slice(0, 10);
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((instant(to) - instant(from)) / 86_400_000);
}

/** The date n years on; 29 February becomes 28 February where there is none. */
export function yearsAfter(date: string, n: number): string {
  const moved = `${String(Number(date.slice(0, 4)) + n).padStart(4, '0')}${date.slice(4)}`;
  return new Date(instant(moved)).toISOString().startsWith(moved) ? moved : plusDays(moved, -1);
}

function next(date: string): string {
  return plusDays(date, 1);
}

/** Midnight UTC of the date: only a way to do arithmetic on dates, never shown. */
function instant(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
}
