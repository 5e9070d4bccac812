import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openDatabase } from '../../db/open.js';
import { buildApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import type { House } from '../../src/context.js';
import { houseOn } from '../../src/house.js';
import { launched } from './browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What goes into a form: a select by value or label, a tick, a radio, a file by its name, a text. */
export type Fields = Readonly<Record<string, string | true>>;

/** People at their own screens, before a server of its own. */
export interface Screens {
  readonly house: House;
  readonly base: string;
  readonly browser: Browser;
  /** Somebody's page, signed in: a clerk at a desk, a liaison on a phone. The same one each time. */
  at(username: string, size?: { readonly width: number; readonly height: number }): Promise<Page>;
  /** Opens an action of a finding. */
  open(username: string, number: string, resource: string): Promise<{ readonly page: Page; readonly status: number }>;
  /** Opens it, fills it in, sends it, and expects the finding's page (or one's own first page, when it is out of sight by then). */
  does(username: string, number: string, resource: string, fields?: Fields): Promise<Page>;
  /** axe finds nothing serious. */
  sound(page: Page): Promise<void>;
  close(): Promise<void>;
}

/** Opens a ledger that `load` fills, serves it, starts the browser. The house is opened anew after loading, as a server would find it. */
export async function screens(load: (house: House) => Promise<void>): Promise<Screens> {
  const dir = mkdtempSync(join(tmpdir(), 'zhenggai-browser-'));
  const config = readConfig({}, { DATA_DIR: dir, LOG_LEVEL: 'silent' });
  const db = await openDatabase({ file: join(dir, 'ledger.db') });
  const log = pino({ level: 'silent' });
  await load(await houseOn(db, config, log));
  const house = await houseOn(db, config, log);
  const app = await buildApp(house);
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  const browser = await launched();
  const pages = new Map<string, Page>();

  async function at(username: string, size = { width: 1366, height: 768 }): Promise<Page> {
    const known = pages.get(username);
    if (known) return known;
    const page = await (await browser.newContext({ viewport: size, locale: 'zh-CN' })).newPage();
    await page.goto(`${base}/sign-in`);
    await page.fill('[name=username]', username);
    await page.fill('[name=password]', 'zhenggai-demo');
    await page.click('main button');
    await page.waitForURL(`${base}/`);
    pages.set(username, page);
    return page;
  }

  async function open(username: string, number: string, resource: string): Promise<{ readonly page: Page; readonly status: number }> {
    const page = await at(username);
    const response = await page.goto(`${base}/findings/${number}${resource === '' ? '' : `/${resource}`}`);
    return { page, status: response?.status() ?? 0 };
  }

  async function does(username: string, number: string, resource: string, fields: Fields = {}): Promise<Page> {
    const { page, status } = await open(username, number, resource);
    expect(`${username} ${resource} ${status}`).toBe(`${username} ${resource} 200`);
    await fill(page, fields);
    await page.locator('main form.panel button.btn-primary').click();
    // A clue that is listed gets another number.
    await page.waitForURL((url) => url.pathname === '/' || /^\/findings\/[\w-]+$/u.test(url.pathname));
    return page;
  }

  async function sound(page: Page): Promise<void> {
    await page.evaluate(axe);
    const found = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }).axe.run());
    expect(found.violations.filter((each) => each.impact === 'serious' || each.impact === 'critical').map((each) => `${page.url()} ${each.id} ${each.nodes[0]?.html ?? ''}`)).toEqual([]);
  }

  async function close(): Promise<void> {
    await browser.close();
    await app.close();
    await db.close();
    rmSync(dir, { recursive: true, force: true });
  }

  return { house, base, browser, at, open, does, sound, close };
}

/** Fills in what is named, as a person would. */
export async function fill(page: Page, fields: Fields): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    const input = page.locator(`main [name="${name}"]`).first();
    if (value === true) await input.check();
    else if ((await input.evaluate((element) => element.tagName)) === 'SELECT') await input.selectOption(/^\d+$/u.test(value) ? { value } : { label: value });
    else if ((await input.getAttribute('type')) === 'radio') await page.locator(`main [name="${name}"][value="${value}"]`).check();
    else if ((await input.getAttribute('type')) === 'file') await input.setInputFiles({ name: value, mimeType: 'text/plain', buffer: Buffer.from('整改材料') });
    else await input.fill(value);
  }
}
