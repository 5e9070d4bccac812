import type { House, Person } from '../context.js';
import { dueSightOf, tallies, totalOf, type Tally } from './dues.js';
import { currentPeriods, type PeriodOfCampaign } from './period-queries.js';
import { phaseOf, type PeriodPhase } from './periods.js';

/** A period on which units report now, and what somebody's units owe in it. */
export interface Owed extends PeriodOfCampaign {
  readonly phase: PeriodPhase;
  readonly total: Omit<Tally, 'unitId'>;
  /** by unit, for those who look over several. */
  readonly units: readonly Tally[];
  readonly href: string;
}

/** 本期未报: of each campaign's current period what is owed, reported and missing in this person's scope. Periods in which they owe nothing are left out; `missing` is their sum. */
export async function owedNow(house: House, person: Pick<Person, 'posts'>): Promise<{ readonly periods: readonly Owed[]; readonly missing: number }> {
  const sight = await dueSightOf(house, person);
  const now = house.clock.occurring();
  const periods: Owed[] = [];
  for (const each of sight.scope.length === 0 ? [] : await currentPeriods(house.db.reader, now)) {
    const units = await tallies(house.db.reader, each.period, sight, now);
    if (units.length > 0) periods.push({ ...each, phase: phaseOf(each.period, now), total: totalOf(units), units, href: `/reporting/periods/${each.period.id}` });
  }
  return { periods, missing: periods.reduce((sum, { total }) => sum + total.missing, 0) };
}
