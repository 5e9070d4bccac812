import { Temporal } from 'temporal-polyfill';

/** Time as it is handed around: nothing else in the house reads the system clock. */
export interface Clock {
  /** The real instant, ISO in UTC: sessions, recordedAt. */
  now(): string;
  /** The instant on which business happens: the real one, or a pinned date with the real time of day in a demonstration. */
  occurring(): string;
  /** The date of `occurring()` in the configured zone. */
  today(): string;
  readonly zone: string;
}

/** A clock that runs, in `zone` (IANA name). `pinnedDate` ("2020-05-11") holds the business date still, for the demonstration, at the real time of day. */
export function runningClock(zone: string, pinnedDate: string | null = null): Clock {
  const now = (): string => new Date().toISOString();
  const day = dayKeeper(zone);
  if (pinnedDate === null) return Object.freeze({ zone, now, occurring: now, today: () => day().date });
  const pinnedStart = startOf(pinnedDate, zone);
  return Object.freeze({ zone, now, occurring: () => new Date(pinnedStart + Date.now() - day().start).toISOString(), today: () => pinnedDate });
}

/** Today in a zone and when it began, reckoned once a day: a page asks many times, and each reckoning with zones costs a quarter of a millisecond. */
function dayKeeper(zone: string): () => { readonly date: string; readonly start: number } {
  let [day, until] = [{ date: '', start: Number.POSITIVE_INFINITY }, 0];
  return () => {
    const at = Date.now();
    if (at < day.start || at >= until) {
      const date = dateIn(zone, new Date(at).toISOString());
      day = { date, start: startOf(date, zone) };
      until = Date.parse(dayAfter(date, zone));
    }
    return day;
  };
}

/** Milliseconds since the epoch at which a date begins in a zone. */
function startOf(date: string, zone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
}

/** The date of an instant in a zone: `new Date('2020-05-11')` would be 08:00 in Shanghai. */
export function dateIn(zone: string, instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The first instant of the day after `date` in `zone`: when something that is due "within date" may be called over. */
export function dayAfter(date: string, zone: string): string {
  return Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(zone).toInstant().toString({ smallestUnit: 'millisecond' });
}

/** The instant `minutes` after another. */
export function later(instant: string, minutes: number): string {
  return Temporal.Instant.from(instant).add({ minutes }).toString({ smallestUnit: 'millisecond' });
}

/** "2020-05-11 15:32" in the zone: how instants are shown. */
export function localTime(zone: string, instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

/** The instant at which a date ("2020-05-14") and a time of day ("12:00") of a zone are there; in the hour that a zone skips, the next one that is. */
export function instantOf(zone: string, date: string, time: string): string {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone).toInstant().toString({ smallestUnit: 'millisecond' });
}
