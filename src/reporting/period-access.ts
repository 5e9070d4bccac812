import { and, eq } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import { findingScope } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import { ForbiddenError, NotVisibleError } from '../errors.js';
import { scopeOf, seesFindings } from '../findings/policy.js';
import type { UnitTree } from '../organisation/tree.js';
import { administrationOf } from '../people/scope.js';
import { personOf } from '../plugins/people.js';
import { allCampaigns, openCampaigns, periodById, type Campaign, type PeriodOfCampaign } from './period-queries.js';

/** The host office of a campaign keeps its periods; the administrator of the whole jurisdiction may, too. */
export function keepsPeriods(person: Pick<Person, 'posts'>, { hostOfficeId }: Pick<Campaign, 'hostOfficeId'>, tree: UnitTree): boolean {
  return administrationOf(person, tree)?.whole === true || person.posts.some((post) => post.role === 'office' && post.unitId === hostOfficeId);
}

/** Whoever works on findings, and the administrator of the whole jurisdiction. Throws ForbiddenError. */
export function readerOf(request: FastifyRequest): Person {
  const person = personOf(request);
  if (!seesFindings(person) && request.administers?.whole !== true) throw new ForbiddenError('periods concern those who work on findings');
  return person;
}

/** Campaigns that somebody knows: those they keep, and those of which they see a finding. */
export async function campaignsFor(house: House, person: Person): Promise<readonly Campaign[]> {
  const known: Campaign[] = [];
  const tree = await house.tree();
  for (const campaign of await allCampaigns(house.db.reader)) if (keepsPeriods(person, campaign, tree) || (await takesPart(house, person, campaign.id))) known.push(campaign);
  return known;
}

/** Campaigns to which somebody may add periods. Throws ForbiddenError when there is none. */
export async function campaignsKept(house: House, person: Person): Promise<readonly Campaign[]> {
  const tree = await house.tree();
  const kept = (await openCampaigns(house.db.reader)).filter((campaign) => keepsPeriods(person, campaign, tree));
  if (kept.length === 0) throw new ForbiddenError('only the host office of a campaign keeps its periods');
  return kept;
}

async function takesPart(house: House, person: Person, campaignId: number): Promise<boolean> {
  const { reader } = house.db;
  for (const unitId of scopeOf(person, await house.tree())) {
    const [row] = await reader.select({ id: findingScope.findingId }).from(findingScope).where(and(eq(findingScope.unitId, unitId), eq(findingScope.campaignId, campaignId))).limit(1);
    if (row) return true;
  }
  return false;
}

/** A period of a campaign that the person knows. Throws NotVisibleError when it is not there or of another. */
export async function periodFor(house: House, person: Person, id: string): Promise<PeriodOfCampaign> {
  const found = /^\d{1,12}$/u.test(id) ? await periodById(house.db.reader, Number(id)) : null;
  if (found && (keepsPeriods(person, found.campaign, await house.tree()) || (await takesPart(house, person, found.campaign.id)))) return found;
  throw new NotVisibleError('no such period', { number: '', office: '', phone: '' });
}

/** One that they may change. Throws NotVisibleError when they do not know it, ForbiddenError when another keeps it. */
export async function periodKept(house: House, person: Person, id: string): Promise<PeriodOfCampaign> {
  const found = await periodFor(house, person, id);
  if (!keepsPeriods(person, found.campaign, await house.tree())) throw new ForbiddenError('another office keeps this period');
  return found;
}
