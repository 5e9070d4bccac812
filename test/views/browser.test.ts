import { fastify, type FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { assetsPlugin } from '../../src/plugins/assets.js';
import { headersPlugin } from '../../src/plugins/headers.js';
import { render } from '../../src/plugins/views.js';
import type { Pages } from '../../views/pages.js';
import { browserPath, launched } from '../support/browser.js';
import { sampleFrame, samples } from './samples.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const names = Object.keys(samples).filter((name): name is keyof Pages => name in samples);
const sizes = { desk: { width: 1366, height: 768 }, phone: { width: 360, height: 740 } };

describe.skipIf(browserPath === null)('pages in the browser', () => {
  let app: FastifyInstance;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    app = fastify();
    await app.register(headersPlugin, { config: readConfig({}, {}) });
    await app.register(assetsPlugin);
    app.get<{ Params: { '*': string }; Querystring: { language?: string } }>('/sample/*', (request, reply) => {
      const name = names.find((each) => each === request.params['*']) ?? 'errors/show';
      return reply.type('text/html; charset=utf-8').send(render(name, samples[name], sampleFrame(request.query.language === 'en' ? 'en' : 'zh-CN')));
    });
    app.post('/*', (_request, reply) => reply.code(204).send());
    app.addContentTypeParser('application/x-www-form-urlencoded', (_request, _payload, done) => { done(null); });
    await app.listen({ host: '127.0.0.1', port: 0 });
    browser = await launched();
    page = await browser.newPage({ baseURL: app.listeningOrigin, viewport: sizes.desk });
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
    page.on('pageerror', (error) => { complaints.push(error.message); });
    page.on('dialog', (dialog) => { void dialog.accept(); });
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  async function open(name: keyof Pages, size: keyof typeof sizes = 'desk', language = 'zh-CN'): Promise<void> {
    complaints = [];
    await page.setViewportSize(sizes[size]);
    await page.goto(`/sample/${name}?language=${language}`);
  }

  /** What axe has against the page. Evaluated as text from outside: the page's own policy forbids added scripts. */
  async function faults(): Promise<readonly string[]> {
    await page.evaluate(axe);
    const found = await page.evaluate<{ violations: readonly { id: string; nodes: readonly { html: string }[] }[] }>('axe.run({ resultTypes: ["violations"] })');
    return found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ''}`);
  }

  describe.each(names)('%s', (name) => {
    it.each(['desk', 'phone'] as const)('can be used by everybody at the %s, runs nothing of its own and is not wider than the screen', async (size) => {
      await open(name, size);
      expect(await faults()).toEqual([]);
      expect(complaints).toEqual([]);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(sizes[size].width);
    });
  });

  it.each(['findings/show', 'findings/list', 'findings/form'] as const)('%s fits the phone in English too', async (name) => {
    await open(name, 'phone', 'en');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });

  it('a row is added to the measures with names of its own, and cleared again', async () => {
    await open('findings/form');
    await page.fill('[name="measures.0.text"]', '逐项倒排');
    await page.getByRole('button', { name: '加一行' }).click();
    expect(await page.inputValue('[name="measures.2.text"]')).toBe('');
    expect(await page.getAttribute('[name="measures.2.owner"]', 'aria-label')).toBe('责任单位 3');
    await page.getByRole('button', { name: '清除这一行 1' }).click();
    expect(await page.inputValue('[name="measures.0.text"]')).toBe('');
    expect(await page.getByRole('button', { name: '加一行' }).count()).toBe(1);
  });

  it('a long list is found by typing, and what fits stays chosen', async () => {
    await open('findings/form');
    const filter = page.getByRole('searchbox', { name: /^牵头单位/u });
    await filter.fill('单位5');
    expect(await page.inputValue('#f-unit')).toBe('5');
    await filter.fill('单位12');
    expect(await page.inputValue('#f-unit')).toBe('12');
    expect(await page.locator('#f-unit option:not([hidden])').allTextContents()).toEqual(['请选择', '单位12']);
  });

  it('a column from a spreadsheet fills the rows below, each by its number where it has one; of more lines than rows nothing is filled in, and that is told', async () => {
    await open('bulk/form');
    const unit = (number: string): string => `input[name="unit.ZG-2020-${number}"]`;
    // As text, as axe is: the types of a browser are not those of this project.
    const paste = async (target: string, pasted: string): Promise<void> => {
      await page.evaluate(`(() => { const data = new DataTransfer(); data.setData('text/plain', ${JSON.stringify(pasted)}); document.querySelector(${JSON.stringify(target)}).dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); })()`);
    };
    const filled = async (): Promise<readonly string[]> => Promise.all(['0001', '0002', '0003'].map((number) => page.inputValue(unit(number))));
    await paste(unit('0001'), '市水务局\n市住建局\n市教育局\n');
    expect(await filled()).toEqual(['', '', '']);
    expect(await page.textContent('.pasted')).toContain('粘贴了 3 行，这里往下只有 2 行，没有填入');
    await paste(unit('0001'), '市水务局\n市住建局\n');
    expect(await filled()).toEqual(['市水务局', '市住建局', '']);
    await paste(unit('0001'), 'ZG-2020-0003\t市教育局\nZG-2020-0002\t市医保局');
    expect([await filled(), await page.isHidden('.pasted')]).toEqual([['市水务局', '市医保局', '市教育局'], false]);
    expect(await page.textContent('.pasted')).toContain('已填入 2 处');
    await page.click('.pasted button');
    expect([await filled(), await page.isHidden('.pasted')]).toEqual([['市水务局', '市住建局', ''], true]);
    await paste(unit('0001'), 'ZG-2020-0003\t市教育局\nZG-2020-0002\t市医保局');
    await page.focus(unit('0001'));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+d');
    expect(await filled()).toEqual(['市水务局', '市水务局', '市教育局']);
    await paste('textarea[name="note.ZG-2020-0001"]', `${await page.locator('select[name="result.ZG-2020-0001"] option').last().innerText()}\t现场核对属实。`);
    expect(await page.inputValue('textarea[name="note.ZG-2020-0001"]')).toBe('现场核对属实。');
    await page.evaluate("document.querySelector('table[data-paste]').dataset.paste = 'columns'");
    await paste('textarea[name="note.ZG-2020-0001"]', '逐项办结。\t2020年6月5日\t甘州区、临泽县\n逐户核对。\t2020/6/30\t');
    const across = async (number: string): Promise<readonly string[]> => Promise.all([page.inputValue(`textarea[name="note.ZG-2020-${number}"]`), page.inputValue(`input[name="deadline.ZG-2020-${number}"]`), page.inputValue(`input[name="responsibleUnitIds.ZG-2020-${number}"]`)]);
    expect([await across('0001'), await across('0002')]).toEqual([['逐项办结。', '2020-06-05', '甘州区、临泽县'], ['逐户核对。', '2020-06-30', '']]);
  });

  it('one box chooses all rows and the page counts them', async () => {
    await open('findings/list');
    await page.check('[data-select-all]');
    expect(await page.textContent('#selected')).toBe('1');
    await page.uncheck('input[name=n]');
    expect(await page.isChecked('[data-select-all]')).toBe(false);
    expect(await page.textContent('#selected')).toBe('0');
  });

  it('a form is sent once however often the button is pressed', async () => {
    await open('findings/new');
    const sent: string[] = [];
    page.on('request', (request) => { if (request.method() === 'POST') sent.push(request.url()); });
    await page.evaluate(`(() => { const button = document.querySelector('main form button.btn-primary'); button.click(); button.click(); button.click(); })()`);
    await expect.poll(() => sent.length).toBe(1);
    expect(await page.locator('main form.sent').count()).toBe(1);
  });

  it('the second click of a double one does nothing on the page that came meanwhile', async () => {
    await open('findings/new');
    const held = (selector: string, detail: number) => page.evaluate<boolean>(`!document.querySelector(${JSON.stringify(selector)}).dispatchEvent(new MouseEvent('click', { detail: ${detail}, bubbles: true, cancelable: true }))`);
    await page.evaluate("document.addEventListener('click', (event) => { if (event.detail === 1) event.preventDefault(); })");
    expect([await held('main form button.btn-primary', 2), await held('.brand', 2)]).toEqual([true, true]);
  });

  it('leaving a page with something typed is asked about, leaving it untouched is not', async () => {
    const asked: string[] = [];
    page.on('dialog', (dialog) => { asked.push(dialog.type()); });
    await open('findings/new');
    await page.goto('/sample/errors/show');
    expect(asked).toEqual([]);
    await open('findings/new');
    await page.locator('#f-text').pressSequentially('已开工');
    await page.goto('/sample/errors/show');
    expect(asked).toEqual(['beforeunload']);
  });

  it('a form with faults begins at them', async () => {
    await open('findings/form');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('faults');
    await page.click('#faults a');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('f-title');
  });

  it('on paper the finding stands alone, the demonstration still says what it is, and table heads repeat', async () => {
    await open('findings/show');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.bar:visible, .verbs:visible, .foot:visible').count()).toBe(0);
    expect(await page.locator('.demo').isVisible()).toBe(true);
    expect(await page.evaluate<string>('getComputedStyle(document.querySelector("table.list thead")).display')).toBe('table-header-group');
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
    await page.emulateMedia({ media: 'screen' });
  });

  it('without scripts every control is there', async () => {
    const plain = await browser.newPage({ baseURL: app.listeningOrigin, javaScriptEnabled: false });
    await plain.goto('/sample/findings/form');
    expect(await plain.locator('table.rows').first().locator('tbody tr').count()).toBe(2);
    await plain.click('details.who summary');
    expect(await plain.locator('form[action="/sign-out"] button').isVisible()).toBe(true);
    await plain.close();
  });
});
