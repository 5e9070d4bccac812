import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openDatabase } from '../../db/open.js';
import { houseOn } from '../../src/house.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { aFinding, assignment, does } from '../support/factories.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { accepted, aCampaign } from './a-campaign.js';

/** Takes from a ledger what this schema brought: it stands as one that was in use before. */
function olderLedger(file: string): void {
  const behind = new Sqlite(file);
  behind.pragma('foreign_keys = OFF');
  behind.exec('DROP TRIGGER reported_at_insert; DROP TRIGGER reported_at_lead');
  for (const table of ['reporting_dues', 'report_drafts', 'lead_reports', 'reporting_periods']) behind.exec(`DROP TABLE ${table}`);
  behind.exec("DROP INDEX findings_campaign; DROP INDEX finding_scope_owed; DROP INDEX finding_scope_reported; ALTER TABLE finding_scope DROP COLUMN reported_at; DELETE FROM migrations WHERE name IN ('0006_reporting', '0013_reported_at', '0017_reported_and_gone')");
  behind.close();
}

test('a ledger that is in use is brought up to date: every report of a lead unit is known, and no other', async () => {
  const { house, cast } = await aCampaign();
  const one = await accepted(house, cast, '甲问题', 3, 'transport');
  const [supported = ''] = await listFindings(house, await cast.person('office'), [{ ...aFinding(cast), campaignId: 1 }], { commandKey: 'supported' });
  await does(house, cast, 'office', supported, 'ASSIGN', { ...assignment, supportingUnitIds: [7], rectificationType: 'immediate' });
  await does(house, cast, 'transport', supported, 'ACCEPT');
  for (const [username, number] of [['transport', one], ['transport-head', one], ['water', supported], ['transport', supported]] as const) await does(house, cast, username, number, 'REPORT', { nothingNew: true });
  const file = join(house.config.dataDir, 'ledger.db');
  const held = (): unknown => { const db = new Sqlite(file, { readonly: true }); const rows = db.prepare('SELECT * FROM lead_reports ORDER BY finding_id, seq').all(); db.close(); return rows; };
  const before = held();
  await house.db.close();
  olderLedger(file);
  const db = await openDatabase({ file });
  expect(held()).toEqual(before);
  expect((await verifyLedger(await houseOn(db, house.config, pino({ level: 'silent' })))).faults).toEqual([]);
  await db.close();
});
