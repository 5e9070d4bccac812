import Sqlite from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backup } from '../../src/data/backup.js';
import { restore } from '../../src/data/restore.js';
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

test('a backup made while others work comes back whole, and overwrites nothing', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  await walked(house, cast, await listed(house, cast));
  const dir = mkdtempSync(join(tmpdir(), 'zhenggai-backup-'));
  const working = Promise.all(Array.from({ length: 10 }, () => listed(house, cast)));
  const manifest = await backup(house, join(dir, 'b'));
  await working;
  expect(manifest.files[0]?.path).toBe('ledger.db');
  await restore(join(dir, 'b'), join(dir, 'r'));
  await expect(restore(join(dir, 'b'), join(dir, 'r'))).rejects.toThrow('not empty');
  await expect(backup(house, join(dir, 'b'))).rejects.toThrow('exists');
  rmSync(dir, { recursive: true });
});
