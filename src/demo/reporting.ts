import { and, eq, inArray, isNull } from 'drizzle-orm';
import { findings } from '../../db/schema/index.js';
import type { Clock } from '../clock.js';
import { instantOf } from '../clock.js';
import type { House, Person } from '../context.js';
import { act } from '../findings/commands/act.js';
import { peopleQueries } from '../people/queries.js';
import { closePeriods } from '../reporting/close.js';
import { owingStages } from '../reporting/dues.js';
import { addPeriods } from '../reporting/period-commands.js';
import { weeklyPeriods } from '../reporting/periods.js';
import type { DemoPlaces, UnitKey } from './organisation.js';

/** Who reported when: the week that is over was kept by most; in the last one two came late and one not at all. Of this week nothing is there yet. */
const reports: readonly (readonly [unit: UnitKey, date: string, time: string, text: string])[] = [
  ['hr', '2020-04-29', '16:20', '已核对六个车间的用工台账，其余正在核对。'], ['insurance', '2020-04-29', '17:05', '已与扶贫部门会商比对口径，方案待审核。'], ['water', '2020-04-30', '09:40', '报修台账样式已征求各县区意见。'],
  ['poverty', '2020-04-30', '10:15', '五个县区已销号，余一个县区等待审签。'], ['poverty', '2020-05-07', '09:30', '督促余下县区整理资料。'],
  ['hr', '2020-05-07', '15:10', '台账核对完毕，销号申请待负责人签字。'], ['insurance', '2020-05-08', '09:20', '本周完成一次数据比对，反馈各县区核实。'],
];

/** Weekly reporting periods of both campaigns, Monday to Thursday noon, those of the past two weeks cut off. */
export async function reportingWeeks(house: House, places: DemoPlaces): Promise<void> {
  const [zone, office] = [house.clock.zone, await personCalled(house, 'office')];
  const start = at(house, '2020-04-26', '09:00');
  const weeks = weeklyPeriods({ pattern: '第#周', first: 1, opensWeekday: 1, opensTime: '00:00', weekday: 4, time: '12:00', from: '2020-04-27', to: '2020-06-30' }, zone, start.clock.occurring(), false);
  for (const campaignId of [places.campaign.rectification, places.campaign.hundredDays]) await addPeriods(start, office, campaignId, weeks, `weeks of ${campaignId}`);
  for (const [unit, date, time, text] of reports) {
    await closePeriods(at(house, date, time));
    const numbers = await owedBy(house, places.unit[unit]);
    for (const number of numbers) await act(at(house, date, time), await personCalled(house, unit), { number, event: 'REPORT', data: { text }, seen: null, onBehalf: null, files: [] }, `${date} ${time}`);
  }
  await closePeriods(at(house, '2020-05-10', '09:00'));
}

async function owedBy(house: House, unitId: number): Promise<readonly string[]> {
  const rows = await house.db.reader.select({ number: findings.number }).from(findings).where(and(eq(findings.leadUnitId, unitId), inArray(findings.stage, [...owingStages]), isNull(findings.parentId)));
  return rows.map(({ number }) => number);
}

async function personCalled(house: House, username: string): Promise<Person> {
  const queries = peopleQueries(house.db.reader);
  const row = await queries.byUsername(username);
  const person = row && (await queries.person(row.id, '2020-05-11'));
  if (!person) throw new Error(`Nobody in the demonstration is called ${username}.`);
  return person;
}

function at(house: House, date: string, time: string): House {
  const occurring = instantOf(house.clock.zone, date, time);
  const clock: Clock = { zone: house.clock.zone, now: () => house.clock.now(), occurring: () => occurring, today: () => date };
  return { ...house, clock };
}
