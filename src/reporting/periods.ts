import type { Row } from '../../db/changeset.js';
import type { reportingPeriods } from '../../db/schema/index.js';
import { plusDays } from '../../workflows/calendar.js';
import { instantOf } from '../clock.js';

/** A reporting period as somebody plans it; instants are UTC. */
export interface PlannedPeriod {
  readonly name: string;
  readonly opensAt: string;
  readonly cutOffAt: string;
}

/** One that is kept, with the instant at which the next one of its campaign opens; null for the last. */
export interface Period extends Row<typeof reportingPeriods> {
  readonly nextOpensAt: string | null;
}

/** ahead: not yet open. open: what is reported is in time. late: it was cut off, what is reported is late. over: the next one has opened. */
export type PeriodPhase = 'ahead' | 'open' | 'late' | 'over';

export function phaseOf({ opensAt, cutOffAt, nextOpensAt }: Pick<Period, 'opensAt' | 'cutOffAt' | 'nextOpensAt'>, now: string): PeriodPhase {
  if (now < opensAt) return 'ahead';
  if (now <= cutOffAt) return 'open';
  return nextOpensAt !== null && now >= nextOpensAt ? 'over' : 'late';
}

/** What a series is made of: weekdays are 1 (Monday) to 7, times of day "12:00", dates of the zone. */
export interface Weekly {
  /** "第#周": # becomes the number. */
  readonly pattern: string;
  readonly first: number;
  readonly opensWeekday: number;
  readonly opensTime: string;
  readonly weekday: number;
  readonly time: string;
  readonly from: string;
  readonly to: string;
}

/** More than two years of weeks are a slip of the finger. */
export const mostPlanned = 110;

/**
 * A period for each cut-off weekday from `from` to `to`, each opening on the last opening weekday before its cut-off. None is planned whose cut-off has passed; one that would
 * have opened already opens at `now` when `clipped` (another period stands before it, whose late ones must stay late).
 */
export function weeklyPeriods({ pattern, first, opensWeekday, opensTime, weekday, time, from, to }: Weekly, zone: string, now: string, clipped: boolean): readonly PlannedPeriod[] {
  const planned: PlannedPeriod[] = [];
  for (let date = plusDays(from, (weekday - weekdayOf(from) + 7) % 7); date <= to && planned.length <= mostPlanned; date = plusDays(date, 7)) {
    const cutOffAt = instantOf(zone, date, time);
    if (cutOffAt <= now) continue;
    const sameDay = instantOf(zone, plusDays(date, -((weekday - opensWeekday + 7) % 7)), opensTime);
    const opens = sameDay < cutOffAt ? sameDay : instantOf(zone, plusDays(date, -7), opensTime);
    planned.push({ name: pattern.replaceAll('#', String(first + planned.length)), opensAt: clipped && opens < now ? now : opens, cutOffAt });
  }
  return planned;
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** The first of `kept` that a planned period would overlap: each must be cut off before the next one opens. */
export function overlapped<T extends Pick<PlannedPeriod, 'opensAt' | 'cutOffAt'>>(kept: readonly T[], { opensAt, cutOffAt }: Pick<PlannedPeriod, 'opensAt' | 'cutOffAt'>): T | undefined {
  return kept.find((other) => opensAt < other.cutOffAt && other.opensAt < cutOffAt);
}
