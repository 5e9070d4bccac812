import { expect, test } from 'vitest';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, assignment, does, listed, verdict, walked } from '../support/factories.js';
import { listFindings } from '../../src/findings/commands/list.js';

async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  return { house, cast, app: await testApp(house) };
}

test('what a program sends is folded as what a form sends: half a character, a right-to-left mark and a nought change nothing that is kept', async () => {
  const { house, cast, app } = await aHouse();
  const number = await listed(house, cast);
  const office = await signedIn(app, 'office');
  const answer = await office.json(`/findings/${number}/amendment`, { title: '前期手续\u202e偏慢\ud800\u0000', reason: '原题名与清单不一致，据实更正。' });
  expect(answer.statusCode).toBe(201);
  expect((await findingQueries(house.db.reader).byNumber(number))?.row.title).toBe('前期手续偏慢\ufffd');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('nobody goes along with themselves under a name that only looks different', async () => {
  const { house, cast, app } = await aHouse();
  const number = await listed(house, cast);
  await walked(house, cast, number, 'PASS');
  const inspector = await signedIn(app, 'inspector');
  const { name } = await cast.person('inspector');
  for (const companion of [name, `${name}\u200b`, `${name}\u00ad`, `${name}\ufe00`, `${name}\u{e0020}`, [...name].join(' '), `\u2060${name}`]) {
    const answer = await inspector.json(`/findings/${number}/verification`, { ...verdict, companions: [companion] });
    expect([companion, answer.statusCode]).toEqual([companion, 422]);
  }
  await does(house, cast, 'inspector', number, 'PASS', verdict);
});

test('a new finding may say whose it is to be, as a proposal that lets nobody in; a refused form can be come back to', async () => {
  const { house, app } = await aHouse();
  const office = await signedIn(app, 'office');
  await office.get('/findings/new');
  const form = { title: '前期手续偏慢', description: '部分项目前期手续偏慢。', severity: 'ordinary', channel: 'audit', issuer: '省审计厅', key: 'new' };
  const refused = await office.post('/findings', { ...form, leadUnitId: '6' });
  expect([refused.statusCode, refused.headers['cache-control'], refused.body.includes('选择的单位不存在')]).toEqual([422, 'private, no-cache', true]);
  const late = await office.post('/findings', { ...form, deadline: '2020-05-01' });
  expect([late.statusCode, late.body.includes('时限 2020-05-01 已过'), late.body.includes('name="warned"')]).toEqual([422, true, true]);
  const { headers } = await office.post('/findings', { ...form, leadUnitId: '3', deadline: '2020-05-01', warned: 'yes' });
  const loaded = await findingQueries(house.db.reader).byNumber(String(headers.location).split('/').at(-1) ?? '');
  expect(loaded?.snapshot.context).toMatchObject({ suggestedUnitId: 3, leadUnitId: null });
  expect((await (await signedIn(app, 'transport')).get(String(headers.location))).statusCode).toBe(404);
});

test('a row that is no row is said in words of its field', async () => {
  const { house, cast, app } = await aHouse();
  const number = await listed(house, cast);
  await walked(house, cast, number, 'REPORT');
  const office = await signedIn(app, 'office');
  const answer = await office.json(`/findings/${number}/parts`, { parts: [1] });
  const { message } = answer.json<{ message: string }>();
  expect([answer.statusCode, message]).toEqual([422, '“分项”第 1 行：请把“责任单位”填完整。']);
});

test('dates without end are refused: a check, a verification, an extension', async () => {
  const { house, cast } = await aHouse();
  const refusedFor = async (username: string, number: string, event: string, data: Readonly<Record<string, unknown>>): Promise<unknown> =>
    does(house, cast, username, number, event, data).then(() => 'done', (error: unknown) => (error instanceof Error && 'refusals' in error ? error.refusals : error));
  const clue = (await listFindings(house, await cast.person('office'), [aFinding(cast, { suspected: true })], { commandKey: 'clue' }))[0] ?? '';
  expect(await refusedFor('office', clue, 'HAND_OUT', { checkUnitId: 3, checkBy: '9999-12-31' })).toMatchObject([{ rule: 'checkByWithinYear' }]);
  const number = await listed(house, cast);
  await walked(house, cast, number, 'REPORT');
  expect(await refusedFor('transport', number, 'REQUEST_EXTENSION', { requestedDate: '9999-12-31', reason: '雨季推迟，须延长工期。' })).toMatchObject([{ rule: 'requestWithinFiveYears' }]);
  await does(house, cast, 'transport', number, 'REQUEST_EXTENSION', { requestedDate: '2020-07-31', reason: '雨季推迟，须延长工期。' });
  expect(await refusedFor('office', number, 'GRANT', { deadline: '9999-12-31' })).toMatchObject([{ rule: 'extendedWithinFiveYears' }]);
  const other = await listed(house, cast, { title: '另一问题' });
  await walked(house, cast, other, 'ASSIGN_VERIFICATION');
  expect(await refusedFor('office', other, 'ASSIGN_VERIFICATION', { verifierIds: [7], verifyBy: '2019-01-01' })).toMatchObject([{ rule: 'verifyByAhead' }]);
  expect(await refusedFor('office', other, 'ASSIGN_VERIFICATION', { verifierIds: [7], verifyBy: '9999-01-01' })).toMatchObject([{ rule: 'verifyByWithinYear' }]);
});

test('what is not there says whom to ask', async () => {
  const { house, cast, app } = await aHouse();
  const number = await listed(house, cast);
  const office = await signedIn(app, 'office');
  for (const url of [`/findings/${number}/nothing`, '/imports/999', '/nowhere', '/findings/ZG-1999-0001']) {
    const { statusCode, body } = await office.get(url);
    expect([url, statusCode, /请联系\s*<|请联系 *$/mu.test(body), body.includes('请')]).toEqual([url, 404, false, true]);
  }
});

test('the name of a unit finds what it leads, together with other words, and only in one’s own scope', async () => {
  const { house, cast, app } = await aHouse();
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', assignment);
  const office = await signedIn(app, 'office');
  const found = async (words: string): Promise<boolean> => (await office.get(`/findings?q=${encodeURIComponent(words)}`)).body.includes(`/findings/${number}`);
  for (const words of ['市交通运输局', '交通局', '交通运输局 前期手续']) expect([words, await found(words)]).toEqual([words, true]);
  for (const words of ['市水务局', '交通运输局 饮水', '水务局 前期手续']) expect([words, await found(words)]).toEqual([words, false]);
  expect((await (await signedIn(app, 'ganzhou')).get(`/findings?q=${encodeURIComponent('交通局')}`)).body).not.toContain(number);
});
