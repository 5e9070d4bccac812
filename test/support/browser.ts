import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** Where this machine's Chromium is; null when there is none. CHROMIUM names another. */
export function chromiumPath(): string | null {
  const named = process.env['CHROMIUM'];
  return [...(named ? [named] : []), ...places].find((path) => existsSync(path)) ?? null;
}

/**
 * A browser, to be closed by who asked for it. Where there is none the test is skipped and says which line installs one; in CI that is a failure,
 * because there nobody would ever read the skip.
 */
export async function browserOr(skip: (note: string) => never): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath !== null) return chromium.launch({ executablePath, args: [...quiet] });
  if (process.env['CI']) throw new Error(`${missing} (CI is set, so this is a failure.)`);
  return skip(missing);
}

const missing = 'There is no Chromium here: apt-get install chromium fonts-noto-cjk, or set CHROMIUM to its path.';
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] as const;
