import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { samples } from '../../db/schema/index.js';
import type { Clock } from '../clock.js';
import type { House, Person } from '../context.js';
import { act } from '../findings/commands/act.js';
import { peopleQueries } from '../people/queries.js';
import { drawSample } from '../samples/draw-sample.js';
import { itemsOf } from '../samples/queries.js';

/** A look-back drawn of what the campaign closed, in public and by a seed that anybody may try again; the first of it was looked at and stands. */
export async function drawDemoSample(house: House, { unitId, campaignId, date }: { readonly unitId: number; readonly campaignId: number; readonly date: string }): Promise<void> {
  const at: House = { ...house, clock: { ...clockOf(house), occurring: () => `${date}T02:00:00.000Z`, today: () => date } };
  const [office, inspector] = [await personCalled(house, 'office', date), await personCalled(house, 'inspector3', date)];
  await drawSample(at, office, { kind: 'LOOK_BACK', unitId, campaignId, categoryId: null, leadUnitId: null, parts: false, seed: '20200508', seedTyped: true, wanted: 5 }, randomUUID());
  const [sample] = await house.db.reader.select({ id: samples.id }).from(samples).where(eq(samples.seed, '20200508'));
  const [first] = sample ? await itemsOf(house.db.reader, sample.id) : [];
  if (!first) return;
  await act(at, inspector, { number: first.number, event: 'LOOK_BACK', data: { method: 'onSite', companions: ['核查员丁'], result: 'sound', note: '随机抽取后实地查看，成果保持，未发现反弹。' }, seen: null, onBehalf: null, files: [] }, randomUUID());
}

function clockOf({ clock }: House): Clock {
  return { zone: clock.zone, now: () => clock.now(), occurring: () => clock.occurring(), today: () => clock.today() };
}

async function personCalled({ db }: House, username: string, date: string): Promise<Person> {
  const row = await peopleQueries(db.reader).byUsername(username);
  const person = row && (await peopleQueries(db.reader).person(row.id, date));
  if (!person) throw new Error(`Nobody in the demonstration is called ${username}.`);
  return person;
}
