import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leaderPage } from '../../src/workbench/leader.js';
import { workbenchPage } from '../../src/workbench/page.js';
import { words } from '../../src/words.js';
import { testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, does, listed, walked } from '../support/factories.js';

/** Through a table, through all that somebody may see, or through all that is no part. */
const walks = /^SCAN|finding_scope USING (?:COVERING )?INDEX \w+ \(unit_id=\? AND is_part=\?\)|findings_parent \(parent_id=\?\)/u;
/** Tables that hold a house's settings and people, whatever the ledger grows to. */
const small = /^SCAN (?:list|json_each|CONSTANT|settings|units|unit_aliases|campaigns|reporting_periods|later|other|categories|calendar_days|\(subquery|first|firsts)\b/u;

test('no query of any first page walks through a table that grows with the ledger', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  await walked(house, cast, await listed(house, cast));
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, responsibleUnitIds: [4, 8] });
  await does(house, cast, 'leader', number, 'INSTRUCT', { text: '请于本周内报送进展情况。', unitId: 3 });
  await listed(house, cast, { suspected: true });
  const connection = new Sqlite(join(house.config.dataDir, 'ledger.db'), { readonly: true });
  const asked = new Set<string>();
  const statement = Object.getPrototypeOf(connection.prepare('SELECT 1')) as Sqlite.Statement<unknown[]>; // all statements of the process share it
  const own = (['all', 'get'] as const).map((way) => [way, Reflect.get(statement, way)] as const);
  for (const [way, read] of own) Reflect.set(statement, way, function (this: Sqlite.Statement<unknown[]>, ...params: unknown[]): unknown { asked.add(this.source); return Reflect.apply(read, this, params); });
  try {
    for (const name of ['office', 'ganzhou-office', 'transport', 'transport-head', 'ganzhou', 'inspector'] as const) await workbenchPage(house, await cast.person(name), null, words('zh-CN'));
    await leaderPage(house, await cast.person('leader'), words('zh-CN'));
  } finally {
    for (const [way, read] of own) Reflect.set(statement, way, read);
  }
  expect(asked.size).toBeGreaterThan(20);
  for (const sql of asked) {
    const plan = connection.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...Array.from({ length: (sql.match(/\?/gu) ?? []).length }, () => 0)).map(({ detail }) => detail);
    expect([sql.slice(0, 200), plan.filter((detail) => walks.test(detail) && !small.test(detail) && !sql.includes('"parent_id" in'))]).toEqual([sql.slice(0, 200), []]);
  }
  connection.close();
});
