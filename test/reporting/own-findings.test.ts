import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sweep } from '../../src/deadlines/sweep.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { actOnMany } from '../../src/findings/commands/many.js';
import { findingQueries } from '../../src/findings/queries.js';
import { gridOf } from '../../src/reporting/grid.js';
import { ownFindings, ownFindingsQuery } from '../../src/reporting/own-findings.js';
import { testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, assignment, does, listed } from '../support/factories.js';

const immediate = { ...assignment, rectificationType: 'immediate' } as const;

test('a county whose townships lead more than a page holds sees its own, which are due later', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const office = await cast.person('office');
  const numbers = await listFindings(house, office, Array.from({ length: 205 }, () => aFinding(cast)), { commandKey: 'many' });
  await actOnMany(house, office, numbers.map((number) => ({ number, event: 'ASSIGN', data: { ...immediate, leadUnitId: 9, deadline: '2020-06-01' }, seen: null, onBehalf: null, files: [] })), 'assigned');
  const own = await listed(house, cast);
  await does(house, cast, 'office', own, 'ASSIGN', { ...immediate, leadUnitId: 4, deadline: '2020-06-02' });
  house.clock.set('2020-05-30T04:00:00.000Z');
  await sweep(house);
  const { rows, more } = await gridOf(house, await cast.person('ganzhou'), false);
  expect([rows.map(({ loaded }) => loaded.row.number), more]).toEqual([[own], false]);
});

test('what a unit leads, answers for or supports comes in the order of the deadlines, each once', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const of = async (data: object) => {
    const number = await listed(house, cast);
    await does(house, cast, 'office', number, 'ASSIGN', { ...immediate, ...data });
    return number;
  };
  const supported = await of({ leadUnitId: 7, supportingUnitIds: [3], deadline: '2020-06-03' });
  const led = await of({ leadUnitId: 3, responsibleUnitIds: [8], deadline: '2020-06-02' });
  const answered = await of({ leadUnitId: 8, responsibleUnitIds: [3], deadline: '2020-06-01' });
  await of({ leadUnitId: 9, deadline: '2020-05-30' });
  house.clock.set('2020-05-30T04:00:00.000Z');
  await sweep(house);
  const loaded = await findingQueries(house.db.reader).byIds(await ownFindings(house.db.reader, [3, 8], null));
  expect(loaded.map(({ row }) => row.number)).toEqual([answered, led, supported]);
  const only = loaded.filter(({ row }) => row.number !== led).map(({ row }) => row.id);
  expect([await ownFindings(house.db.reader, [3], only), await ownFindings(house.db.reader, [], null)]).toEqual([only, []]);
});

test('what a unit puts right is read from an index in its order, whatever the ledger holds', async () => {
  const house = await testHouse();
  await withCast(house);
  const connection = new Sqlite(join(house.config.dataDir, 'ledger.db'), { readonly: true });
  for (const only of [null, [1, 2]]) {
    const asked = ownFindingsQuery(house.db.reader, [3, 4], only)?.toSQL();
    const plan = connection.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${asked?.sql ?? ''}`).all(...(asked?.params ?? [])).map(({ detail }) => detail);
    expect(plan.filter((detail) => /^SCAN (?!json_each)|TEMP B-TREE/u.test(detail))).toEqual([]);
    expect(plan.filter((detail) => detail.includes('finding_scope_stage_due (unit_id=? AND is_part=? AND stage=?)'))).toHaveLength(8);
  }
  connection.close();
});
