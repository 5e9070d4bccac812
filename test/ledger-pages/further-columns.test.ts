import { expect, test } from 'vitest';
import { listFindings } from '../../src/findings/commands/list.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, does } from '../support/factories.js';

test('what an imported list said beside its known columns comes out again: in a column of the ledger, in the file, and by its words; so does the result of a check', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const clue = (title: string, extra: object) => ({ ...aFinding(cast, { title, suspected: true }), texts: { extra: JSON.stringify(extra) } });
  const [one = '', two = ''] = await listFindings(house, await cast.person('office'), [clue('甲疑似问题', { 涉及县区: '高台县', 项目编号: 'GT-017' }), clue('乙疑似问题', {})], { commandKey: 'clues' });
  await does(house, cast, 'office', one, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
  await does(house, cast, 'transport', one, 'REPORT_CHECK', { result: 'partly', note: '到现场核实，情况如上。' });
  const office = await signedIn(await testApp(house), 'office');
  const file = (await office.get('/findings/export.csv?stage=suspected')).body;
  expect(file).toContain('涉及县区：高台县；项目编号：GT-017');
  const page = (await office.get('/findings?stage=suspected&columns=number.checkResult.extra')).body;
  for (const words of ['核实结果', '清单其他栏目', '项目编号：GT-017', '部分属实']) expect(page).toContain(words);
  const found = (await office.get('/findings?stage=suspected&q=GT-017')).body;
  expect([found.includes(one), found.includes(two)]).toEqual([true, false]);
});
