import { randomUUID } from 'node:crypto';
import { changeset, insertRow } from '../../db/changeset.js';
import { campaigns, series } from '../../db/schema/index.js';
import { usualSwitches } from '../../workflows/rectification/1/blank.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { testHouse } from '../support/app.js';
import { withCast, type Cast } from '../support/cast.js';
import { aFinding, assignment, does } from '../support/factories.js';

export type TestHouse = Awaited<ReturnType<typeof testHouse>>;

/** A house in which the city's office runs one campaign and the county's another, on a Monday at eight in Shanghai. */
export async function aCampaign() {
  const house = await testHouse();
  const cast = await withCast(house);
  const of = (id: number, name: string, hostOfficeId: number) => insertRow(campaigns, { id, name, hostOfficeId, switches: JSON.stringify(usualSwitches) });
  await house.db.commit(changeset(of(1, '百日攻坚', 2), of(2, '区里自查', 5), insertRow(series, { name: 'campaigns', last: 2 })));
  house.clock.set('2020-05-11T00:00:00.000Z');
  return { house, cast };
}

/** A finding of the campaign that its unit has accepted and puts right. */
export async function accepted(house: TestHouse, cast: Cast, title: string, leadUnitId: number, username: string, campaignId = 1): Promise<string> {
  const [number = ''] = await listFindings(house, await cast.person('office'), [{ ...aFinding(cast, { title }), campaignId }], { commandKey: randomUUID() });
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, leadUnitId, rectificationType: 'immediate', deadline: '2020-06-30' });
  await does(house, cast, username, number, 'ACCEPT');
  return number;
}

/** Monday 00:00 to Thursday 12:00 in Shanghai, as instants. */
export const monday = '2020-05-10T16:00:00.000Z';
export const thursdayNoon = '2020-05-14T04:00:00.000Z';
export const nextMonday = '2020-05-17T16:00:00.000Z';
export const nextThursday = '2020-05-21T04:00:00.000Z';
