import { expect, test } from 'vitest';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, does, listed } from '../support/factories.js';

/** One finding that the road bureau has not accepted, one of the water bureau, and one that nobody was given. */
async function aView() {
  const house = await testHouse();
  const cast = await withCast(house);
  const [road, water, own] = [await listed(house, cast, { title: '甲问题' }), await listed(house, cast, { title: '乙问题' }), await listed(house, cast, { title: '丙问题' })];
  await does(house, cast, 'office', road, 'ASSIGN', assignment);
  await does(house, cast, 'office', water, 'ASSIGN', { ...assignment, leadUnitId: 7 });
  return { app: await testApp(house), road, water, own };
}

test('an office copies for its chat what of a view waits for whom: one text for all, one for each unit; what waits for itself is only counted', async () => {
  const { app, road, water, own } = await aView();
  const { body } = await (await signedIn(app, 'office')).get('/findings/reminder?stage=assigned&stage=listed');
  const texts = [...body.matchAll(/<textarea[^>]*id="([^"]*)"[^>]*>([^<]*)<\/textarea>/gu)].map(([, id, text = '']) => [id, [road, water, own].map((number) => text.includes(number))]);
  expect(texts).toEqual([['reminder-all', [true, true, false]], ['reminder-3', [true, false, false]], ['reminder-7', [false, true, false]]]);
  for (const words of ['市交通局 1 件：', '甲问题：待签收', '2 件，2 个单位', '另有 1 件在等本单位自己办理']) expect(body).toContain(words);
});

test('the ledger of an office leads there with its filters; nobody else reminds', async () => {
  const { app } = await aView();
  expect((await (await signedIn(app, 'office')).get('/findings?stage=assigned')).body.replaceAll('&#x3D;', '=')).toContain('href="/findings/reminder?stage=assigned');
  for (const username of ['transport', 'inspector', 'leader']) expect((await (await signedIn(app, username)).get('/findings/reminder')).statusCode).toBe(403);
});
