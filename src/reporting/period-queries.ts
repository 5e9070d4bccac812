import { and, asc, desc, eq, gt, isNull, lte, sql, type SQL } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import type { Row } from '../../db/changeset.js';
import type { Reader } from '../../db/database.js';
import { prepared } from '../../db/prepared.js';
import { campaigns, reportingPeriods } from '../../db/schema/index.js';
import type { Period } from './periods.js';

export type Campaign = Pick<Row<typeof campaigns>, 'id' | 'name' | 'hostOfficeId' | 'disabledOn'>;
export interface PeriodOfCampaign {
  readonly period: Period;
  readonly campaign: Campaign;
}

const periods = reportingPeriods;
const nextOpensAt = sql<string | null>`(select min(later.opens_at) from reporting_periods later where later.campaign_id = ${periods.campaignId} and later.opens_at > ${periods.opensAt})`;
const campaign = { id: campaigns.id, name: campaigns.name, hostOfficeId: campaigns.hostOfficeId, disabledOn: campaigns.disabledOn };

function found(reader: Reader) {
  return reader.select({ row: periods, nextOpensAt, campaign }).from(periods).innerJoin(campaigns, eq(campaigns.id, periods.campaignId));
}

function whole({ row, nextOpensAt: next, campaign: of }: { readonly row: Row<typeof periods>; readonly nextOpensAt: string | null; readonly campaign: Campaign }): PeriodOfCampaign {
  return { period: { ...row, nextOpensAt: next }, campaign: of };
}

/** A period with its campaign; null when there is none. */
export async function periodById(reader: Reader, id: number): Promise<PeriodOfCampaign | null> {
  const [row] = await found(reader).where(eq(periods.id, id));
  return row ? whole(row) : null;
}

/** Every period of a campaign, the earliest first. */
export async function periodsOf(reader: Reader, campaignId: number): Promise<readonly Period[]> {
  return (await found(reader).where(eq(periods.campaignId, campaignId)).orderBy(asc(periods.opensAt))).map((row) => whole(row).period);
}

/** Of each campaign that goes on, the period that opened last: the one on which units report now. */
export async function currentPeriods(reader: Reader, now: string): Promise<readonly PeriodOfCampaign[]> {
  return (await current(reader).all({ now })).map(whole);
}

const current = prepared((reader) => {
  const last = sql`${periods.opensAt} = (select max(other.opens_at) from reporting_periods other where other.campaign_id = ${periods.campaignId} and other.opens_at <= ${sql.placeholder('now')})`;
  return found(reader).where(and(isNull(campaigns.disabledOn), last)).orderBy(asc(periods.cutOffAt), asc(periods.id)).prepare();
});

/** Those that have opened, the newest first, or those that have not, the next first; of these campaigns. */
export async function periodsShown(reader: Reader, campaignIds: readonly number[], now: string, ahead: boolean, { limit, offset }: { readonly limit: number; readonly offset: number }): Promise<readonly PeriodOfCampaign[]> {
  const where = shown(campaignIds, now, ahead);
  return (await found(reader).where(where).orderBy(...(ahead ? [asc(periods.opensAt), asc(periods.id)] : [desc(periods.opensAt), desc(periods.id)])).limit(limit).offset(offset)).map(whole);
}

export async function periodsCount(reader: Reader, campaignIds: readonly number[], now: string, ahead: boolean): Promise<number> {
  return reader.$count(periods, shown(campaignIds, now, ahead));
}

function shown(campaignIds: readonly number[], now: string, ahead: boolean): SQL | undefined {
  return and(sql`${periods.campaignId} in (select value from json_each(${asList(campaignIds)}))`, ahead ? gt(periods.opensAt, now) : lte(periods.opensAt, now));
}

/** Those that were cut off by `instant` and of which nothing is written down yet, the earliest first. */
export async function unclosedPeriods(reader: Reader, instant: string): Promise<readonly Period[]> {
  return (await found(reader).where(and(isNull(periods.closedAt), lte(periods.cutOffAt, instant))).orderBy(asc(periods.cutOffAt), asc(periods.id)).limit(50)).map((row) => whole(row).period);
}

/** Campaigns that go on. */
export async function openCampaigns(reader: Reader): Promise<readonly Campaign[]> {
  return reader.select(campaign).from(campaigns).where(isNull(campaigns.disabledOn)).orderBy(asc(campaigns.id)).limit(200);
}

/** Every campaign there was: what was owed to one that ended is still there. */
export async function allCampaigns(reader: Reader): Promise<readonly Campaign[]> {
  return reader.select(campaign).from(campaigns).orderBy(asc(campaigns.id)).limit(500);
}
