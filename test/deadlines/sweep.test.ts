import Sqlite from 'better-sqlite3';
import { asc } from 'drizzle-orm';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { changeset, insertRow } from '../../db/changeset.js';
import { findings, timers } from '../../db/schema/index.js';
import { sweep } from '../../src/deadlines/sweep.js';
import { testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, does, listed } from '../support/factories.js';

/** Three findings assigned to the road bureau, which lets the window for returning them pass. */
async function threeUnanswered() {
  const house = await testHouse();
  const cast = await withCast(house);
  const logged: string[] = [];
  for (let count = 0; count < 3; count += 1) await does(house, cast, 'office', await listed(house, cast), 'ASSIGN', assignment);
  house.clock.set('2020-07-31T04:00:00.000Z');
  return { house: { ...house, log: pino({ level: 'error' }, { write: (line: string) => { logged.push(line); } }) }, logged };
}

async function stagesOf({ db }: Awaited<ReturnType<typeof threeUnanswered>>['house']): Promise<readonly string[]> {
  return (await db.reader.select({ stage: findings.stage }).from(findings).orderBy(asc(findings.id))).map((row) => row.stage);
}

/** The earliest timer now belongs to a finding whose state nobody can read. */
function poisonFirst(house: { readonly config: { readonly dataDir: string } }): void {
  const behind = new Sqlite(join(house.config.dataDir, 'ledger.db'));
  behind.exec("UPDATE finding_snapshots SET snapshot = '{' WHERE finding_id = 1");
  behind.close();
}

test('when the window has passed, what nobody returned counts as accepted', async () => {
  const { house } = await threeUnanswered();
  expect(await sweep(house)).toBe(3);
  expect(await stagesOf(house)).toEqual(['rectifying', 'rectifying', 'rectifying']);
  expect(await sweep(house)).toBe(0);
});

test('a timer that cannot be fired is logged and holds up none behind it', async () => {
  const { house, logged } = await threeUnanswered();
  poisonFirst(house);
  expect(await sweep(house)).toBe(2);
  expect(await stagesOf(house)).toEqual(['assigned', 'rectifying', 'rectifying']);
  expect(logged).toHaveLength(1);
  expect(logged[0]).toContain('"findingId":1');
  expect((await house.db.timersDue(house.clock.occurring(), 10)).map((timer) => timer.findingId)).toEqual([1]);
});

test('also a whole page of timers that cannot be fired holds up none behind it', async () => {
  const { house, logged } = await threeUnanswered();
  poisonFirst(house);
  await house.db.commit(changeset(...Array.from({ length: 250 }, (_, index) => insertRow(timers, { findingId: 1, name: `poisoned ${index}`, event: 'NOTHING', dueAt: '2020-01-01T00:00:00.000Z' }))));
  expect(await sweep(house)).toBe(2);
  expect(logged).toHaveLength(251);
});
