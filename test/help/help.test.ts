import { expect, test } from 'vitest';
import { toursSeen } from '../../db/schema/index.js';
import { days, guides, questions, topics } from '../../src/help/guides.js';
import { hasWord, languages } from '../../src/words.js';
import { agentOf, signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';

const everybody = ['office', 'ganzhou-office', 'transport', 'transport-head', 'inspector', 'leader', 'admin', 'auditor'];

test.each(languages)('every guide has all its words in %s', (language) => {
  const keys = guides.flatMap((guide) => [`help.${guide}`, `help.${guide}.sees`, ...Array.from({ length: days }, (_, n) => `help.${guide}.day.${n + 1}`), ...Array.from({ length: questions }, (_, n) => [`help.${guide}.ask.${n + 1}`, `help.${guide}.answer.${n + 1}`]).flat(), ...[1, 2, 3].map((n) => `help.${guide}.step.${n}`)]);
  const named = guides.flatMap((guide) => Array.from({ length: topics[guide] }, (_, n) => [`help.${guide}.topic.${n + 1}`, `help.${guide}.topic.${n + 1}.what`]).flat());
  expect([...named, ...['county', 'head'].flatMap((who) => [1, 2, 3].map((n) => `help.${who}.step.${n}`))].filter((key) => !hasWord(language, key))).toEqual([]);
  expect(keys.filter((key) => !hasWord(language, key))).toEqual([]);
});

test('everybody reads every guide, their own first, with the phone of the office that looks after them', async () => {
  const house = await testHouse();
  await withCast(house);
  const app = await testApp(house);
  for (const username of everybody) {
    const agent = await signedIn(app, username);
    const { body } = await agent.get('/help');
    expect([username, body.indexOf('您的岗位') < body.indexOf('href="/help/', body.indexOf('</h2>')), body.includes('市整改办公室')]).toEqual([username, true, true]);
    for (const guide of guides) expect([username, guide, (await agent.get(`/help/${guide}`)).statusCode]).toEqual([username, guide, 200]);
  }
  expect((await (await signedIn(app, 'ganzhou-office')).get('/help')).body).toContain('甘州区整改办公室');
  expect((await (await signedIn(app, 'office')).get('/help/king')).statusCode).toBe(404);
  expect((await agentOf(app).get('/help')).headers.location).toContain('/sign-in');
});

test('the first steps stand on the workbench until they are put away, for that person alone; every step leads somewhere they may go', async () => {
  const house = await testHouse();
  await withCast(house);
  const app = await testApp(house);
  for (const username of everybody) {
    const agent = await signedIn(app, username);
    const { body } = await agent.get('/');
    const steps = /class="panel tour".*?<\/ol>/su.exec(body)?.[0] ?? '';
    const hrefs = [...steps.matchAll(/href="([^"]+)"/gu)].map(([, href = '']) => href);
    expect([username, hrefs.length]).toEqual([username, 3]);
    for (const href of hrefs) expect([username, href, (await agent.get(href)).statusCode]).toEqual([username, href, 200]);
  }
  const agent = await signedIn(app, 'office');
  await agent.get('/');
  expect((await agent.post('/help/seen', {})).headers.location).toBe('/');
  expect((await agent.post('/help/seen', {})).statusCode).toBe(303);
  expect((await agent.get('/')).body).not.toContain('第一次使用');
  expect((await (await signedIn(app, 'office2')).get('/')).body).toContain('第一次使用');
  expect(await house.db.reader.select().from(toursSeen)).toHaveLength(1);
});

test.each([
  ['transport-head', '待签批'], ['inspector', '我的核查'], ['inspector', '抽查与回头看'], ['ganzhou-office', '转办分解'], ['ganzhou-office', '集中调度'], ['leader', '待签批'], ['leader', '红灯'], ['office', '工作交接'],
])('the first steps of %s speak of %s', async (username, words) => {
  const house = await testHouse();
  await withCast(house);
  const { body } = await (await signedIn(await testApp(house), username)).get('/');
  expect(/class="panel tour".*?<\/ol>/su.exec(body)?.[0] ?? '').toContain(words);
});

test('help names the pages and papers that people ask about', async () => {
  const house = await testHouse();
  await withCast(house);
  const agent = await signedIn(await testApp(house), 'office');
  const asked = { inspector: ['我的核查', '核查包', '整趟录入'], office: ['通知单', '填报周期', '审议会', '分派规则', '催办文字', '批量办理'], unit: ['反馈核实', '回执', '签收和退回'] };
  for (const [guide, names] of Object.entries(asked)) {
    const { body } = await agent.get(`/help/${guide}`);
    for (const name of names) expect(body).toContain(`<dt>${name}</dt>`);
  }
});
