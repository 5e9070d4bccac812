import Sqlite from 'better-sqlite3';
import { and } from 'drizzle-orm';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { words } from '../../src/words.js';
import { answersQuery, progressQuery, samplesIn } from '../../src/samples/queries.js';
import { inSight, loadQuery, waitingAt } from '../../src/verification/queries.js';
import { byPlace, placeOf, urgencyOf } from '../../src/visits/places.js';
import { givenTo, visitsQuery } from '../../src/visits/queries.js';
import { testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';

const t = words('zh-CN');

test('one goes to the township of a unit, else to its county; departments sit in the city', async () => {
  const house = await testHouse();
  await withCast(house);
  const tree = await house.tree();
  expect([9, 4, 3, null].map((unit) => placeOf(unit, tree, t).label)).toEqual(['甘州区 · 某镇', '甘州区（区县级）', '张掖市直单位', '未定单位']);
  const groups = byPlace([{ leadUnitId: 9 }, { leadUnitId: 7 }, { leadUnitId: 8 }, { leadUnitId: 4 }, { leadUnitId: 3 }], tree, t);
  expect(groups.map(({ place, rows }) => [place.id, rows.length])).toEqual([[1, 2], [4, 1], [9, 1], [8, 1]]);
});

test('over means the day has passed: due today is within the week', () => {
  expect(['2020-05-10', '2020-05-11', '2020-05-18', '2020-05-19', '2020-06-10', '2020-06-11', null].map((day) => urgencyOf(day, '2020-05-11'))).toEqual(['over', 'week', 'week', 'month', 'month', 'later', 'later']);
});

test('what waits, who has how much and what answers a sample is read from indexes, never by looking through a table', async () => {
  const house = await testHouse();
  await withCast(house);
  const { reader } = house.db;
  const connection = new Sqlite(join(house.config.dataDir, 'ledger.db'), { readonly: true });
  const queries = [
    visitsQuery(reader, givenTo(7)), visitsQuery(reader, waitingAt([2])), visitsQuery(reader, and(givenTo(7), inSight(reader, [1]))), loadQuery(reader, [7, 8], [1], '2020-05-11'),
    samplesIn(reader, [1, 4], null, 21), answersQuery(reader, 1, 'LOOK_BACK'), progressQuery(reader, [1, 2]),
  ];
  for (const query of queries) {
    const { sql, params } = query.toSQL();
    const plan = connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params) as { detail: string }[]; // what SQLite answers to EXPLAIN
    expect([sql, plan.map(({ detail }) => detail).filter((detail) => /^SCAN (?!json_each|CONSTANT)/u.test(detail))]).toEqual([sql, []]);
  }
  connection.close();
});
