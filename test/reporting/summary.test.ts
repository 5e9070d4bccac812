import { expect, test } from 'vitest';
import { addPeriods } from '../../src/reporting/period-commands.js';
import { signedIn, testApp } from '../support/app.js';
import { does } from '../support/factories.js';
import { accepted, aCampaign, monday, nextMonday, nextThursday, thursdayNoon } from './a-campaign.js';

test('a period goes into a file and on paper as its page has it: by unit, and each finding with what was said, when, and whether late', async () => {
  const { house, cast } = await aCampaign();
  await addPeriods(house, await cast.person('office'), 1, [{ name: '第1周', opensAt: monday, cutOffAt: thursdayNoon }, { name: '第2周', opensAt: nextMonday, cutOffAt: nextThursday }], 'weeks');
  const [one, two, water] = [await accepted(house, cast, '甲问题', 3, 'transport'), await accepted(house, cast, '乙问题', 3, 'transport'), await accepted(house, cast, '水务问题', 7, 'water')];
  await does(house, cast, 'transport', one, 'REPORT', { text: '已开工\n前期手续全部办结' });
  house.clock.set('2020-05-14T07:10:00.000Z');
  await does(house, cast, 'transport', two, 'REPORT', { nothingNew: true });
  const app = await testApp(house);
  const office = await signedIn(app, 'office');
  expect((await office.get('/reporting/periods/1')).body).toContain('/reporting/periods/1/export.xlsx');
  const file = (await office.get('/reporting/periods/1/export.csv')).body;
  expect(file).toContain('编号,原序号,问题,责任单位,整改时限,本期进展,报送时间,填报情况');
  expect(file).toContain(`${one},7,甲问题,市交通运输局,2020-06-30,"已开工\n前期手续全部办结",2020-05-11 08:00,按期已报`);
  expect(file).toContain(`${two},7,乙问题,市交通运输局,2020-06-30,本期无新进展,2020-05-14 15:10,迟报`);
  expect(file).toContain(`${water},7,水务问题,市水务局,2020-06-30,,,未报`);
  expect((await office.get('/reporting/periods/1/units.csv')).body).toContain('市交通运输局,2,1,1,0\r\n市水务局,1,0,0,1\r\n合计,3,1,1,1');
  expect((await office.get('/reporting/periods/1/export.xlsx')).headers['content-type']).toContain('spreadsheetml');
  const paper = (await office.get('/reporting/periods/1/print')).body;
  for (const words of ['print-wide', '填报汇总', '前期手续全部办结', '合计', water]) expect(paper).toContain(words);

  const unit = await signedIn(app, 'water');
  for (const address of ['export.csv', 'units.csv', 'print']) {
    const { body } = await unit.get(`/reporting/periods/1/${address}`);
    expect([body.includes('市水务局'), body.includes('市交通运输局'), body.includes('甲问题')]).toEqual([true, false, false]);
  }
  expect([(await unit.get('/reporting/periods/1/export.pdf')).statusCode, (await (await signedIn(app, 'gaotai')).get('/reporting/periods/1/export.csv')).statusCode]).toEqual([404, 404]);
  expect((await office.get('/reporting/periods/2/print')).body).toContain('应报');
});
