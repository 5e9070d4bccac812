import { setImmediate } from 'node:timers/promises';
import type { Pages } from '../../views/pages.js';
import type { House, Person } from '../context.js';
import type { Words } from '../words.js';
import { dueSightOf, tallies, totalOf, type DueSight } from './dues.js';
import { momentOf } from './moment.js';
import { campaignsFor, keepsPeriods } from './period-access.js';
import { countsOf, pagerOf, phaseBadge } from './period-page.js';
import { periodsCount, periodsShown, type PeriodOfCampaign } from './period-queries.js';
import { phaseOf } from './periods.js';

type Page = Pages['reporting/periods'];

const perPage = 20;

/** The periods of the campaigns that somebody knows: those that have opened with what their units owed, or those that are to come. */
export async function periodsPage(house: House, person: Person, ahead: boolean, page: number, t: Words): Promise<Page> {
  const campaigns = await campaignsFor(house, person);
  const [ids, now, sight] = [campaigns.map(({ id }) => id), house.clock.occurring(), await dueSightOf(house, person)];
  const total = await periodsCount(house.db.reader, ids, now, ahead);
  const shown = await periodsShown(house.db.reader, ids, now, ahead, { limit: perPage, offset: (page - 1) * perPage });
  const base = ahead ? '/reporting/periods?show=ahead' : '/reporting/periods?show=';
  const tree = await house.tree();
  const keeps = campaigns.some((campaign) => campaign.disabledOn === null && keepsPeriods(person, campaign, tree));
  const rows: Page['rows'][number][] = [];
  for (const each of shown) {
    rows.push(await rowOf(house, each, sight, now, t));
    // Other people's pages come in between.
    await setImmediate();
  }
  return {
    facets: [{ label: t('period.opened'), href: '/reporting/periods', current: !ahead }, { label: t('period.ahead'), href: '/reporting/periods?show=ahead', current: ahead }],
    add: keeps ? { one: '/reporting/periods/new', weekly: '/reporting/periods/new?kind=weekly' } : null, rows,
    pager: pagerOf(page, total, (to) => `${base}&page=${to}`, t, perPage), empty: t(keeps ? 'period.noneKept' : 'period.none'),
  };
}

async function rowOf(house: House, { period, campaign }: PeriodOfCampaign, sight: DueSight, now: string, t: Words): Promise<Page['rows'][number]> {
  const phase = phaseOf(period, now);
  const href = `/reporting/periods/${period.id}`;
  const nothing = { text: '', href: null };
  const counts = phase === 'ahead' || sight.scope.length === 0 ? { owed: nothing, inTime: nothing, late: nothing, missing: nothing } : countsOf(totalOf(await tallies(house.db.reader, period, sight, house.clock.occurring())), href, null);
  const { owed, inTime, late, missing } = counts;
  return { href, name: period.name, campaign: campaign.name, opens: momentOf(period.opensAt, house.clock.zone, t), cutOff: momentOf(period.cutOffAt, house.clock.zone, t), state: phaseBadge(phase, t), owed, inTime, late, missing };
}
