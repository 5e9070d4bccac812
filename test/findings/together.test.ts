import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { changeset, updateRow } from '../../db/changeset.js';
import { findings, people } from '../../db/schema/index.js';
import { asc } from 'drizzle-orm';
import { act } from '../../src/findings/commands/act.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { actOnMany, previewMany } from '../../src/findings/commands/many.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast, type Cast } from '../support/cast.js';
import { aFinding, assignment, does, listed, photo, walked } from '../support/factories.js';

async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  const row = async (number: string) => (await findingQueries(house.db.reader).byNumber(number))?.row;
  return { house, cast, row };
}

function requestOf(number: string, data: Readonly<Record<string, unknown>> = {}, warn = false) {
  return { number, event: 'ASSIGN', data: { ...assignment, ...data }, seen: null, onBehalf: null, files: [], warn };
}

/** Two listed problems, chosen by the office to be assigned together. */
async function twoChosen() {
  const { house, cast, row } = await aHouse();
  const numbers = [await listed(house, cast), await listed(house, cast)];
  const office = await signedIn(await testApp(house), 'office');
  await office.get('/findings/assignment?all=yes');
  return { house, cast, row, numbers, office, fields: { n: numbers, leadUnitId: '3', requirement: '倒排工期', closureStandard: '全部办结', rectificationType: 'staged', deadline: '2020-06-20', key: 'two' } };
}

/** Nobody inspects any more. */
async function withoutInspectors({ db }: Awaited<ReturnType<typeof aHouse>>['house']): Promise<void> {
  for (const id of [7, 8, 14]) await db.commit(changeset(updateRow(people, { disabledOn: '2020-05-01' }, { id }, 'person')));
}

test('many are assigned in one go, those with several units become parts, and what cannot be done says why and is left', async () => {
  const { house, cast, row } = await aHouse();
  const office = await cast.person('office');
  const numbers = [await listed(house, cast), await listed(house, cast), await listed(house, cast)];
  await does(house, cast, 'office', numbers[1] ?? '', 'ASSIGN', assignment);
  const requests = [requestOf(numbers[0] ?? '', { responsibleUnitIds: [4, 8] }), requestOf(numbers[1] ?? ''), requestOf(numbers[2] ?? '', { responsibleUnitIds: [4, 8] }), requestOf('ZG-2020-9999')];
  const preview = await previewMany(house, office, requests);
  expect(preview.map(({ to, refusals }) => to ?? refusals[0]?.rule)).toEqual(['assigned', 'notInThisStage', 'assigned', 'notThere']);
  expect((await row(numbers[0] ?? ''))?.stage).toBe('listed');
  const key = randomUUID();
  const [one, other] = await Promise.all([actOnMany(house, office, requests, key), actOnMany(house, office, requests, key)]);
  expect([one.repeated, other.repeated].sort()).toEqual([false, true]);
  const all = await house.db.reader.select({ number: findings.number, stage: findings.stage }).from(findings).orderBy(asc(findings.number));
  expect(all.map((each) => `${each.number} ${each.stage}`)).toEqual(['ZG-2020-0001 assigned', 'ZG-2020-0001-01 assigned', 'ZG-2020-0001-02 assigned', 'ZG-2020-0002 assigned', 'ZG-2020-0003 assigned', 'ZG-2020-0003-01 assigned', 'ZG-2020-0003-02 assigned']);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a whole view is assigned from the ledger: previewed, confirmed once, and the rest named', async () => {
  const { house, cast, row } = await aHouse();
  for (let each = 0; each < 12; each += 1) await listed(house, cast, { deadline: '2020-06-30' });
  await does(house, cast, 'office', await listed(house, cast), 'ASSIGN', assignment);
  const office = await signedIn(await testApp(house), 'office');
  expect((await office.get('/findings?stage=listed')).body).toContain('formaction="/findings/assignment"');
  const page = await office.get('/findings/assignment?all=yes&stage=listed');
  const numbers = [...page.body.matchAll(/name="n" value="([^"]+)"/gu)].map(([, number]) => number ?? '');
  expect(numbers.length).toBe(12);
  const fields = { n: [...numbers, numbers[0] ?? '', 'ZG-2020-0013'], leadUnitId: '3', requirement: '倒排工期', closureStandard: '全部办结', rectificationType: 'staged', key: 'one' };
  const preview = await office.post('/findings/assignment', fields);
  expect(preview.body).toContain('共 13 件：可以交办 12 件，不能交办 1 件');
  expect((await row('ZG-2020-0001'))?.stage).toBe('listed');
  const done = await office.follow('/findings/assignment', { ...fields, step: 'confirm' });
  expect(done.body).toContain('已交办 12 件，没有交办 1 件');
  expect((await office.post('/findings/assignment', { ...fields, step: 'confirm' })).statusCode).toBe(303);
  expect((await row('ZG-2020-0012'))).toMatchObject({ stage: 'assigned', leadUnitId: 3, dueOn: '2020-06-30', version: 2 });
});

test('what was changed after the preview is previewed again before it is done; a clue that its unit found to be nothing is confirmed only knowingly', async () => {
  const { house, cast, row, numbers, office, fields } = await twoChosen();
  const digest = (body: string): string => /name="previewed" value="([^"]*)"/u.exec(body)?.[1] ?? '';
  const preview = await office.post('/findings/assignment', { ...fields, step: 'preview' });
  const changed = await office.post('/findings/assignment', { ...fields, leadUnitId: '7', previewed: digest(preview.body), step: 'confirm' });
  expect([changed.statusCode, changed.body.includes('预览以后内容有改动'), (await row(numbers[0] ?? ''))?.stage]).toEqual([200, true, 'listed']);
  await office.post('/findings/assignment', { ...fields, leadUnitId: '7', previewed: digest(changed.body), step: 'confirm' });
  expect((await row(numbers[0] ?? ''))?.leadUnitId).toBe(7);
  const [clue = ''] = await listFindings(house, await cast.person('office'), [aFinding(cast, { suspected: true })], { commandKey: 'clue' });
  await does(house, cast, 'office', clue, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
  await does(house, cast, 'transport', clue, 'REPORT_CHECK', { result: 'unfounded', note: '到现场核实，不属实。' });
  const judged = await office.post('/findings/confirmation', { n: clue, note: '认定', step: 'preview', key: 'four' });
  for (const words of ['核实结果：不属实', '责任单位反馈的核实结果是“不属实”']) expect(judged.body).toContain(words);
  expect((await office.follow('/findings/confirmation', { n: clue, note: '经复核认定属实', warned: 'yes', step: 'confirm', key: 'four' })).body).toContain(`${clue} → ZG-2020-0003`);
});

test('a row that somebody else moved on after the preview is told and not overwritten; what an address says wrongly chooses nothing', async () => {
  const { house, cast, row, numbers, office, fields } = await twoChosen();
  const { body } = await office.post('/findings/assignment', { ...fields, step: 'preview' });
  const seen = Object.fromEntries([...body.matchAll(/name="(seen\.[^"]+)" value="(\d+)"/gu)].map(([, name, value]) => [name ?? '', value ?? '']));
  expect(Object.keys(seen)).toHaveLength(2);
  await does(house, cast, 'office2', numbers[0] ?? '', 'AMEND', { title: '更正后的题名', reason: '按反馈原文更正题名。' });
  expect((await office.follow('/findings/assignment', { ...fields, ...seen, step: 'confirm' })).body).toContain('已交办 1 件，没有交办 1 件');
  expect([(await row(numbers[0] ?? ''))?.stage, (await row(numbers[1] ?? ''))?.stage]).toEqual(['listed', 'assigned']);
  for (const wrong of ['unit=abc', 'dueTo=2020-02-31', 'stage=nothing']) {
    const page = await office.get(`/findings/assignment?all=yes&${wrong}`);
    expect([wrong, page.statusCode, page.body.includes('什么也没有选'), page.body.includes('name="n"')]).toEqual([wrong, 200, true, false]);
  }
  const words = Array.from({ length: 30 }, (_, index) => `交通 市 张掖 道路${index}`).join(' ');
  expect((await office.get(`/findings?q=${encodeURIComponent(words)}`)).statusCode).toBe(200);
});

test('assigning warns when nobody would be left to verify, and is done all the same once that was read', async () => {
  const { house, cast, row } = await aHouse();
  await withoutInspectors(house);
  const number = await listed(house, cast);
  const office = await signedIn(await testApp(house), 'office');
  const form = { leadUnitId: '3', requirement: '倒排工期', closureStandard: '全部办结', rectificationType: 'staged', deadline: '2020-06-30' };
  await office.get(`/findings/${number}/assignment`);
  const warned = await office.post(`/findings/${number}/assignment`, { ...form, key: 'a' });
  expect([warned.statusCode, warned.body.includes('没有人可以核查'), warned.body.includes('倒排工期')]).toEqual([422, true, true]);
  expect((await row(number))?.stage).toBe('listed');
  const preview = await office.post('/findings/assignment', { ...form, n: number });
  expect([preview.body.includes('请确认'), preview.body.includes('name="warned"')]).toEqual([true, true]);
  expect((await office.post(`/findings/${number}/assignment`, { ...form, key: 'b', warned: 'yes' })).statusCode).toBe(303);
  expect((await row(number))?.stage).toBe('assigned');
});

test('two findings merged into each other at the same moment are not both gone', async () => {
  const { house, cast, row } = await aHouse();
  const [one, other] = [await listed(house, cast), await listed(house, cast)];
  const office = await cast.person('office');
  const merge = (number: string, target: string) => act(house, office, { number, event: 'MERGE', data: { target, reason: '同一问题' }, seen: null, onBehalf: null, files: [] }, randomUUID());
  const outcomes = await Promise.allSettled([merge(one, other), merge(other, one)]);
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled').length).toBe(1);
  expect([(await row(one))?.stage, (await row(other))?.stage].sort()).toEqual(['listed', 'merged']);
});

test('a reopened finding begins its plan anew, under its old number, and is verified by somebody again', async () => {
  const { house, cast, row } = await aHouse();
  const number = await listed(house, cast);
  await walked(house, cast, number);
  await does(house, cast, 'inspector3', number, 'LOOK_BACK', { method: 'onSite', companions: ['外请专家'], result: 'unsound', note: '反弹' });
  await does(house, cast, 'inspector3', number, 'PROPOSE_REOPENING', { reason: '回头看发现问题反弹,建议重新挂号。' }, { files: [await photo(house)] });
  await does(house, cast, 'office', number, 'REOPEN', { reason: '同意重新挂号,限期整改到位。', deadline: '2020-06-20' });
  expect(await row(number)).toMatchObject({ number, stage: 'rectifying', state: 'rectifying.planning', cycle: 2, dueOn: '2020-06-20', closedOn: null });
  await expect(does(house, cast, 'office', number, 'CLOSE', { outcome: 'rectified', decisionNumber: '1' })).rejects.toMatchObject({ because: 'state' });
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a county hands on to its townships by its own office, and the city waits for all of them', async () => {
  const { house, cast, row } = await aHouse();
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, leadUnitId: 4 });
  await does(house, cast, 'ganzhou', number, 'ACCEPT');
  await does(house, cast, 'ganzhou-office', number, 'DECOMPOSE', { parts: [{ unitId: 9, deadline: '2020-06-20', requirement: '本镇先行整改' }] });
  expect(await row(`${number}-01`)).toMatchObject({ stage: 'assigned', leadUnitId: 9, hostOfficeId: 5, dueOn: '2020-06-20' });
  expect(await row(number)).toMatchObject({ partsOpen: 1, partsTotal: 1 });
  expect((await (await signedIn(await testApp(house), 'ganzhou-office')).get(`/findings/${number}/history`)).body).toMatch(/转办分解（[^）]*交[^）]*，2020-06-20 前/u);
  await refusesLater(house, cast, number);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

/** A part may not end after its parent. */
async function refusesLater(house: Awaited<ReturnType<typeof aHouse>>['house'], cast: Cast, number: string): Promise<void> {
  await expect(does(house, cast, 'ganzhou-office', number, 'DECOMPOSE', { parts: [{ unitId: 9, deadline: '2020-07-20', requirement: '' }] })).rejects.toMatchObject({ because: 'input' });
}

test('a new finding that is sent twice is one, and two people who list at once both succeed', async () => {
  const { house } = await aHouse();
  const app = await testApp(house);
  const form = { title: '台账不全', description: '抽查发现台账不全。', severity: 'ordinary', channel: 'audit' };
  const office = await signedIn(app, 'office');
  await office.get('/findings/new');
  const twice = await Promise.all([1, 2].map(() => office.post('/findings', { ...form, issuer: '省审计厅', key: 'one' })));
  expect(twice.map((answer) => [answer.statusCode, answer.headers.location])).toEqual([[303, '/findings/ZG-2020-0001'], [303, '/findings/ZG-2020-0001']]);
  const other = await signedIn(app, 'office2');
  await other.get('/findings/new');
  const both = await Promise.all([office, other, office, other].map((agent, each) => agent.post('/findings', { ...form, issuer: `新单位${each}`, key: `k${each}` })));
  expect(both.map((answer) => answer.statusCode)).toEqual([303, 303, 303, 303]);
});

test('a county is offered its own units alone when it hands on, and the city’s office any that it decides for', async () => {
  const { house, cast } = await aHouse();
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, leadUnitId: 4 });
  await does(house, cast, 'ganzhou', number, 'ACCEPT');
  const offered = async (username: string) => /name="parts\.0\.unitId"[^>]*>(.*?)<\/select>/su.exec((await (await signedIn(await testApp(house), username)).get(`/findings/${number}/parts`)).body)?.[1] ?? '';
  expect([/某镇/u.test(await offered('ganzhou-office')), /市水务局/u.test(await offered('ganzhou-office')), /市水务局/u.test(await offered('office'))]).toEqual([true, false, true]);
});
