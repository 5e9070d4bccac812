import { expect, test } from 'vitest';
import { parse } from 'node-html-parser';
import { assignmentNotices } from '../../db/schema/index.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, does, listed } from '../support/factories.js';

async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  const app = await testApp(house);
  const office = await signedIn(app, 'office');
  const clues = async (count: number): Promise<readonly string[]> => { const all: string[] = []; for (let index = 0; index < count; index += 1) all.push(await listed(house, cast, { title: `疑似${index}`, suspected: true })); return all; };
  const handedOut = async (numbers: readonly string[], unit: string, key = `${unit} ${numbers.length}`) => {
    await office.get('/account');
    return office.post('/findings/check-request', { n: numbers, checkUnitId: unit, checkBy: '2020-05-20', step: 'confirm', key });
  };
  const notices = () => house.db.reader.select().from(assignmentNotices);
  return { house, cast, app, office, clues, handedOut, notices, as: (username: string) => signedIn(app, username) };
}

test('handing out many issues one notice for each unit, numbered without gaps, in the same commit', async () => {
  const { house, clues, office, handedOut, notices } = await aHouse();
  const numbers = await clues(5);
  await handedOut(numbers.slice(0, 3), '3');
  await handedOut(numbers.slice(3), '8');
  expect((await notices()).map(({ number, unitId }) => [number, unitId])).toEqual([['交办〔2020〕1号', 3], ['交办〔2020〕2号', 8]]);
  const paper = (await office.get('/assignment-notices/paper?id=1&id=2')).body;
  expect(parse(paper).querySelectorAll('.official').length).toBe(2);
  for (const words of ['市交通运输局：', '现将 3 件疑似问题', '疑似2', '2020年5月11日', '回执']) expect(paper).toContain(words);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('an assignment to several units writes a notice to the lead unit; what was refused stands on none', async () => {
  const { house, cast, office, notices } = await aHouse();
  const [one, other] = [await listed(house, cast), await listed(house, cast)];
  await does(house, cast, 'office', other, 'WITHDRAW', { reason: '重复登记，予以撤销。' });
  await office.get('/account');
  await office.post('/findings/assignment', { n: [one, other], leadUnitId: '3', requirement: '倒排', closureStandard: '办结', rectificationType: 'staged', deadline: '2020-06-30', step: 'confirm', key: 'x' });
  expect(await notices()).toMatchObject([{ number: '交办〔2020〕1号', unitId: 3, event: 'ASSIGN' }]);
  const page = (await office.get('/assignment-notices/1')).body;
  expect([page.includes(one), page.includes(other), page.includes('已交办')]).toEqual([true, false, true]);
});

test('the unit gives its receipt once, its office sees who and when; others know of no notice', async () => {
  const { clues, handedOut, notices, office, as } = await aHouse();
  await handedOut(await clues(2), '3');
  const unit = await as('transport');
  expect((await unit.get('/assignment-notices')).body).toContain('交办〔2020〕1号');
  await unit.get('/assignment-notices/1');
  expect((await unit.post('/assignment-notices/1/receipt', {})).statusCode).toBe(303);
  const head = await as('transport-head');
  await head.get('/assignment-notices/1');
  expect((await head.post('/assignment-notices/1/receipt', {})).statusCode).toBe(303);
  expect((await notices()).map(({ receivedBy }) => receivedBy)).toEqual(['交通经办甲']);
  expect((await office.get('/assignment-notices')).body).toContain('交通经办甲 2020-05-11 12:00 收到');
  expect((await office.get('/assignment-notices?open=yes')).body).not.toContain('交办〔2020〕1号');
  await office.get('/assignment-notices/1');
  expect((await office.post('/assignment-notices/1/receipt', {})).statusCode).toBe(403);
  for (const [username, status] of [['water', 404], ['ganzhou-office', 404], ['inspector', 403], ['leader', 403]] as const) expect([username, (await (await as(username)).get('/assignment-notices/1')).statusCode]).toEqual([username, status]);
  expect((await (await as('water')).get('/assignment-notices/paper?id=1')).statusCode).toBe(404);
});

test('what was handed over one by one gets its notices later, once; what was taken back is shown so', async () => {
  const { house, cast, clues, office, notices } = await aHouse();
  const [clue = ''] = await clues(1);
  const number = await listed(house, cast);
  await does(house, cast, 'office', clue, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
  await does(house, cast, 'office', number, 'ASSIGN', assignment);
  expect((await office.get('/assignment-notices')).body).toContain('有 2 件已交办而没有通知单');
  await office.post('/assignment-notices', {});
  await office.post('/assignment-notices', {});
  expect((await notices()).map(({ event }) => event).toSorted()).toEqual(['ASSIGN', 'HAND_OUT']);
  expect((await notices()).map(({ number: each }) => each)).toEqual(['交办〔2020〕1号', '交办〔2020〕2号']);
  await does(house, cast, 'office', number, 'RECALL', { reason: '重新研究' });
  const pages = [(await office.get('/assignment-notices/1')).body, (await office.get('/assignment-notices/2')).body];
  expect(pages.filter((page) => page.includes('已收回')).length).toBe(1);
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, leadUnitId: 7 });
  expect((await office.get('/assignment-notices')).body).toContain('有 1 件已交办而没有通知单');
});
