import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyLedger } from '../../src/ledger/verify.js';
import { testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, does, listed, walked } from '../support/factories.js';

test('an honest ledger holds: chains, replays, rows, numbers', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  await walked(house, cast, await listed(house, cast));
  await does(house, cast, 'office', await listed(house, cast), 'ASSIGN', { ...assignment, responsibleUnitIds: [4, 8] });
  expect(await verifyLedger(house)).toMatchObject({ findings: 4, faults: [] });
});

test('whoever changes an event, a row or a number behind its back is found out', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  await walked(house, cast, await listed(house, cast));
  const behind = new Sqlite(join(house.config.dataDir, 'ledger.db'));
  expect(() => behind.exec("UPDATE finding_events SET payload = '{}' WHERE seq = 2")).toThrow('history is append-only');
  behind.exec("DROP TRIGGER finding_events_no_update; UPDATE finding_events SET occurred_on = '2020-01-01' WHERE seq = 12; UPDATE findings SET closed_on = '2020-01-02'; UPDATE series SET last = 7 WHERE name = 'ZG-2020'");
  behind.close();
  const { faults } = await verifyLedger(house);
  expect(new Set(faults.map((fault) => fault.what))).toEqual(new Set(['hash', 'row', 'snapshot', 'number']));
});
