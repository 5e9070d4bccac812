// Makes docs/screenshot.png from the running demonstration: npx tsx scripts/screenshot.ts [address]
import { chromium } from 'playwright-core';

const address = process.argv[2] ?? 'http://127.0.0.1:3000';
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
await page.goto(`${address}/sign-in`);
await page.fill('[name=username]', 'office');
await page.fill('[name=password]', 'zhenggai-demo');
await page.click('main button');
await page.goto(`${address}/findings/ZG-2020-0003`);
await page.screenshot({ path: 'docs/screenshot.png' });
await browser.close();
