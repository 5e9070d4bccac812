import Sqlite from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commitRecorded } from '../../src/ledger/stream.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { forged } from '../support/forging.js';
import { assignment, does, listed, photo, walked } from '../support/factories.js';

/** ZG-2020-0001 closed after a whole life with a photo; ZG-2020-0002 assigned with two parts. */
async function aLedger() {
  const house = await testHouse();
  const cast = await withCast(house);
  await walked(house, cast, await listed(house, cast));
  await does(house, cast, 'office', await listed(house, cast), 'ASSIGN', { ...assignment, responsibleUnitIds: [4, 8] });
  return house;
}

test('an honest ledger holds: chains, replays, rows, parts, evidence, counts, words, numbers', async () => {
  expect(await verifyLedger(await aLedger())).toMatchObject({ findings: 4, files: 1, faults: [] });
});

test('history cannot be changed or deleted, evidence neither', async () => {
  const house = await aLedger();
  const behind = new Sqlite(join(house.config.dataDir, 'ledger.db'));
  expect(() => behind.exec("UPDATE finding_events SET payload = '{}' WHERE seq = 2")).toThrow('history is append-only');
  expect(() => behind.exec('DELETE FROM finding_events')).toThrow('history is append-only');
  expect(() => behind.exec('DELETE FROM evidence')).toThrow('never deleted');
  behind.close();
});

describe('whoever goes behind its back is found out', () => {
  test.each([
    ['an event', "DROP TRIGGER finding_events_no_update; UPDATE finding_events SET occurred_on = '2020-01-01' WHERE seq = 12", ['hash', 'row', 'snapshot']],
    ['the last event taken away', 'DROP TRIGGER finding_events_no_delete; DELETE FROM finding_events WHERE seq = 12', ['beside', 'chain', 'gap', 'row', 'snapshot']],
    ['a date in the row', "UPDATE findings SET closed_on = '2020-01-02' WHERE id = 1", ['row']],
    ['what was last reported', "UPDATE findings SET latest = '一切正常' WHERE id = 1", ['row']],
    ['the stage that forms carry', 'UPDATE findings SET moved_seq = 3 WHERE id = 1', ['row']],
    ['a snapshot', "UPDATE finding_snapshots SET snapshot = replace(snapshot, '\"cycle\":1', '\"cycle\":2') WHERE finding_id = 1", ['snapshot']],
    ['who may see it', 'DELETE FROM finding_scope WHERE finding_id = 1 AND unit_id = 3', ['beside']],
    ['a deadline in the scope', "UPDATE finding_scope SET due_on = '2021-01-01' WHERE finding_id = 2", ['beside']],
    ['who must act', "UPDATE waiting SET due_on = '2021-01-01' WHERE finding_id = 3", ['beside']],
    ['a timer', "UPDATE timers SET due_at = '2030-01-01T00:00:00.000Z' WHERE finding_id = 3", ['beside']],
    ['a measure that was done', "UPDATE measures SET text = '另一项措施' WHERE finding_id = 1", ['beside']],
    ['the standard that is to be met', "UPDATE finding_texts SET closure_standard = '完成即可' WHERE finding_id = 1", ['beside']],
    ['the problem itself', "UPDATE finding_texts SET description = '没有问题' WHERE finding_id = 1", ['beside']],
    ['a part taken from its parent', 'UPDATE findings SET parent_id = NULL WHERE id = 4', ['number', 'parts', 'beside']],
    ['a number that was given', "UPDATE series SET last = 7 WHERE name = 'ZG-2020'", ['number']],
    ['evidence under another event', 'UPDATE evidence SET event_seq = 2', ['evidence']],
    ['a kept count', "UPDATE finding_counts SET amount = 9 WHERE stage = 'closed'", ['counts']],
    ['the word index', 'DELETE FROM finding_search WHERE rowid = 1', ['search']],
    ['the record of an account', "DROP TRIGGER stream_events_no_update; UPDATE stream_events SET actor_name = '别人'", ['streamChain']],
  ])('%s', async (_, sql, what) => {
    const house = await aLedger();
    await commitRecorded(house, { statements: [], search: [] }, { stream: 'accounts', type: 'PasswordReset', actorId: 10, actorName: '管理员', payload: { person: 4 } });
    const behind = new Sqlite(join(house.config.dataDir, 'ledger.db'));
    behind.exec(sql);
    behind.close();
    const { faults } = await verifyLedger(house);
    expect([...new Set(faults.map((fault) => fault.what))].sort()).toEqual([...what].sort());
  });

  test('a file of evidence that is gone', async () => {
    const house = await aLedger();
    const { sha256 } = await photo(house);
    rmSync(join(house.config.dataDir, 'evidence', sha256.slice(0, 2), sha256));
    expect((await verifyLedger(house)).faults.map((fault) => fault.what)).toEqual(['fileMissing']);
  });

  test('somebody written into an event as their own verifier, with every hash made again', async () => {
    const house = await aLedger();
    await forged(house, 1, (event) => (event.type === 'PASS' ? { ...event, actor: { ...event.actor, personId: 4, name: '交通经办甲' } } : event));
    const what = (await verifyLedger(house)).faults.map((fault) => fault.what);
    expect(what).toContain('separation');
    expect(what).not.toContain('hash');
  });
});
