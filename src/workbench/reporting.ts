import type { Pages } from '../../views/pages.js';
import { localTime } from '../clock.js';
import type { House, Person } from '../context.js';
import { owedNow } from '../reporting/owed.js';
import type { Words } from '../words.js';

/** 本期未报: of each period that runs now what is owed and missing in one's scope, with the page that names who. */
export async function reportingNow(house: House, person: Person, t: Words): Promise<Pages['workbench/show']['reporting']> {
  const { periods } = await owedNow(house, person);
  return periods.map(({ period, campaign, phase, total, href }) => ({
    href, label: t('work.period', { period: period.name, campaign: campaign.name, phase: t(`period.phase.${phase}`), cutOff: localTime(house.clock.zone, period.cutOffAt) }),
    text: t('work.periodCounts', { owed: total.owed, reported: total.inTime + total.late, late: total.late }), missing: total.missing, tone: total.missing === 0 ? 'good' : phase === 'open' ? 'warn' : 'bad',
  }));
}
