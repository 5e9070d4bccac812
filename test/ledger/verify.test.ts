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

async function aHouse() {
  const house = await testHouse();
  return { house, cast: await withCast(house) };
}

/** ZG-2020-0001 closed after a whole life with a photo; ZG-2020-0002 assigned with two parts. */
async function aLedger() {
  const { house, cast } = await aHouse();
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
    ['an event', "DROP TRIGGER finding_events_no_update; UPDATE finding_events SET occurred_on = '2020-01-01' WHERE seq = 12", ['hash', 'row', 'snapshot', 'times']],
    ['the last event taken away', 'DROP TRIGGER finding_events_no_delete; DELETE FROM finding_events WHERE seq = 12', ['beside', 'chain', 'gap', 'row', 'snapshot']],
    ['a date in the row', "UPDATE findings SET closed_on = '2020-01-02' WHERE id = 1", ['row']],
    ['what was last reported', "UPDATE findings SET latest = '一切正常' WHERE id = 1", ['row']],
    ['the stage that forms carry', 'UPDATE findings SET moved_seq = 3 WHERE id = 1', ['row']],
    ['a snapshot', "UPDATE finding_snapshots SET snapshot = replace(snapshot, '\"cycle\":1', '\"cycle\":2') WHERE finding_id = 1", ['snapshot']],
    ['who may see it', 'DELETE FROM finding_scope WHERE finding_id = 1 AND unit_id = 3', ['beside']],
    ['a deadline in the scope', "UPDATE finding_scope SET due_on = '2021-01-01' WHERE finding_id = 2", ['beside']],
    ['who must act', "UPDATE waiting SET due_on = '2021-01-01' WHERE finding_id = 3", ['beside']],
    ['what came back', 'UPDATE waiting SET returned = 1 WHERE finding_id = 3', ['beside']],
    ['a timer', "UPDATE timers SET due_at = '2030-01-01T00:00:00.000Z' WHERE finding_id = 3", ['beside']],
    ['a measure that was done', "UPDATE measures SET text = '另一项措施' WHERE finding_id = 1", ['beside']],
    ['the standard that is to be met', "UPDATE finding_texts SET closure_standard = '完成即可' WHERE finding_id = 1", ['beside']],
    ['the problem itself', "UPDATE finding_texts SET description = '没有问题' WHERE finding_id = 1", ['beside']],
    ['a part taken from its parent', 'UPDATE findings SET parent_id = NULL WHERE id = 4', ['number', 'parts', 'beside']],
    ['a number that was given', "UPDATE series SET last = 7 WHERE name = 'ZG-2020'", ['number']],
    ['evidence under another event', 'UPDATE evidence SET event_seq = 2', ['evidence']],
    ['a kept sum of the matrix', "UPDATE scope_counts SET amount = amount + 1 WHERE unit_id = 1", ['counts']],
    ['a kept length of a queue', 'UPDATE waiting_counts SET amount = amount + 1', ['counts']],
    ['a kept count', "UPDATE finding_counts SET amount = 9 WHERE stage = 'closed'", ['counts']],
    ['the word index', 'DELETE FROM finding_search WHERE rowid = 1', ['search']],
    ['a finding taken out of the middle', "PRAGMA foreign_keys = OFF; DELETE FROM findings WHERE id = 1; UPDATE series SET last = last - 1 WHERE name = 'ZG-2020'", ['number', 'search']],
    ['a series that was forgotten', "DELETE FROM series WHERE name = 'ZG-2020'", ['number']],
    ['a stream that nobody writes', "UPDATE stream_heads SET stream = 'nobody' WHERE stream = 'accounts'", ['streamChain']],
    ['an end that was moved on', "UPDATE stream_heads SET seq = seq + 5 WHERE stream = 'accounts'", ['streamChain']],
    ['who is named beside the event', "DROP TRIGGER finding_events_no_update; UPDATE finding_events SET actor_id = 9 WHERE finding_id = 1 AND seq = 2", ['hash', 'times']],
    ['who brought a photo', 'DROP TRIGGER IF EXISTS evidence_no_change; UPDATE evidence SET uploaded_by = 9', ['evidence']],
    ['a second source', "INSERT INTO sources (id, channel, issuer, document_number) VALUES (77, 'audit', '别处', ''); INSERT INTO finding_sources (finding_id, source_id, original_number, verbatim) VALUES (1, 77, '', '')", ['beside']],
    ['who watches it', "UPDATE finding_texts SET supervisor = '别人' WHERE finding_id = 2", ['beside']],
    ['what a photo shows', "DROP TRIGGER evidence_no_change; UPDATE evidence SET phase = 'before'", ['evidence']],
    ['a snapshot taken away', 'PRAGMA foreign_keys = OFF; DELETE FROM finding_snapshots WHERE finding_id = 1', ['chain', 'snapshot']],
    ['the last record of an account taken away', "DROP TRIGGER stream_events_no_delete; DELETE FROM stream_events WHERE stream = 'accounts' AND seq = (SELECT max(seq) FROM stream_events WHERE stream = 'accounts')", ['streamChain']],
    ['the source it came from', "INSERT INTO sources (id, channel, issuer, document_number) VALUES (77, 'audit', '别处', ''); UPDATE findings SET source_id = 77 WHERE id = 1", ['row']],
    ['the number in that source', "UPDATE finding_sources SET original_number = '99' WHERE finding_id = 1", ['beside']],
    ['columns of the original list', "UPDATE finding_texts SET extra = '{\"备注\":\"改过\"}' WHERE finding_id = 1", ['beside']],
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

  test('a file put in place of another, row and all', async () => {
    const house = await aLedger();
    const other = await photo(house, '别处的照片');
    const behind = new Sqlite(join(house.config.dataDir, 'ledger.db'));
    behind.exec('DROP TRIGGER evidence_no_change');
    behind.prepare('UPDATE evidence SET sha256 = ?, size = ?').run(other.sha256, other.size);
    behind.close();
    expect((await verifyLedger(house)).faults.map((fault) => fault.what)).toEqual(['evidence']);
  });

  test('nobody, while others write: all of it is read as it stood at one moment', async () => {
    const { house, cast } = await aHouse();
    const numbers = [await listed(house, cast), await listed(house, cast), await listed(house, cast)];
    let going = true;
    const writing = (async () => { for (let each = 0; going; each += 1) await does(house, cast, 'office', numbers[each % 3] ?? '', 'AMEND', { title: `题 ${each}`, reason: '按反馈原文更正题名。' }); })();
    for (let times = 0; times < 5; times += 1) expect((await verifyLedger(house)).faults).toEqual([]);
    going = false;
    await writing;
  });

  test('somebody written into an event as their own verifier, with every hash made again', async () => {
    const house = await aLedger();
    await forged(house, 1, (event) => (event.type === 'PASS' ? { ...event, actor: { ...event.actor, personId: 4, name: '交通经办甲' } } : event));
    const what = (await verifyLedger(house)).faults.map((fault) => fault.what);
    expect(what).toContain('separation');
    expect(what).not.toContain('hash');
  });
});
