import { expect, test } from 'vitest';
import { campaigns, categories } from '../../db/schema/index.js';
import { findingQueries } from '../../src/findings/queries.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';

const good = { name: '百日攻坚', hostOfficeId: '2', startsOn: '2020-04-01', endsOn: '2020-07-10', headSigns: 'yes', evidenceRequired: 'yes', noticeDays: '7', acceptanceDays: '3', closedBy: 'leader' };

async function aHouse() {
  const house = await testHouse();
  await withCast(house);
  const app = await testApp(house);
  const agent = await signedIn(app, 'admin');
  await agent.get('/campaigns/new');
  return { house, app, agent };
}

test('an administrator makes a campaign with its switches, and what is listed in it goes by them', async () => {
  const { house, app, agent } = await aHouse();
  expect((await agent.post('/campaigns', good)).statusCode).toBe(303);
  const [row] = await house.db.reader.select().from(campaigns);
  const office = await signedIn(app, 'office');
  await office.get('/findings/new');
  const { headers } = await office.post('/findings', { title: '题', description: '说明', severity: 'ordinary', channel: 'audit', issuer: '省审计厅', campaignId: String(row?.id), key: 'one' });
  const listed = await findingQueries(house.db.reader).byNumber(String(headers.location).split('/').at(-1) ?? '');
  expect(listed?.snapshot.context.switches).toEqual({ listIsPlan: false, headSigns: true, sectorReview: false, evidenceRequired: true, noticeDays: 7, acceptanceDays: 3, closedBy: 'leader' });
  await agent.get(`/campaigns/${row?.id ?? 0}`);
  expect((await agent.post(`/campaigns/${row?.id ?? 0}`, { ...good, noticeDays: '0', version: '1', disabledOn: '2020-05-11' })).statusCode).toBe(303);
  const late = await agent.post(`/campaigns/${row?.id ?? 0}`, { ...good, noticeDays: '9', version: '1' });
  expect([late.statusCode, late.body.includes('别人已修改过')]).toEqual([422, true]);
  expect((await findingQueries(house.db.reader).byNumber(listed?.row.number ?? ''))?.snapshot.context.switches.noticeDays).toBe(7);
  expect((await office.get('/findings/new')).body).not.toContain('百日攻坚');
});

test('a form that is wrong says what, field by field, and makes nothing', async () => {
  const { house, agent } = await aHouse();
  await agent.post('/campaigns', good);
  const faulty: readonly (readonly [Record<string, string>, string])[] = [
    [{ name: '' }, '请填写“名称”'], [{ name: '行'.repeat(101) }, '太长'], [{ name: '另一个', hostOfficeId: '3' }, '请填写“主管办公室”'], [{ name: '另一个', endsOn: '2020-03-01' }, '结束日期早于开始日期'], [{ name: '另一个', disabledOn: '2020-05-12' }, '停用日期不能晚于今天'],
    [{ name: '另一个', noticeDays: '-1' }, '“公示天数（0 为不公示）”应是 0 到 90'], [{ name: '另一个', acceptanceDays: '0' }, '应是 1 到 90'], [{ name: '另一个', startsOn: '2020-02-31' }, '不是有效日期'], [{}, '已有同名的专项行动'],
  ];
  for (const [change, sentence] of faulty) {
    const { statusCode, body } = await agent.post('/campaigns', { ...good, ...change });
    expect([statusCode, body.includes(sentence)], sentence).toEqual([422, true]);
  }
  expect(await house.db.reader.$count(campaigns)).toBe(1);
});

test('categories have two levels, are taken out of use and back, and are nobody else’s business', async () => {
  const { house, app, agent } = await aHouse();
  await agent.post('/categories', { name: '基础设施' });
  const [above] = await house.db.reader.select().from(categories);
  await agent.post('/categories', { name: '道路', parentId: String(above?.id) });
  const child = (await house.db.reader.select().from(categories)).find(({ name }) => name === '道路');
  for (const [form, sentence] of [[{ name: '' }, '请填写'], [{ name: '桥', parentId: String(child?.id) }, '请从所列选项中选择'], [{ name: '基础设施' }, '已有同名类别']] as const) {
    const { statusCode, body } = await agent.post('/categories', form);
    expect([statusCode, body.includes(sentence)], sentence).toEqual([422, true]);
  }
  expect((await agent.post(`/categories/${child?.id ?? 0}/disabling`, { disabled: 'yes' })).statusCode).toBe(303);
  expect((await (await signedIn(app, 'office')).get('/findings/new')).body).not.toContain('>道路<');
  await agent.get('/campaigns');
  expect((await agent.post(`/categories/${child?.id ?? 0}/disabling`, { disabled: 'no' })).statusCode).toBe(303);
  expect((await agent.post('/categories/999/disabling', { disabled: 'yes' })).statusCode).toBe(404);
  for (const username of ['office', 'leader', 'auditor', 'transport']) {
    const other = await signedIn(app, username);
    expect([username, (await other.get('/campaigns')).statusCode, (await other.post('/categories', { name: '别的' })).statusCode, (await other.post('/campaigns', good)).statusCode]).toEqual([username, 403, 403, 403]);
  }
});
