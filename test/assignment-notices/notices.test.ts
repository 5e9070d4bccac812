import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { assignmentNotices, imports, sources } from '../../db/schema/index.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, assignment, does, listed } from '../support/factories.js';

/** Three problems with the road bureau and one with the water bureau, assigned in two batches through the pages. */
async function assignedHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  const numbers = await listFindings(house, await cast.person('office'), [1, 2, 3, 4].map(() => aFinding(cast)), { commandKey: 'four' });
  const app = await testApp(house);
  const office = await signedIn(app, 'office');
  const assign = async (chosen: readonly string[], leadUnitId: number, key: string) => {
    await office.get(`/findings/assignment?${new URLSearchParams(chosen.map((n): [string, string] => ['n', n])).toString()}`);
    return office.post('/findings/assignment', { ...assignment, leadUnitId: String(leadUnitId), n: chosen, step: 'confirm', key });
  };
  await assign(numbers.slice(0, 3), 3, 'one');
  await assign(numbers.slice(3), 7, 'two');
  return { house, cast, numbers, app, office };
}

test('a batch gives each unit one notice, numbered without gaps, and none a second time', async () => {
  const { house, office, numbers } = await assignedHouse();
  const notices = await house.db.reader.select().from(assignmentNotices);
  expect(notices.map(({ unitId, items, year, serial, kind }) => [unitId, items, year, serial, kind])).toEqual([[3, 3, 2020, 1, 'assignment'], [7, 1, 2020, 2, 'assignment']]);
  await office.post('/findings/assignment', { ...assignment, leadUnitId: '3', n: numbers.slice(0, 3), step: 'confirm', key: 'one' });
  expect(await house.db.reader.select().from(assignmentNotices)).toHaveLength(2);
  const { body } = await office.get('/assignment-notices/1');
  for (const words of ['交办〔2020〕1号', '市交通运输局：', '省审计厅甘审〔2020〕1号', ...numbers.slice(0, 3), '全部项目前期手续办结并开工', '2020年5月11日']) expect(body).toContain(words);
  expect(body).not.toContain(numbers[3]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a notice says what was required when it was handed out, whatever is amended later', async () => {
  const { house, cast, office, numbers: [one = ''] } = await assignedHouse();
  await does(house, cast, 'office', one, 'AMEND', { title: '甲', requirement: '改过的整改要求。', reason: '按反馈原文更正要求。' });
  const { body } = await office.get('/assignment-notices/1');
  expect([body.includes(assignment.requirement), body.includes('改过的整改要求')]).toEqual([true, false]);
});

test('a batch leads to its own notices, and to no other', async () => {
  const { office, numbers } = await assignedHouse();
  const [first] = numbers;
  await office.post(`/findings/${first ?? ''}/recall`, { reason: '另行研究。' });
  await office.get(`/findings/assignment?n=${first ?? ''}`);
  const done = (await office.follow('/findings/assignment', { ...assignment, leadUnitId: '7', n: [first ?? ''], step: 'confirm', key: 'three' })).body;
  expect(done).toContain('查看、打印本批 1 份交办通知单');
  const [, href = ''] = /href="(\/assignment-notices\/print[^"]*)"/u.exec(done) ?? [];
  const { body } = await office.get(href.replaceAll('&#x3D;', '='));
  expect([body.includes('交办〔2020〕3号'), body.includes('交办〔2020〕1号')]).toEqual([true, false]);
});

test.each([
  ['甘审〔2020〕1号', '省审计厅甘审〔2020〕1号'], ['关于整改的通知（甘扶发〔2020〕1号）', '省审计厅关于整改的通知（甘扶发〔2020〕1号）'], ['《疑似问题清单》', '省审计厅《疑似问题清单》'], ['疑似问题清单', '省审计厅《疑似问题清单》'],
])('the paper %s is named as %s', async (document, named) => {
  const house = await testHouse();
  const cast = await withCast(house);
  await house.db.commit(changeset(updateRow(sources, { documentNumber: document }, { id: 1 }, 'source')));
  const [number = ''] = await listFindings(house, await cast.person('office'), [aFinding(cast)], { commandKey: 'one' });
  const office = await signedIn(await testApp(house), 'office');
  await office.get(`/findings/assignment?n=${number}`);
  await office.post('/findings/assignment', { ...assignment, leadUnitId: '3', n: [number], step: 'confirm', key: 'one' });
  expect((await house.db.reader.select().from(assignmentNotices))[0]?.basis).toBe(named);
});

test.each([
  ['a unit put in place of another', 'UPDATE assignment_notices SET unit_id = 7 WHERE id = 1', ['beside']],
  ['a receipt that nobody gave', "UPDATE assignment_notices SET received_by = 4, received_name = 'x', received_at = 'y' WHERE id = 1", ['beside']],
  ['a row taken off', 'DELETE FROM notice_items WHERE notice_id = 1 AND ordinal = 3', ['beside']],
  ['a row that was never handed out', 'UPDATE notice_items SET seq = 1 WHERE notice_id = 1 AND ordinal = 1', ['beside']],
  ['a paper of no batch', 'UPDATE assignment_notices SET batch_id = NULL WHERE id = 1', ['beside']],
  ['a number left out', 'UPDATE assignment_notices SET serial = 5 WHERE id = 2', ['beside', 'number']],
])('verify finds on a notice %s', async (_, sql, what) => {
  const { house } = await assignedHouse();
  const behind = new Sqlite(join(house.config.dataDir, 'ledger.db'));
  behind.exec(sql);
  behind.close();
  expect([...new Set((await verifyLedger(house)).faults.map((fault) => fault.what))]).toEqual(what);
});

test('the unit takes note once, the office sees who and when; nobody else can, and another unit sees nothing', async () => {
  const { house, app, office } = await assignedHouse();
  const transport = await signedIn(app, 'transport');
  for (const page of ['/', '/assignment-notices']) expect((await transport.get(page)).body).toContain('有 1 份通知单等待回执');
  expect((await office.get('/')).body).not.toContain('等待回执');
  const water = await signedIn(app, 'water');
  expect([(await water.get('/assignment-notices/1')).statusCode, (await water.post('/assignment-notices/receipts', { n: '1' })).statusCode, (await office.post('/assignment-notices/receipts', { n: '1' })).statusCode]).toEqual([404, 404, 403]);
  expect((await water.get('/assignment-notices')).body).not.toContain('交办〔2020〕1号');
  expect((await (await signedIn(app, 'auditor')).get('/assignment-notices')).statusCode).toBe(403);
  expect((await transport.post('/assignment-notices/receipts', { n: '1' })).statusCode).toBe(303);
  const head = await signedIn(app, 'transport-head');
  await head.post('/assignment-notices/receipts', { n: '1' });
  const { body } = await office.get('/assignment-notices/1');
  expect([body.includes('交通经办甲 于'), body.includes('交通负责人')]).toEqual([true, false]);
  expect((await verifyLedger(house)).faults).toEqual([]);
  await house.db.commit(changeset(updateRow(assignmentNotices, { receivedAt: '2020-05-10T01:00:00.000Z' }, { id: 1 }, 'receipt')));
  expect((await verifyLedger(house)).faults.map(({ where }) => where)).toEqual(['assignment_notices 1']);
});

test('a unit receives what it ticks in one go, and its office sees from its first page which are not', async () => {
  const { house, app, office, numbers } = await assignedHouse();
  await office.post(`/findings/${numbers[0] ?? ''}/recall`, { reason: '另行研究。' });
  await office.get('/findings/assignment');
  await office.post('/findings/assignment', { ...assignment, leadUnitId: '3', n: [numbers[0] ?? ''], step: 'confirm', key: 'three' });
  expect((await office.get('/')).body).toContain('有 3 份通知单还没有回执');
  const transport = await signedIn(app, 'transport');
  expect((await transport.get('/assignment-notices/print?n=1&n=3')).body).toContain('回执：已收到这 2 份通知单');
  const list = (await transport.get('/assignment-notices')).body;
  expect(list).toContain('formaction="/assignment-notices/receipts"');
  expect((await transport.post('/assignment-notices/receipts', { n: ['1', '2'] })).statusCode).toBe(404);
  expect((await transport.follow('/assignment-notices/receipts', { n: ['1', '3'] })).body).toContain('已回执 2 份');
  const open = (await office.get('/assignment-notices?receipt=open')).body;
  expect([open.includes('交办〔2020〕2号'), open.includes('交办〔2020〕1号'), (await office.get('/')).body.includes('有 1 份通知单还没有回执')]).toEqual([true, false, true]);
  expect((await office.post('/assignment-notices/print', { n: ['1', '2'] })).headers.location).toBe('/assignment-notices/print?n=1&n=2');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('each county that has a part of a common problem has it in writing, in the same batch as the whole', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const [number = ''] = await listFindings(house, await cast.person('office'), [aFinding(cast)], { commandKey: 'common' });
  const office = await signedIn(await testApp(house), 'office');
  await office.get(`/findings/assignment?n=${number}`);
  const done = (await office.follow('/findings/assignment', { ...assignment, leadUnitId: '3', responsibleUnitIds: ['4', '8'], n: [number], step: 'confirm', key: 'one' })).body;
  expect((await house.db.reader.select().from(assignmentNotices)).map(({ unitId, items, serial }) => [unitId, items, serial])).toEqual([[3, 1, 1], [4, 1, 2], [8, 1, 3]]);
  expect(done).toContain('查看、打印本批 3 份交办通知单');
  expect((await office.get('/assignment-notices/2')).body).toContain(`${number}-01`);
  // Recalled and assigned anew, the whole has a new paper; its parts, which stayed with their counties, keep theirs.
  await office.post(`/findings/${number}/recall`, { reason: '另行研究。' });
  await office.get(`/findings/assignment?n=${number}`);
  await office.post('/findings/assignment', { ...assignment, leadUnitId: '3', n: [number], step: 'confirm', key: 'two' });
  expect((await house.db.reader.select().from(assignmentNotices)).slice(3).map(({ unitId, items }) => [unitId, items])).toEqual([[3, 1]]);
  expect((await office.get('/assignment-notices/new')).body).toContain('已交办的都有通知单');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('what was recalled, returned or accepted since says so on the notice, and what it said stays', async () => {
  const { house, cast, numbers, office } = await assignedHouse();
  await does(house, cast, 'office', numbers[0] ?? '', 'RECALL', { reason: '单位有误，收回重办。' });
  await does(house, cast, 'transport', numbers[1] ?? '', 'ACCEPT');
  const { body } = await office.get('/assignment-notices/1');
  for (const words of ['已收回', '交通经办甲 已签收', numbers[0] ?? '']) expect(body).toContain(words);
});

test('what was assigned one by one gets its notice afterwards, once; a confidential source stands on no paper', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  await house.db.commit(changeset(updateRow(sources, { confidential: true }, { id: 1 }, 'source')));
  const numbers = await listFindings(house, await cast.person('office'), [aFinding(cast), aFinding(cast)], { commandKey: 'two' });
  for (const number of numbers) await does(house, cast, 'office', number, 'ASSIGN', assignment);
  const app = await testApp(house);
  const office = await signedIn(app, 'office');
  expect((await office.get('/assignment-notices/new')).body).toContain('还没有通知单的 2 件');
  for (const key of ['a', 'a']) expect((await office.post('/assignment-notices', { n: numbers, key })).statusCode).toBe(303);
  expect(await house.db.reader.select().from(assignmentNotices)).toHaveLength(1);
  expect((await office.get('/assignment-notices/1')).body).not.toContain('省审计厅');
  expect((await office.get('/assignment-notices/new')).body).toContain('已交办的都有通知单');
  expect((await (await signedIn(app, 'transport')).get('/assignment-notices/new')).statusCode).toBe(403);
});

test('one finding handed out by itself has its notice in the same moment, and so has each county that has a part of it', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const [number = '', clue = ''] = [await listed(house, cast), await listed(house, cast, { suspected: true })];
  const app = await testApp(house);
  const office = await signedIn(app, 'office');
  await office.get(`/findings/${number}/assignment`);
  const done = (await office.follow(`/findings/${number}/assignment`, { ...assignment, leadUnitId: '3', responsibleUnitIds: ['4', '8'], key: 'one' })).body;
  expect(done).toContain('已随交办开出 3 份通知单');
  expect(done).toContain('/assignment-notices/print?n&#x3D;1&amp;n&#x3D;2&amp;n&#x3D;3');
  expect(done).toContain('下一步：市交通运输局 承办人 待签收');
  await office.get(`/findings/${number}/assignment`);
  await office.post(`/findings/${number}/assignment`, { ...assignment, leadUnitId: '3', responsibleUnitIds: ['4', '8'], key: 'one' });
  await office.get(`/findings/${clue}/check-request`);
  expect((await office.follow(`/findings/${clue}/check-request`, { checkUnitId: '7', checkBy: '2020-05-20', key: 'two' })).body).toContain('已随交办开出 1 份通知单');
  expect((await office.get(`/findings/${clue}`)).body).not.toContain('已随交办开出');
  const notices = await house.db.reader.select().from(assignmentNotices);
  expect(notices.map(({ unitId, kind }) => [unitId, kind])).toEqual([[3, 'assignment'], [4, 'assignment'], [8, 'assignment'], [7, 'check']]);
  expect(notices.map(({ items, batchId }) => [items, batchId])).toEqual([[1, null], [1, null], [1, null], [1, null]]);
  const paper = (await office.get('/assignment-notices/4')).body;
  for (const words of ['1 件疑似问题线索交你单位核实', '核实单位', '疑似问题线索清单']) expect(paper).toContain(words);
  expect(paper).not.toContain('牵头单位');
  expect((await office.get('/assignment-notices/new')).body).toContain('已交办的都有通知单');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('what a county accepted before its notice was made still gets it, and what came with an old ledger does not', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', assignment);
  await does(house, cast, 'transport', number, 'ACCEPT');
  const standing = { stage: 'rectifying', leadUnitId: 3, deadline: '2020-06-30', basis: '原台账', requirement: '按期办结。', closureStandard: '全部办结。', rectificationType: 'staged' };
  const adopted = { ...aFinding(cast, standing), adopted: true };
  await listFindings(house, await cast.person('office'), [adopted], { commandKey: 'adopted' });
  const office = await signedIn(await testApp(house), 'office');
  expect((await office.get('/assignment-notices/new')).body).toContain('还没有通知单的 1 件');
  await office.post('/assignment-notices', { n: [number], key: 'a' });
  expect((await house.db.reader.select().from(assignmentNotices)).map(({ kind, items, acceptBy }) => [kind, items, acceptBy])).toEqual([['assignment', 1, null]]);
  expect((await office.get('/assignment-notices/1')).body).toContain('已签收');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a list that bears the name of its file is named on paper by who issued it', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const list = { id: 'i', name: 'clues.xlsx', sha256: 'x', size: 1, mapping: '{}', state: 'dropped', createdBy: 1, createdAt: '2020-05-01T00:00:00.000Z' } as const;
  await house.db.commit(changeset(updateRow(sources, { documentNumber: 'clues' }, { id: 1 }, 'source'), insertRow(imports, list)));
  const number = await listed(house, cast);
  const office = await signedIn(await testApp(house), 'office');
  await office.get(`/findings/${number}/assignment`);
  await office.post(`/findings/${number}/assignment`, { ...assignment, leadUnitId: '3', key: 'one' });
  expect((await house.db.reader.select().from(assignmentNotices))[0]?.basis).toBe('省审计厅问题清单');
});
