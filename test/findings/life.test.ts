import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ChangedError, NotVisibleError, RefusedError } from '../../src/errors.js';
import { act } from '../../src/findings/commands/act.js';
import { findingQueries } from '../../src/findings/queries.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, claim, does, listed, photo, verdict, walked } from '../support/factories.js';

test('a finding goes from the list to closed, and its row, history and counts say so', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  expect(number).toBe('ZG-2020-0001');
  await walked(house, cast, number);
  const found = await findingQueries(house.db.reader).byNumber(number);
  expect(found?.row).toMatchObject({ stage: 'closed', state: 'closed', closedOn: '2020-05-11', version: 12, cycle: 1 });
  const events = await findingQueries(house.db.reader).events(found?.row.id ?? 0, null, 50);
  expect(events.map((event) => event.type).reverse()).toEqual(['LIST', 'ASSIGN', 'ACCEPT', 'SUBMIT_PLAN', 'SIGN_PLAN', 'APPROVE_PLAN', 'REPORT', 'CLAIM', 'SIGN_CLAIM', 'ASSIGN_VERIFICATION', 'PASS', 'CLOSE']);
});

test('what a person may not see does not exist for them', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', assignment);
  await expect(does(house, cast, 'water', number, 'ACCEPT')).rejects.toThrow(NotVisibleError);
  await expect(does(house, cast, 'ganzhou-office', number, 'ASSIGN', assignment)).rejects.toThrow(NotVisibleError);
  await expect(does(house, cast, 'admin', number, 'ACCEPT')).rejects.toThrow(NotVisibleError);
});

test('nobody verifies what they reported, and nobody closes what nobody verified', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await walked(house, cast, number, 'PASS');
  await expect(does(house, cast, 'transport', number, 'PASS', verdict)).rejects.toMatchObject({ because: 'who' });
  await expect(does(house, cast, 'inspector2', number, 'PASS', verdict)).rejects.toMatchObject({ refusals: [{ rule: 'amongVerifiers' }] });
  await expect(does(house, cast, 'office', number, 'CLOSE', { outcome: 'rectified', decisionNumber: '1' })).rejects.toBeInstanceOf(RefusedError);
});

test('sending the same form twice has one effect', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  const key = randomUUID();
  const request = { number, event: 'ASSIGN', data: assignment, seen: 1, onBehalf: null, files: [] };
  const office = await cast.person('office');
  const [one, other] = await Promise.all([act(house, office, request, key), act(house, office, request, key)]);
  expect([one.repeated, other.repeated].sort()).toEqual([false, true]);
  expect((await findingQueries(house.db.reader).byNumber(number))?.row.version).toBe(2);
});

test('a form that was opened before the stage moved is refused; an added report is not in its way', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await walked(house, cast, number, 'REPORT');
  const seen = (await findingQueries(house.db.reader).byNumber(number))?.row.movedSeq ?? 0;
  await does(house, cast, 'transport', number, 'REPORT', { text: '一项已办结', progress: [{ id: 1, percent: 100 }] });
  await does(house, cast, 'transport', number, 'CLAIM', claim, { seen, files: [await photo(house)] });
  await expect(does(house, cast, 'office', number, 'AMEND', { title: '新标题', requirement: '要求', closureStandard: '标准', reason: '原标题有错别字,予以更正。' }, { seen })).rejects.toThrow(ChangedError);
});

test('several responsible units become parts, and the parent waits for all of them', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, responsibleUnitIds: [4, 8] });
  const queries = findingQueries(house.db.reader);
  const parent = await queries.byNumber(number);
  expect(parent?.row).toMatchObject({ partsOpen: 2, partsTotal: 2 });
  const parts = await queries.parts(parent?.row.id ?? 0);
  expect(parts.map((part) => [part.number, part.state, part.leadUnitId])).toEqual([[`${number}-01`, 'assigned', 4], [`${number}-02`, 'assigned', 8]]);
  await does(house, cast, 'ganzhou', `${number}-01`, 'ACCEPT');
  await expect(does(house, cast, 'gaotai', `${number}-01`, 'ACCEPT')).rejects.toThrow(NotVisibleError);
});

test('the page of a finding shows what may be done, and why the rest may not', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  const app = await testApp(house);
  const office = await signedIn(app, 'office');
  const page = await office.get(`/findings/${number}`);
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('交办');
  const form = await office.get(`/findings/${number}/assignment`);
  expect(form.statusCode).toBe(200);
  const wrong = await office.post(`/findings/${number}/assignment`, { leadUnitId: '3', requirement: '要求', key: randomUUID(), seen: '1' });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain('要求');
  expect(wrong.body).toContain('请填写“整改时限”');
  const done = await office.post(`/findings/${number}/assignment`, { ...assignment, leadUnitId: '3', key: randomUUID(), seen: '1' });
  expect(done.statusCode).toBe(303);
  expect((await office.get(`/findings/${number}`)).body).toContain('已交办');
  const water = await signedIn(app, 'water');
  expect((await water.get(`/findings/${number}`)).statusCode).toBe(404);
});
