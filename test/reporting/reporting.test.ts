import { expect, test } from 'vitest';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, claim, does, listed, photo, walked } from '../support/factories.js';

/** Three problems of the road bureau that are being rectified, and one of the water bureau. */
async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  const numbers: string[] = [];
  for (const title of ['甲问题', '乙问题', '丙问题']) {
    const number = await listed(house, cast, { title });
    await walked(house, cast, number, 'REPORT');
    numbers.push(number);
  }
  const other = await listed(house, cast, { title: '水务问题' });
  await does(house, cast, 'office', other, 'ASSIGN', { ...assignment, leadUnitId: 7, rectificationType: 'immediate' });
  await does(house, cast, 'water', other, 'ACCEPT');
  const [one = '', two = '', three = ''] = numbers;
  const latest = async (number: string) => (await findingQueries(house.db.reader).byNumber(number))?.row;
  return { house, cast, app: await testApp(house), one, two, three, other, latest };
}

test('a unit reports on everything it has in one page: a text here, nothing new there, each an event of its own, once', async () => {
  const { house, app, one, two, three, other, latest } = await aHouse();
  const transport = await signedIn(app, 'transport');
  const { body } = await transport.get('/reporting');
  for (const number of [one, two, three]) expect(body).toContain(`name="text.${number}"`);
  expect(body).not.toContain(other);
  const form = { key: 'week', [`text.${one}`]: '已办结两个项目手续', [`nothing.${two}`]: 'yes', [`text.${three}`]: '' };
  expect((await transport.post('/reporting', form)).statusCode).toBe(303);
  expect((await transport.get('/reporting')).body).toContain('已填报 2 件');
  expect((await transport.post('/reporting', form)).statusCode).toBe(303);
  expect((await transport.get('/reporting')).body).toContain('没有填写任何一行');
  const versions = await Promise.all([one, two, three].map(async (number) => (await latest(number))?.version ?? 0));
  expect([versions[0], versions[1]]).toEqual([(versions[2] ?? 0) + 1, (versions[2] ?? 0) + 1]);
  expect((await latest(one))?.latest).toBe('已办结两个项目手续');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('what cannot be taken says why and is not lost; the others are taken', async () => {
  const { house, cast, app, one, two, other, latest } = await aHouse();
  const transport = await signedIn(app, 'transport');
  await transport.get('/reporting');
  await does(house, cast, 'transport', one, 'REPORT', { text: '全部办结', progress: [{ id: 1, percent: 100 }] });
  await does(house, cast, 'transport', one, 'CLAIM', claim, { files: [await photo(house)] });
  await does(house, cast, 'transport-head', one, 'SIGN_CLAIM');
  const { statusCode, body } = await transport.post('/reporting', { key: 'late', [`text.${one}`]: '补充一句', [`text.${two}`]: '已开工', [`text.${other}`]: '别人的', [`text.${two}`.replace('text', 'nothing')]: '' });
  expect([statusCode, body.includes('补充一句'), body.includes('已填报 1 件'), (await latest(two))?.latest]).toEqual([422, true, true, '已开工']);
  expect((await latest(other))?.latest).not.toBe('别人的');
});

test('nobody but a unit reports, and nobody who verified', async () => {
  const { app } = await aHouse();
  for (const username of ['office', 'inspector', 'leader', 'admin']) {
    const agent = await signedIn(app, username);
    expect([username, (await agent.get('/reporting')).statusCode, (await agent.post('/reporting', { key: 'x' })).statusCode]).toEqual([username, 403, 403]);
  }
});
