import { expect, test } from 'vitest';
import { listFindings } from '../../src/findings/commands/list.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, assignment, does, listed } from '../support/factories.js';

test('after something was done the next page says what, of which finding, and who acts next', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const clue = await listed(house, cast, { suspected: true });
  await does(house, cast, 'office', clue, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
  const transport = await signedIn(await testApp(house), 'transport');
  await transport.get(`/findings/${clue}/check-report`);
  const { body } = await transport.follow(`/findings/${clue}/check-report`, { result: 'founded', note: '到现场核实，情况属实。', key: 'one' });
  for (const words of [`已反馈核实结果：${clue}。`, '下一步：市整改办公室 办公室 待认定']) expect(body).toContain(words);
  expect((await transport.get(`/findings/${clue}`)).body).not.toContain('下一步：');
});

test('an instruction and its reply are called what they are, also where they are missing', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', assignment);
  await does(house, cast, 'transport', number, 'ACCEPT');
  const app = await testApp(house);
  const leader = await signedIn(app, 'leader');
  const form = (await leader.get(`/findings/${number}/instruction`)).body;
  expect([form.includes('批示内容'), form.includes('情况说明')]).toEqual([true, false]);
  expect((await leader.post(`/findings/${number}/instruction`, { text: '', unitId: '3', key: 'one' })).body).toContain('批示内容');
  await does(house, cast, 'leader', number, 'INSTRUCT', { text: '请逐项倒排，按期办结。', unitId: 3 });
  expect((await (await signedIn(app, 'transport')).get(`/findings/${number}/instruction-reply`)).body).toContain('反馈内容');
});

test('a column of the list that is called as a fact of the page says that it is the list’s', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const office = await cast.person('office');
  const one = { ...aFinding(cast), texts: { extra: JSON.stringify({ 主管办公室: '市扶贫办', 涉及地区: '高台县' }) } };
  const [number = ''] = await listFindings(house, office, [one], { commandKey: 'one' });
  const { body } = await (await signedIn(await testApp(house), 'office')).get(`/findings/${number}`);
  for (const words of ['<dt>原清单主管办公室</dt><dd>市扶贫办</dd>', '<dt>涉及地区</dt><dd>高台县</dd>']) expect(body).toContain(words);
  expect(body.split('<dt>主管办公室</dt>')).toHaveLength(2);
});
