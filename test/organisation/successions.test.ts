import { expect, test } from 'vitest';
import { changeset, updateRow } from '../../db/changeset.js';
import { units } from '../../db/schema/index.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, does, listed, walked } from '../support/factories.js';

/** The road bureau has ended; 市水务局 follows. It leads one open finding, one that is closed, and one part. */
async function anEndedBureau(successorId: number | null = 7) {
  const house = await testHouse();
  const cast = await withCast(house);
  const [open, closed, family] = [await listed(house, cast), await listed(house, cast), await listed(house, cast)];
  await does(house, cast, 'office', open, 'ASSIGN', assignment);
  await walked(house, cast, closed);
  await does(house, cast, 'office', family, 'ASSIGN', { ...assignment, leadUnitId: 7, responsibleUnitIds: [3, 4] });
  await house.db.commit(changeset(updateRow(units, { disabledOn: '2020-05-10', successorId }, { id: 3 }, 'unit')));
  house.changed();
  return { house, cast, app: await testApp(house), open };
}

test('the office sees what a unit that has ended leaves open, on its workbench and by unit, and each figure is that of its list', async () => {
  const { app, open } = await anEndedBureau();
  const office = await signedIn(app, 'office');
  expect((await office.get('/')).body).toContain('有 1 个撤并单位还牵头未办结问题 1 件、分项 1 项');
  const body = (await office.get('/successions')).body.replaceAll('&#x3D;', '=');
  for (const word of ['市交通运输局', '2020-05-10', '请转交给市水务局', '1 件', '1 项']) expect([word, body.includes(word)]).toEqual([word, true]);
  const act = /href="(\/findings\/succession[^"]*)"/u.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect((await office.get(act)).body).toContain(open);
  const links = [...body.matchAll(/href="(\/findings\?unit=3[^"]*)"/gu)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
  expect(links).toHaveLength(2);
  const lists = await Promise.all(links.map((href) => office.get(href)));
  expect(lists.map((list) => [list.body.includes(open), (list.body.match(/<td class="number"><a /gu) ?? []).length])).toEqual([[true, 1], [false, 1]]);
});

test('the administrator sees how much, and whom to call, but none of it; without a successor they are told to name one', async () => {
  const { app, open } = await anEndedBureau();
  const { body } = await (await signedIn(app, 'admin')).get('/organisation/3');
  expect([body.includes('未办结问题 1 件、分项 1 项'), body.includes('市水务局'), body.includes('市整改办公室'), body.includes(open)]).toEqual([true, true, true, false]);
  const other = await anEndedBureau(null);
  expect((await (await signedIn(other.app, 'admin')).get('/organisation/3')).body).toContain('没有承接单位');
  expect((await (await signedIn(other.app, 'office')).get('/successions')).body).toContain('请选定后改派');
});

test('an office below is told nothing of what is not in its jurisdiction, and whoever is no office is not shown the page', async () => {
  const { app } = await anEndedBureau();
  const county = await signedIn(app, 'ganzhou-office');
  expect([(await county.get('/')).body.includes('撤并单位'), (await county.get('/successions')).body.includes('市交通运输局')]).toEqual([false, false]);
  for (const username of ['transport', 'leader', 'admin', 'auditor']) expect([username, (await (await signedIn(app, username)).get('/successions')).statusCode]).toEqual([username, 403]);
});

test('a unit whose end is still to come goes on until then, and has ended on that day without anybody doing anything', async () => {
  const { house, cast, app, open } = await anEndedBureau();
  await house.db.commit(changeset(updateRow(units, { disabledOn: '2020-05-13' }, { id: 3 }, 'unit')));
  house.changed();
  const office = await signedIn(app, 'office');
  expect((await (await signedIn(app, 'admin')).get('/organisation')).body).toContain('将于 2020-05-13 停用');
  const ahead = (await office.get('/successions')).body;
  expect([ahead.includes('2020-05-13 起撤并，承接单位：市水务局'), ahead.includes('/findings/succession'), (await office.get('/')).body.includes('撤并单位')]).toEqual([true, false, false]);
  const number = await listed(house, cast);
  await office.get(`/findings/${number}/assignment`);
  expect((await office.post(`/findings/${number}/assignment`, { ...assignment, leadUnitId: '3' })).statusCode).toBe(303);
  house.clock.set('2020-05-12T16:00:00.000Z');
  const next = await signedIn(app, 'office');
  expect((await next.get('/successions')).body).toContain('/findings/succession');
  expect((await next.post('/findings/succession', { n: [open], reason: '机构改革。', step: 'confirm', key: 's' })).statusCode).toBe(303);
});
