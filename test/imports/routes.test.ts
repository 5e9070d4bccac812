import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { findings } from '../../db/schema/index.js';
import { testApp, testHouse, signedIn } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { fiveAspects, workbook } from './sample.js';

async function office() {
  const house = await testHouse();
  await withCast(house);
  const app = await testApp(house);
  const agent = await signedIn(app, 'office');
  await agent.get('/imports');
  return { house, app, agent };
}

function field(body: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`, 'u').exec(body)?.[1] ?? '';
}

test('an office uploads a list, looks at it, confirms it and finds it in the ledger', async () => {
  const { agent } = await office();
  const uploaded = await agent.upload('/imports', '整改清单2020.xlsx', await fiveAspects());
  expect(uploaded.statusCode).toBe(303);
  const address = String(uploaded.headers.location);
  const page = await agent.get(address);
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('确认导入 4 件');
  expect(page.body).toContain('市卫健委');
  const confirmed = await agent.post(`${address}/confirmation`, { key: field(page.body, 'key'), version: field(page.body, 'version') });
  expect([confirmed.statusCode, confirmed.headers.location]).toEqual([303, address]);
  const report = await agent.get(address);
  expect(report.body).toContain('已导入 4 件：新增 2 件，存量接入 2 件');
  const ledger = /href="(\/findings\?source=\d+)"/u.exec(report.body.replaceAll('&#x3D;', '='))?.[1] ?? '';
  expect((await agent.get(ledger)).body).toContain('共 2 件');
  expect((await agent.get('/imports')).body).toContain('已导入');
});

test('what the columns mean can be changed, and the preview follows', async () => {
  const { agent } = await office();
  const address = String((await agent.upload('/imports', 'list.xlsx', await workbook([['甲', '乙', '丙'], ['道路未硬化', '交通局', '已办'], ['水管漏水', '水务处', '未办']]))).headers.location);
  const page = await agent.get(address);
  expect(page.body).toContain('请先指定哪一列是问题描述');
  const choice = { version: field(page.body, 'version'), channel: 'self-check', issuer: '市整改办公室', documentNumber: '自查清单', 'was-headerRow': '1', headerRow: '1', 'was-sheet': 'Sheet1', sheet: 'Sheet1', 'column-0': 'description', 'column-1': 'leadUnit', 'column-2': 'status' };
  expect((await agent.post(`${address}/mapping`, choice)).statusCode).toBe(303);
  const next = await agent.get(address);
  expect(next.body).toContain('确认导入 2 件');
  expect(next.body).toContain('水务处');
  const wrong = await agent.post(`${address}/mapping`, { ...choice, version: field(next.body, 'version'), issuer: '', 'units-0-text': '水务处', 'units-0': '没有这个局' });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain('机构里没有“没有这个局”');
  await agent.post(`${address}/mapping`, { ...choice, version: field(next.body, 'version'), 'statuses-0-text': '已办', 'statuses-0': 'closed', 'units-0-text': '水务处', 'units-0': '市水务局' });
  const last = await agent.get(address);
  expect(last.body).not.toContain('（待手工交办）');
});

test('what is chosen on the page is previewed before it is imported; a unit beside one that nobody knows does not lead unseen', async () => {
  const { agent, house } = await office();
  await agent.get('/imports');
  const list = '序号,问题描述,责任单位,整改时限\n1,甲问题,交通局,2020-06-30\n2,乙问题,交通局、市财政局,2020-06-30\n3,丙问题,交通局 市水务局,2020年2月30日\n';
  const faulty = await agent.upload('/imports', '清单.csv', Buffer.from(list));
  expect((await agent.get(String(faulty.headers.location))).body).toContain('没有这一天');
  const address = String((await agent.upload('/imports', '清单.csv', Buffer.from(list.replace('2月30日', '6月20日')))).headers.location);
  const page = await agent.get(address);
  expect(page.body).toContain('没有认出：市财政局');
  const form = { key: field(page.body, 'key'), version: field(page.body, 'version'), channel: 'audit', issuer: '省审计厅', documentNumber: '审〔2020〕1号', year: '2020', order: 'mdy' };
  const again = await agent.post(`${address}/confirmation`, form);
  expect([again.statusCode, again.headers.location, await house.db.reader.$count(findings)]).toEqual([303, address, 0]);
  const shown = await agent.get(address);
  expect(shown.body).toContain('已按新的选择重新预览');
  await agent.post(`${address}/confirmation`, { ...form, key: field(shown.body, 'key'), version: field(shown.body, 'version') });
  for (let tries = 0; tries < 100 && (await house.db.reader.$count(findings)) === 0; tries += 1) await setTimeout(50);
  const rows = await house.db.reader.select({ channel: findings.channel, leadUnitId: findings.leadUnitId }).from(findings).orderBy(findings.number);
  expect(rows).toEqual([{ channel: 'audit', leadUnitId: 3 }, { channel: 'audit', leadUnitId: null }, { channel: 'audit', leadUnitId: 3 }]);
});

test('an old workbook gets a sentence and leaves nothing behind', async () => {
  const { agent, house } = await office();
  const bytes = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600), Buffer.from('Workbook', 'utf16le')]);
  const response = await agent.upload('/imports', '旧台账.xls', bytes);
  expect(response.statusCode).toBe(422);
  expect(response.body).toContain('另存为 .xlsx');
  expect(await house.db.reader.$count(findings)).toBe(0);
});

test('a list can be dropped, and then it is over', async () => {
  const { agent } = await office();
  const address = String((await agent.upload('/imports', 'list.xlsx', await fiveAspects())).headers.location);
  const page = await agent.get(address);
  expect((await agent.post(`${address}/drop`, {})).statusCode).toBe(303);
  expect((await agent.get(address)).body).toContain('已放弃');
  expect((await agent.post(`${address}/confirmation`, { key: 'k', version: field(page.body, 'version') })).statusCode).toBe(409);
});

test('nobody but an office comes here', async () => {
  const { app, agent } = await office();
  const address = String((await agent.upload('/imports', 'list.xlsx', await fiveAspects())).headers.location);
  for (const username of ['transport', 'inspector', 'leader', 'admin', 'auditor']) {
    const other = await signedIn(app, username);
    expect((await other.get('/imports')).statusCode, username).toBe(403);
    expect((await other.get(address)).statusCode, username).toBe(403);
    expect((await other.upload('/imports', 'list.xlsx', await fiveAspects())).statusCode, username).toBe(403);
  }
  const county = await signedIn(app, 'ganzhou-office');
  expect((await county.get(address)).statusCode).toBe(404);
});

test('the empty template has the columns, and is told apart from a list', async () => {
  const { agent } = await office();
  const template = await agent.get('/imports/template.xlsx');
  expect(template.statusCode).toBe(200);
  await agent.get('/imports');
  const response = await agent.upload('/imports', 'template.xlsx', template.rawPayload);
  expect(response.statusCode).toBe(422);
  expect(response.body).toContain('下面没有一行问题');
});
