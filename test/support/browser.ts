import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine; null where there is none. Where everything must be tested (CI), its absence is a failure. */
export const browserPath: string | null = places.find((path): path is string => path !== undefined && existsSync(path)) ?? absent();

function absent(): null {
  const how = 'The browser tests need Chromium and a Chinese font: apt-get install chromium fonts-noto-cjk (or set CHROMIUM to its path).';
  if (process.env['CI']) throw new Error(how);
  console.warn(`SKIPPED. ${how}`);
  return null;
}

/** A browser without a network of its own: no updates, no look-ups. */
export function launched(): Promise<Browser> {
  if (browserPath === null) throw new Error('There is no browser here.');
  return chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
  });
}
