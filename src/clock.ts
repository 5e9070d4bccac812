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

/** A clock that runs, in `zone` (IANA name). `pinnedDate` ("2020-05-11") holds the business date still, for the demonstration. */
export function runningClock(zone: string, pinnedDate: string | null = null): Clock {
  const now = (): string => new Date().toISOString();
  const today = dayKeeper(zone);
  return Object.freeze({ zone, now, occurring: pinnedDate ? () => pinned(pinnedDate, zone) : now, today: pinnedDate ? () => pinnedDate : today });
}

/** Today in a zone, reckoned once a day: a page asks many times, and each reckoning with zones costs a quarter of a millisecond. */
function dayKeeper(zone: string): () => string {
  let [date, from, until] = ['', 0, 0];
  return () => {
    const at = Date.now();
    if (at < from || at >= until) {
      date = dateIn(zone, new Date(at).toISOString());
      [from, until] = [at, Date.parse(dayAfter(date, zone))];
    }
    return date;
  };
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

function pinned(date: string, zone: string): string {
  const time = Temporal.Now.zonedDateTimeISO(zone).toPlainTime();
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant().toString({ smallestUnit: 'millisecond' });
}

/** "2020-05-11 15:32" in the zone: how instants are shown. */
export function localTime(zone: string, instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}
