import { expect, test } from 'vitest';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { does, listed, walked } from '../support/factories.js';

async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  const app = await testApp(house);
  const at = async (until: string, data: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const number = await listed(house, cast, data);
    await walked(house, cast, number, until);
    return number;
  };
  const state = async (number: string) => (await findingQueries(house.db.reader).byNumber(number))?.row.state;
  return { house, cast, at, state, as: (username: string) => signedIn(app, username) };
}

test('a head signs some, gives one back with a note and leaves one, in one go', async () => {
  const { house, at, state, as } = await aHouse();
  const [plan, claim, back, later] = [await at('SIGN_PLAN'), await at('SIGN_CLAIM'), await at('SIGN_PLAN'), await at('SIGN_PLAN')];
  const head = await as('transport-head');
  const page = (await head.get('/signing')).body;
  for (const words of ['共 4 件', '逐项倒排,周调度', '全部项目已办结前期手续并开工', '现场照片.jpg']) expect(page).toContain(words);
  const sent = await head.post('/signing', { key: 'a', [`verdict.${plan}`]: 'agree', [`verdict.${claim}`]: 'agree', [`verdict.${back}`]: 'refuse', [`note.${back}`]: '措施太笼统，请逐个项目写明。', [`verdict.${later}`]: '' });
  expect(sent.statusCode).toBe(303);
  expect(await Promise.all([plan, claim, back, later].map(state))).toEqual(['rectifying.planReview', 'verifying.inspection', 'rectifying.planning', 'rectifying.planSigning']);
  expect((await head.get('/signing')).body).toContain('共 1 件');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('what cannot be given back without a word keeps what was typed and says so; the others are done, once', async () => {
  const { house, at, state, as } = await aHouse();
  const [one, other] = [await at('SIGN_PLAN'), await at('SIGN_PLAN')];
  const head = await as('transport-head');
  await head.get('/signing');
  const form = { key: 'b', [`verdict.${one}`]: 'agree', [`note.${one}`]: '同意', [`verdict.${other}`]: 'refuse', [`note.${other}`]: '' };
  const sent = await head.post('/signing', form);
  expect([sent.statusCode, sent.body.includes('已办理 1 件'), sent.body.includes(`#sign-${other}`)]).toEqual([422, true, true]);
  expect([await state(one), await state(other)]).toEqual(['rectifying.planReview', 'rectifying.planSigning']);
  expect((await head.post('/signing', form)).statusCode).not.toBe(500);
  expect(await state(one)).toBe('rectifying.planReview');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a leader closes what is the leader’s under one number and grants an extension as it was asked for', async () => {
  const { house, cast, at, state, as } = await aHouse();
  const [closure, extension] = [await at('CLOSE', { severity: 'major' }), await at('CLAIM', { severity: 'major' })];
  await does(house, cast, 'transport', extension, 'REQUEST_EXTENSION', { reason: '汛期无法施工，请求顺延一个月。', requestedDate: '2020-07-31' });
  const leader = await as('leader');
  await leader.get('/signing');
  const without = await leader.post('/signing', { key: 'c', [`verdict.${closure}`]: 'agree:basicallyRectified' });
  expect([without.statusCode, await state(closure)]).toEqual([422, 'verified.approval']);
  await leader.post('/signing', { key: 'd', decisionNumber: '张整〔2020〕8号', [`verdict.${closure}`]: 'agree:basicallyRectified', [`verdict.${extension}`]: 'agree' });
  expect((await findingQueries(house.db.reader).byNumber(closure))?.snapshot.context.closures).toMatchObject([{ outcome: 'basicallyRectified' }]);
  expect(await state(closure)).toBe('closed');
  expect((await findingQueries(house.db.reader).byNumber(extension))?.row).toMatchObject({ dueOn: '2020-07-31', originalDueOn: '2020-06-30' });
});

test('a row that moved on since the page was opened is told, and not signed; nobody else has a list', async () => {
  const { house, cast, at, state, as } = await aHouse();
  const number = await at('SIGN_PLAN');
  const head = await as('transport-head');
  await head.get('/signing');
  await does(house, cast, 'transport-head', number, 'RETURN_PLAN', { reason: '先退回' });
  await does(house, cast, 'transport', number, 'SUBMIT_PLAN', { measures: [{ text: '另一套措施', ownerUnitId: 3, owner: '经办甲', dueOn: '2020-06-10', deliverable: '表' }] });
  const sent = await head.post('/signing', { key: 'e', [`verdict.${number}`]: 'agree', [`seen.${number}`]: '4' });
  expect([sent.statusCode, sent.body.includes('有了新的变化'), await state(number)]).toEqual([422, true, 'rectifying.planSigning']);
  for (const username of ['office', 'transport', 'inspector', 'admin']) expect((await (await as(username)).get('/signing')).statusCode).toBe(403);
});

test('a list of which nothing could be signed is sent again with the word that was missing; a second click is told that it is done', async () => {
  const { at, state, as } = await aHouse();
  const plan = await at('SIGN_PLAN');
  const head = await as('transport-head');
  await head.get('/signing');
  const form = { key: 'the same page', [`verdict.${plan}`]: 'refuse' };
  expect((await head.post('/signing', { ...form, [`note.${plan}`]: '' })).statusCode).toBe(422);
  expect((await head.post('/signing', { ...form, [`note.${plan}`]: '措施太笼统，请逐个项目写明。' })).statusCode).toBe(303);
  expect(await state(plan)).toBe('rectifying.planning');
  await head.post('/signing', { ...form, [`note.${plan}`]: '措施太笼统，请逐个项目写明。' });
  expect((await head.get('/signing')).body).toContain('刚才已经');
});
