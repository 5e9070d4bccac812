import type { House, Person } from '../context.js';
import { prepareMeeting } from '../meetings/commands/prepare.js';
import { candidatesOf } from '../meetings/queries.js';

/** A closure meeting that is to be held tomorrow, on everything that was verified and waits. */
export async function demoMeeting(house: House, person: Person, officeId: number, heldOn: string): Promise<void> {
  const numbers = (await candidatesOf(house.db.reader, officeId)).map(({ number }) => number);
  await prepareMeeting(house, person, officeId, { title: '5月第二次销号审议会', heldOn, place: '市政府二楼会议室', attendees: '市牵头领导、市办、市核查组', numbers }, 'demonstration');
}
