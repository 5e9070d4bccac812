import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings } from '../../db/schema/index.js';
import type { House } from '../../src/context.js';
import { loadCalendar } from '../../src/calendar/load.js';
import { makeOrganisation } from '../../src/demo/organisation.js';
import { listFindings, type NewFinding } from '../../src/findings/commands/list.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { peopleQueries } from '../../src/people/queries.js';
import { browserPath } from '../support/browser.js';
import { screens, type Screens } from '../support/screens.js';

const amount = 266;

/** 266 suspected problems of eight categories, as a list brought them in; nobody has any of them yet. */
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
    await page.locator('button[value=preview]').click();
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
      await page.locator('select[name=responsibleUnitIds]').evaluate(`(select) => { for (const option of select.options) option.selected = ${JSON.stringify([one, other])}.includes(option.value); }`);
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

  test('after all this the ledger still verifies', async () => {
    expect((await verifyLedger(house)).faults).toEqual([]);
  });
});
