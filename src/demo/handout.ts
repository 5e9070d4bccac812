import { asc, eq } from 'drizzle-orm';
import { assignmentNotices, findings, people } from '../../db/schema/index.js';
import { noticeChanges, type HandedOut } from '../assignment-notices/issue.js';
import { receiveNotices } from '../assignment-notices/receive.js';
import { handedOutBy } from '../assignment-notices/queries.js';
import type { House } from '../context.js';
import { findingQueries } from '../findings/queries.js';
import { peopleQueries } from '../people/queries.js';

/** The notices of the 266 clues: one for each unit, dated when they were handed out; most are received, two are not. `at` sets the clock of the play. */
export async function playNotices(house: House, at: (date: string, hour: number) => House): Promise<void> {
  const queries = peopleQueries(house.db.reader);
  const office = await queries.byUsername('office');
  const person = office && (await queries.person(office.id, '2020-05-11'));
  if (!person) return;
  const handed: HandedOut[] = [];
  for (const { id } of await house.db.reader.select({ id: findings.id }).from(findings).where(eq(findings.stage, 'suspected')).orderBy(asc(findings.id))) {
    const [loaded, seq] = [await findingQueries(house.db.reader).byId(id), await handedOutBy(house.db.reader, id)];
    const unitId = loaded?.snapshot.context.checkUnitId ?? null;
    if (loaded && unitId !== null && seq !== null) handed.push({ kind: 'check', loaded, unitId, seq });
  }
  await house.db.commit(await noticeChanges(at('2020-04-23', 11), person, handed));
  await receiveMost(house, at('2020-04-24', 10));
}

async function receiveMost(house: House, then: House): Promise<void> {
  const queries = peopleQueries(house.db.reader);
  const everybody = await Promise.all((await house.db.reader.select({ id: people.id }).from(people)).map(({ id }) => queries.person(id, '2020-05-11')));
  const notices = await house.db.reader.select().from(assignmentNotices).orderBy(asc(assignmentNotices.id));
  for (const notice of notices.slice(0, -2)) {
    const receiver = everybody.find((each) => each?.username !== 'transport' && each?.posts.some(({ role, unitId }) => role === 'handler' && unitId === notice.unitId));
    if (receiver) await receiveNotices(then, receiver, [notice]);
  }
}
