import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDemo } from '../../src/demo/load.js';
import { findingQueries } from '../../src/findings/queries.js';
import type { House } from '../../src/context.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { browserPath } from '../support/browser.js';
import { screens, type Fields, type Screens } from '../support/screens.js';

describe.skipIf(browserPath === null)('the rectification loop, as people walk it in the browser', () => {
  let stage: Screens;
  let house: House;
  let base: string;
  let number = '';

  beforeAll(async () => {
    stage = await screens(loadDemo);
    ({ house, base } = stage);
  }, 180_000);

  afterAll(async () => { await stage.close(); });

  const at = (username: string): Promise<Page> => stage.at(username);
  const open = (username: string, resource: string) => stage.open(username, number, resource);
  const does = (username: string, resource: string, fields: Fields = {}): Promise<Page> => stage.does(username, number, resource, fields);
  const soundForEverybody = (page: Page): Promise<void> => stage.sound(page);

  async function state(): Promise<string> {
    return (await findingQueries(house.db.reader).byNumber(number))?.row.state ?? '';
  }

  /** Refused by the page, and the complete form by a raw request that brings a valid session and token; nothing changes. */
  async function refused(username: string, resource: string, status: number, form: Readonly<Record<string, string>> = {}): Promise<void> {
    const opened = await open(username, resource);
    expect([username, resource, opened.status]).toEqual([username, resource, status]);
    await refusedRaw(username, resource, status, form);
  }

  async function refusedRaw(username: string, resource: string, status: number, form: Readonly<Record<string, string>> = {}): Promise<void> {
    const before = await state();
    const page = await at(username);
    await page.goto(`${base}/account`);
    const token = await page.locator('[name=_csrf]').first().inputValue();
    const response = await page.request.post(`${base}/findings/${number}/${resource}`, { form: { _csrf: token, ...form }, maxRedirects: 0 });
    expect([username, resource, response.status()]).toEqual([username, resource, status]);
    expect(await state()).toBe(before);
  }

  /** The office sends an inspector. */
  async function sent(inspector: string): Promise<void> {
    const { page } = await open('office', 'verification-assignment');
    await page.getByLabel(new RegExp(inspector, 'u')).check();
    await page.locator('main form.panel button.btn-primary').click();
    await page.waitForURL(`${base}/findings/${number}`);
  }

  test('what the newspaper counts, the ledger counts from its rows', async () => {
    const page = await at('office');
    await page.goto(`${base}/`);
    const figures = (await page.locator('.figures').first().innerText()).replaceAll(/\s+/gu, ' ');
    expect(figures).toContain('应整改 33');
    expect(figures).toContain('完成整改 27 (81.82%)');
    expect(figures).toContain('正在整改 6');
    expect(await page.locator('.figures').last().innerText()).toContain('266');
    expect((await page.locator('.figures').nth(1).innerText()).replaceAll(/\s+/gu, ' ')).toContain('分项（项） 6 完成整改 6');
    for (const [label, rows] of [['应整改', '33'], ['完成整改', '27'], ['正在整改', '6']] as const) {
      await page.goto(`${base}/`);
      await page.locator('.figure', { hasText: label }).first().locator('a').click();
      expect(await page.locator('h1').innerText()).toContain(`共 ${rows} 件`);
    }
  });

  test('the office imports the list that it was given, and hands out what is plain in one go', async () => {
    const page = await at('office');
    await page.goto(`${base}/imports`);
    const list = ['序号,问题描述,整改措施,责任单位,整改时限', '1,某镇道路养护台账不全，责任未落实,补齐台账并落实责任,市交通局,2020-06-30', '2,某镇饮水点管护记录缺失,补齐记录,市水务局、高台县,2020年6月20日', '3,某村公示栏内容过期,更新公示,甘州区,6月底前'].join('\n');
    await page.setInputFiles('[name=file]', { name: '问题清单.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
    await page.locator('main form.panel button.btn-primary').click();
    await page.waitForURL(/\/imports\/[\w-]+$/u);
    expect(await page.locator('main').innerText()).toContain('请先核对“来源”');
    await page.selectOption('[name=channel]', 'audit');
    await page.fill('[name=issuer]', '演示审计机关');
    await page.locator('main p.actions button.btn-outline-primary').click();
    await page.waitForLoadState();
    expect((await page.locator('#rows').innerText()).replaceAll(/\s+/gu, ' ')).toContain('责任：市水务局、高台县');
    await soundForEverybody(page);
    await page.locator('button[formaction$="/confirmation"]').dblclick();
    await page.waitForSelector('text=某镇道路养护台账不全', { timeout: 30_000 });
    await page.goto(`${base}/findings?stage=listed`);
    expect(await page.locator('h1').innerText()).toContain('共 3 件');
    const rows = page.locator('main table tbody tr');
    number = (await rows.filter({ hasText: '道路养护' }).locator('td.number a').first().innerText()).trim();
    for (const text of ['饮水点', '公示栏']) await rows.filter({ hasText: text }).locator('input[name=n]').check();
    expect(await page.locator('#selected').innerText()).toBe('2');
    await page.locator('button[formaction="/findings/assignment"]').click();
    await page.fill('[name=closureStandard]', '整改到位，经核查属实。');
    await page.check('[name=rectificationType][value=staged]');
    await page.locator('button.btn[value=preview]').click();
    const preview = (await page.locator('main').innerText()).replaceAll(/\s+/gu, ' ');
    for (const words of ['可以交办 2 件', '市水务局 分 2 项', '甘州区']) expect(preview).toContain(words);
    await soundForEverybody(page);
    await page.locator('button[value=confirm]').dblclick();
    await page.waitForSelector('text=已交办 2 件');
    await page.goto(`${base}/findings?stage=assigned`);
    expect(await page.locator('h1').innerText()).toContain('共 2 件');
  });

  test('it assigns the problem of the roads; another office and a unit may not', async () => {
    const lead = String((await house.tree()).named('张掖市交通运输局')[0]?.id);
    const assignment = { leadUnitId: lead, requirement: '补齐台账，落实责任。', closureStandard: '台账齐全，责任到人。', rectificationType: 'staged', deadline: '2020-06-30' };
    for (const username of ['ganzhou-office', 'transport', 'ganzhou']) await refused(username, 'assignment', 404, assignment);
    await refused('inspector', 'assignment', 403, assignment);
    await refused('admin', 'assignment', 404, assignment);
    await does('office', 'assignment', assignment);
    expect(await state()).toBe('assigned');
  });

  test('the transport bureau accepts, plans, and its head signs; the office reviews', async () => {
    const lead = String((await house.tree()).named('张掖市交通运输局')[0]?.id);
    const plan = { 'measures.0.text': '逐条补齐台账', 'measures.0.ownerUnitId': lead, 'measures.0.owner': '经办甲', 'measures.0.dueOn': '2020-06-10', 'measures.0.deliverable': '养护台账' };
    for (const [username, status] of [['ganzhou', 404], ['ganzhou-office', 404], ['office', 403], ['inspector', 403]] as const) await refused(username, 'acceptance', status);
    await does('transport', 'acceptance');
    await refused('office', 'plan', 403, plan);
    await does('transport', 'plan', plan);
    // The handler may only enter what the head has signed on paper.
    await refusedRaw('transport', 'plan-signature', 403);
    await does('transport-head', 'plan-signature');
    await refused('transport-head', 'plan-approval', 403);
    await refused('ganzhou-office', 'plan-approval', 404);
    await does('office', 'plan-approval');
    expect(await state()).toBe('rectifying.executing');
  });

  const verification = { method: 'onSite', companions: '核查员乙', note: '现场查看，台账齐全，责任牌已更换。' };
  const closure = { outcome: 'rectified', decisionNumber: '演示〔2020〕9号' };

  test('it reports, and cannot claim before every measure is done; what was typed and uploaded is kept', async () => {
    await refused('transport', 'claim', 409, { text: '台账已补齐，责任已落实到人。' });
    await refused('office', 'report', 403, { text: '替责任单位填报。' });
    await does('transport', 'report', { text: '台账已补齐。', 'progress.1.percent': '100' });
    const { page } = await open('transport', 'claim');
    await page.fill('[name=text]', '已完成');
    await page.setInputFiles('[name=files]', { name: '台账.txt', mimeType: 'text/plain', buffer: Buffer.from('整改材料') });
    await page.locator('main form.panel button.btn-primary').click();
    expect(await page.locator('#faults').innerText()).toContain('需要改正');
    expect(await page.inputValue('[name=text]')).toBe('已完成');
    expect(await page.getByLabel('台账.txt').isChecked()).toBe(true);
    for (const box of await page.locator('[name=checklist]').all()) await box.check();
    await page.fill('[name=text]', '台账已补齐，责任已落实到人。');
    await page.locator('main form.panel button.btn-primary').click();
    await page.waitForURL(`${base}/findings/${number}`);
    expect(await page.getByText('台账.txt').count()).toBeGreaterThan(0);
    await refusedRaw('office', 'claim-signature', 403);
    await does('transport-head', 'claim-signature');
    expect(await state()).toBe('verifying.inspection');
  });

  test('an inspector who was not sent may not verify; the one who was sends it back, later passes it', async () => {
    await refused('inspector', 'verification', 403, verification);
    await sent('核查员甲');
    await refused('inspector2', 'verification', 403, verification);
    for (const username of ['transport', 'transport-head', 'leader']) await refused(username, 'verification', 403, verification);
    await refusedRaw('office', 'verification', 403, verification);
    await refused('ganzhou', 'verification', 404, verification);
    await refused('office', 'closure', 409, closure);
    await does('inspector', 'send-back', { method: 'onSite', companions: '核查员乙', missing: '三处路段责任牌尚未更换，请补齐。' });
    expect(await state()).toBe('rectifying.executing');
    await does('transport', 'report', { text: '责任牌已全部更换。' });
    const claimPage = (await open('transport', 'claim')).page;
    for (const box of await claimPage.locator('[name=checklist]').all()) await box.check();
    await claimPage.fill('[name=text]', '责任牌已更换，台账齐全。');
    await claimPage.setInputFiles('[name=files]', { name: '照片说明.txt', mimeType: 'text/plain', buffer: Buffer.from('材料') });
    await claimPage.locator('main form.panel button.btn-primary').click();
    await claimPage.waitForURL(`${base}/findings/${number}`);
    await does('transport-head', 'claim-signature');
    await sent('核查员甲');
    await does('inspector', 'verification', verification);
    expect(await state()).toBe('verified.approval');
  });

  test('the office closes it, once, whatever is clicked twice; looked back, proposed and reopened', async () => {
    for (const username of ['inspector', 'transport', 'transport-head']) await refused(username, 'closure', 403, closure);
    await refused('ganzhou-office', 'closure', 404, closure);
    const { page: office } = await open('office', 'closure');
    await office.check('[name=outcome][value=rectified]');
    await office.fill('[name=decisionNumber]', closure.decisionNumber);
    await office.locator('main form.panel button.btn-primary').dblclick();
    await office.waitForURL(`${base}/findings/${number}`);
    expect(await state()).toBe('closed');
    const closed = await findingQueries(house.db.reader).byNumber(number);
    expect((await findingQueries(house.db.reader).events(closed?.row.id ?? 0, null, 50)).filter((event) => event.type === 'CLOSE').length).toBe(1);
    await office.goBack();
    expect(await office.locator('main [role=alert]').innerText()).toContain('现在是“已销号”');
    expect((await findingQueries(house.db.reader).byNumber(number))?.row.version).toBe(closed?.row.version);
    await does('inspector3', 'look-back', { method: 'onSite', companions: '核查员丁', result: 'unsound', note: '一处责任牌又缺失。' });
    await refused('office', 'reopening', 409, { reason: '同意重新挂号，限期整改到位。', deadline: '2020-06-20' });
    await does('inspector3', 'reopening-proposal', { reason: '回头看发现责任牌再次缺失。', files: '照片.txt' });
    await refused('inspector3', 'reopening', 403, { reason: '同意重新挂号，限期整改到位。', deadline: '2020-06-20' });
    await does('office', 'reopening', { reason: '同意重新挂号，限期整改到位。', deadline: '2020-06-20' });
    expect((await findingQueries(house.db.reader).byNumber(number))?.row.cycle).toBe(2);
  });

  test('every page is fit for a keyboard and a screen reader, at a desk and on a phone', async () => {
    const walks: readonly (readonly [string, readonly string[]])[] = [
      ['office', ['/', '/findings', '/matrix', '/rules', '/findings/check-request?all=yes', '/findings/new', `/findings/${number}`, `/findings/${number}/history`, `/findings/${number}/workflow`, '/findings/ZG-2020-0003', '/findings/assignment', '/findings/assignment?n=ZG-2020-0001', '/workflow', '/account', '/account/password']],
      ['transport', ['/', '/reporting', '/findings/ZG-2020-0001/report', '/findings/ZG-2020-0001/extension-request']],
      ['admin', ['/', '/people', '/people/new', '/people/lists', '/people/3', '/organisation', '/organisation/new', '/organisation/import', '/campaigns', '/campaigns/new', '/campaigns/1']],
      ['auditor', ['/', '/audit']], ['leader', ['/', '/findings/ZG-2020-0001/extension']],
    ];
    for (const [username, addresses] of walks) {
      const page = await at(username);
      for (const address of addresses) {
        await page.goto(base + address);
        await soundForEverybody(page);
      }
    }
    const phone = await (await stage.browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
    await phone.goto(`${base}/sign-in`);
    await soundForEverybody(phone);
    await phone.fill('[name=username]', 'transport');
    await phone.fill('[name=password]', 'zhenggai-demo');
    await phone.click('main button');
    for (const address of ['/', '/findings', '/findings/ZG-2020-0001', '/findings/ZG-2020-0001/report']) {
      await phone.goto(base + address);
      expect([address, await phone.evaluate('document.documentElement.scrollWidth <= window.innerWidth')]).toEqual([address, true]);
      await soundForEverybody(phone);
    }
  }, 180_000);

  test('without scripts the ledger is filtered and a report is sent all the same', async () => {
    const context = await stage.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${base}/sign-in`);
    await page.fill('[name=username]', 'transport');
    await page.fill('[name=password]', 'zhenggai-demo');
    await page.click('main button');
    await page.goto(`${base}/findings?q=${encodeURIComponent('前期手续')}`);
    expect(await page.locator('table.list tbody tr').count()).toBe(1);
    await page.goto(`${base}/findings/ZG-2020-0001/report`);
    await page.check('[name=nothingNew]');
    await page.locator('main form.panel button.btn-primary').click();
    expect(page.url()).toBe(`${base}/findings/ZG-2020-0001`);
    await context.close();
  });

  test('a finding prints on paper without the buttons', async () => {
    const { page } = await open('office', '');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.bar').isVisible()).toBe(false);
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
    await page.emulateMedia({ media: 'screen' });
  });

  test('after all this the ledger still verifies', async () => {
    expect((await verifyLedger(house)).faults).toEqual([]);
  });
});
