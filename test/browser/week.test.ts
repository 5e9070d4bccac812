import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings, sources } from '../../db/schema/index.js';
import type { House } from '../../src/context.js';
import { loadCalendar } from '../../src/calendar/load.js';
import { makeOrganisation } from '../../src/demo/organisation.js';
import { act } from '../../src/findings/commands/act.js';
import { listFindings, type NewFinding } from '../../src/findings/commands/list.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { peopleQueries } from '../../src/people/queries.js';
import { browserPath } from '../support/browser.js';
import { screens, type Screens } from '../support/screens.js';

/** As many suspected problems of eight categories as the office of 张掖 handed out at once (《张掖日报》, 11 May 2020): what one morning must bear. */
const amount = 266;

/** They are listed and with nobody, as an imported list leaves them. */
async function clues(house: House): Promise<void> {
  await loadCalendar(house);
  const { source, campaign, category } = await makeOrganisation(house);
  const kinds = Object.entries(category);
  const all = Array.from({ length: amount }, (_, index): NewFinding => {
    const [name, categoryId] = kinds[index % kinds.length] ?? ['', null];
    return {
      data: { title: `${name}疑似问题第${index + 1}件`, description: `排查比对发现某镇疑似存在问题，编号${index + 1}，请核实。`, severity: 'ordinary', suspected: true },
      adopted: false, sourceId: source.hundredDays, originalNumber: String(index + 1), verbatim: '', campaignId: campaign.hundredDays, categoryId,
    };
  });
  const row = await peopleQueries(house.db.reader).byUsername('office');
  const office = row && (await peopleQueries(house.db.reader).person(row.id, house.clock.today()));
  if (!office) throw new Error('There is no office.');
  await listFindings(house, office, all, { commandKey: randomUUID() });
}

describe.skipIf(browserPath === null)('the week of an office, walked by seven people', () => {
  let stage: Screens;
  let house: House;
  let base: string;
  let founded: readonly string[] = [];

  beforeAll(async () => {
    stage = await screens(clues);
    ({ house, base } = stage);
  }, 180_000);

  afterAll(async () => { await stage.close(); });

  const unit = async (name: string): Promise<string> => String((await house.tree()).named(name)[0]?.id ?? '');
  const later = (days: number): string => new Date(Date.parse(`${house.clock.today()}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  const inStage = async (stageName: typeof findings.$inferSelect.stage): Promise<number> => house.db.reader.$count(findings, eq(findings.stage, stageName));
  const row = async (number: string) => (await findingQueries(house.db.reader).byNumber(number))?.row;

  /** Sends what is chosen on the present page: fills in, looks at the preview, confirms. */
  async function handedOut(page: Page, fields: () => Promise<void>, expected: string): Promise<void> {
    await fields();
    await page.locator('button.btn[value=preview]').click();
    await page.waitForSelector('button[value=confirm]', { timeout: 60_000 });
    await stage.sound(page);
    await page.locator('button[value=confirm]').dblclick();
    await page.waitForSelector(`text=${expected}`, { timeout: 60_000 });
  }

  test('on Monday the office sees 266 clues that are nobody’s, by category, and hands them all out from the matrix', async () => {
    const page = await stage.at('office');
    for (const [name, county] of [['易地扶贫搬迁', '甘州区'], ['兜底保障', '高台县']] as const) {
      await page.goto(`${base}/matrix`);
      expect((await page.locator('h1').innerText()).replaceAll(/\s+/gu, ' ')).toContain('共 266 件');
      await page.locator('table.cross').first().locator('tbody tr', { hasText: name }).locator('td a').last().click();
      await page.waitForURL(/\/findings\?/u);
      await page.goto(page.url().replace('/findings?', '/findings/check-request?all=yes&'));
      const { length } = await page.locator('main form input[name=n]').all();
      await handedOut(page, async () => {
        await page.selectOption('[name=checkUnitId]', await unit(county));
        await page.fill('[name=checkBy]', later(9));
      }, `已交办核实 ${length} 件`);
    }
    await page.goto(`${base}/findings/check-request?all=yes`);
    const rest = (await page.locator('main form input[name=n]').all()).length;
    await handedOut(page, async () => {
      await page.selectOption('[name=checkUnitId]', await unit('张掖市交通运输局'));
      await page.fill('[name=checkBy]', later(9));
    }, `已交办核实 ${rest} 件`);
    expect(await house.db.reader.$count(findings, eq(findings.state, 'suspected.checking'))).toBe(amount);
  }, 240_000);

  test('a county checks, from its phone; the office decides: two are founded, one is nothing', async () => {
    const phone = await stage.at('ganzhou', { width: 360, height: 740 });
    await phone.goto(`${base}/`);
    expect(await phone.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    const numbers = (await phone.locator('main table.list td.number a').allInnerTexts()).slice(0, 3);
    for (const [index, number] of numbers.entries()) await stage.does('ganzhou', number, 'check-report', { result: index === 2 ? 'unfounded' : 'founded', note: '已到现场核实，情况见附件说明。' });
    for (const number of numbers.slice(0, 2)) await stage.does('office', number, 'confirmation', { note: '核实属实，列入清单。' });
    await stage.does('office', numbers[2] ?? '', 'dismissal', { reason: '经核实不存在该问题，予以销去。', files: '核实记录.txt' });
    const listed = await house.db.reader.select({ number: findings.number }).from(findings).where(eq(findings.stage, 'listed'));
    founded = listed.map(({ number }) => number).sort();
    expect(founded.length).toBe(2);
    expect([await inStage('unfounded'), await inStage('suspected')]).toEqual([1, amount - 3]);
  }, 120_000);

  test('what is founded goes to two counties in parts; one hands its part on to a township with an earlier date', async () => {
    const page = await stage.at('office');
    await page.goto(`${base}/findings?stage=listed`);
    for (const box of await page.locator('main table input[name=n]').all()) await box.check();
    await page.locator('button[formaction="/findings/assignment"]').click();
    const [lead, one, other] = [await unit('张掖市交通运输局'), await unit('甘州区'), await unit('高台县')];
    await handedOut(page, async () => {
      await page.selectOption('[name=leadUnitId]', lead);
      await page.fill('[name=requirement]', '逐户核对，限期整改。');
      await page.fill('[name=closureStandard]', '抽查合格，资料齐全。');
      await page.check('[name=rectificationType][value=immediate]');
      await page.fill('[name=deadline]', later(40));
      await page.locator('select[name=responsibleUnitIds]').evaluate((select: { readonly options: Iterable<{ readonly value: string; selected: boolean }> }, wanted: readonly string[]) => { for (const option of select.options) option.selected = wanted.includes(option.value); }, [one, other]);
    }, '已交办 2 件');
    const [first = ''] = founded;
    await stage.does('ganzhou', `${first}-01`, 'acceptance');
    const township = (await house.tree()).all.find((each) => each.kind === 'township' && String(each.parentId) === one);
    const { page: county } = await stage.open('ganzhou-office', `${first}-01`, 'parts');
    await county.selectOption('[name="parts.0.unitId"]', String(township?.id));
    await county.fill('[name="parts.0.deadline"]', later(30));
    await county.locator('main form.panel button.btn-primary').click();
    await county.waitForURL(`${base}/findings/${first}-01`);
    expect(await row(`${first}-01-01`)).toMatchObject({ stage: 'assigned', dueOn: later(30), leadUnitId: township?.id });
    expect((await row(`${first}-01`))?.partsTotal).toBe(1);
  }, 120_000);

  /** As many findings of the road bureau as a meeting takes, put right and waiting to be given to an inspector; brought there by the same commands that pages use. */
  async function claimed(count: number): Promise<readonly string[]> {
    const [{ id: sourceId } = { id: 1 }] = await house.db.reader.select({ id: sources.id }).from(sources).limit(1);
    const news = Array.from({ length: count }, (_, index): NewFinding => ({ data: { title: `道路管护问题第${index + 1}件`, description: '管护责任未到人。', severity: 'ordinary' }, adopted: false, sourceId, originalNumber: `D${index + 1}`, verbatim: '', campaignId: 1, categoryId: null }));
    const numbers = await listFindings(house, await person('office'), news, { commandKey: randomUUID() });
    const lead = Number(await unit('张掖市交通运输局'));
    const text = { requirement: '明确管护责任人。', closureStandard: '每处有管护责任人和责任牌。', rectificationType: 'immediate', deadline: later(30), leadUnitId: lead };
    for (const number of numbers) {
      await act(house, await person('office'), { number, event: 'ASSIGN', data: text, seen: null, onBehalf: null, files: [] }, randomUUID());
      await act(house, await person('transport'), { number, event: 'ACCEPT', data: {}, seen: null, onBehalf: null, files: [] }, randomUUID());
    }
    return numbers;
  }

  async function person(username: string) {
    const found = await peopleQueries(house.db.reader).byUsername(username);
    const known = found && (await peopleQueries(house.db.reader).person(found.id, house.clock.today()));
    if (!known) throw new Error(`Nobody is called ${username}.`);
    return known;
  }

  let worked: readonly string[] = [];

  test('before the cut-off the unit reports on everything in one page, from its phone; the office sees who is missing', async () => {
    worked = await claimed(21);
    const office = await stage.at('office');
    await office.goto(`${base}/reporting/periods/new`);
    await office.selectOption('main [name=campaignId]', '1');
    for (const [name, value] of [['name', '本周'], ['opensOn', later(-1)], ['opensTime', '00:00'], ['cutOffOn', later(1)], ['cutOffTime', '12:00']] as const) await office.fill(`main [name=${name}]`, value);
    await office.locator('main form.panel button.btn-primary').click();
    await office.locator('main form.actions button.btn-primary').click();
    await office.waitForURL(/\/reporting\/periods$/u);
    await office.goto(`${base}/reporting/periods`);
    expect(await office.locator('main table').innerText()).toContain('本周');
    const phone = await (await stage.browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })).newPage();
    await phone.goto(`${base}/sign-in`);
    await phone.fill('[name=username]', 'transport');
    await phone.fill('[name=password]', 'zhenggai-demo');
    await phone.click('main button');
    await phone.goto(`${base}/reporting`);
    expect(await phone.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    for (const number of worked.slice(0, 20)) await phone.fill(`[name="text.${number}"]`, '责任人已明确，责任牌已安装。');
    await phone.locator('main form button.btn-primary').click();
    await phone.waitForSelector('[role=status]');
    await office.locator('main table a', { hasText: '本周' }).first().click();
    await office.waitForURL(/\/reporting\/periods\/\d+/u);
    const told = (await office.locator('main').innerText()).replaceAll(/\s+/gu, ' ');
    for (const words of [worked[20] ?? '', '市交通局']) expect(told).toContain(words);
    await stage.sound(office);
    for (const number of worked.slice(20)) await act(house, await person('transport'), { number, event: 'REPORT', data: { text: '责任人已明确。' }, seen: null, onBehalf: null, files: [] }, randomUUID());
  }, 180_000);

  test('the head signs all claims from a list, the office gives them out by place, the inspector records the whole visit on the phone', async () => {
    const checklist = { measuresDone: true, standardMet: true, effectLasting: true, rulesMade: true, evidenceComplete: true };
    const stored = await house.files.put(Readable.from([Buffer.from('责任牌照片')]), 1_000_000);
    for (const number of worked) await act(house, await person('transport'), { number, event: 'CLAIM', data: { text: '管护责任人和责任牌均已到位。', checklist }, seen: null, onBehalf: null, files: [{ id: randomUUID(), kind: 'document', name: '照片.txt', mediaType: 'text/plain', size: stored.size, sha256: stored.sha256 }] }, randomUUID());
    const head = await stage.at('transport-head');
    await head.goto(`${base}/signing`);
    for (const number of worked) await head.check(`[name="verdict.${number}"][value=agree]`);
    await stage.sound(head);
    await head.locator('main form button.btn-primary').click();
    await head.waitForSelector('text=已办理 21 件');
    const office = await stage.at('office');
    await office.goto(`${base}/verification`);
    await office.getByLabel(/核查员甲/u).first().check();
    await office.locator('button.btn[value=preview]').click();
    await office.waitForSelector('button[value=confirm]');
    await stage.sound(office);
    await office.locator('button[value=confirm]').click();
    await office.waitForURL(`${base}/verification`);
    const phone = await stage.at('inspector', { width: 360, height: 740 });
    await phone.goto(`${base}/visits`);
    expect(await phone.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await phone.locator('main .visit-place a.btn-primary').first().click();
    await phone.waitForSelector('form.sheet');
    await phone.check('[name=method][value=onSite]');
    await phone.locator('[name=companions]').first().fill('核查员乙');
    for (const number of worked) {
      await phone.check(`[name="result.${number}"][value=pass]`);
      await phone.fill(`[name="note.${number}"]`, '现场查看，责任牌齐全。');
    }
    await stage.sound(phone);
    await phone.locator('main form.sheet button.btn-primary').click();
    await phone.waitForLoadState();
    expect(await inStage('verified')).toBe(21);
  }, 240_000);

  test('the meeting closes twenty and sends one back under one number; a look-back finds one undone, and it is opened again', async () => {
    const office = await stage.at('office');
    await office.goto(`${base}/meetings/new`);
    await office.locator('main form button.btn-primary').click();
    await office.waitForURL(/\/meetings\/\d+$/u);
    const meeting = office.url();
    expect((await office.locator('main').innerText()).replaceAll(/\s+/gu, ' ')).toContain('其中可以销号 21 件');
    await office.goto(`${meeting}/paper`);
    await office.emulateMedia({ media: 'print' });
    // Where a part of it asked for another kind of page, the printer began a new one at each change.
    expect(await office.evaluate("[...new Set([...document.querySelectorAll('body, main, table, .signature')].map((each) => getComputedStyle(each).getPropertyValue('page')).filter((page) => page !== 'auto'))]")).toEqual(['wide']);
    expect((await office.pdf({ format: 'A4', landscape: true })).length).toBeGreaterThan(10_000);
    await office.emulateMedia({ media: 'screen' });
    await office.goto(meeting);
    const [back = '', ...closed] = worked;
    await office.check(`[name="result.${back}"][value=sentBack]`);
    for (const number of closed) await office.check(`[name="result.${number}"][value=closed]`);
    await office.fill(`[name="reason.${back}"]`, '第三处路段的责任牌照片模糊，请重拍。');
    await office.fill('[name=decisionNumber]', '演示〔会议〕3号');
    await stage.sound(office);
    await office.locator('main form button.btn-primary').dblclick();
    await office.waitForSelector('text=同意销号 20，退回整改 1，暂缓 0');
    expect([await inStage('closed'), (await row(back))?.state]).toEqual([20, 'rectifying.executing']);
    const inspector = await stage.at('inspector3');
    const [reopened = ''] = closed;
    await stage.does('inspector3', reopened, 'look-back', { method: 'onSite', companions: '核查员丁', result: 'unsound', note: '责任牌又缺失一处。' });
    await stage.does('inspector3', reopened, 'reopening-proposal', { reason: '回头看发现责任牌再次缺失。', files: '照片.txt' });
    await stage.does('office', reopened, 'reopening', { reason: '同意重新挂号，限期整改到位。', deadline: later(20) });
    expect(await row(reopened)).toMatchObject({ cycle: 2, stage: 'rectifying' });
    await inspector.goto(`${base}/visits`);
    const leader = await stage.at('leader', { width: 360, height: 740 });
    await leader.goto(`${base}/`);
    expect((await leader.locator('.figures').first().innerText()).replaceAll(/\s+/gu, ' ')).toContain('本周销号 19');
    await stage.sound(leader);
  }, 240_000);

  test('after all this the ledger still verifies', async () => {
    expect((await verifyLedger(house)).faults).toEqual([]);
  });
});
