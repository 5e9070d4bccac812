import Sqlite from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../db/root.js';

interface Locked { readonly version?: string; readonly engines?: { readonly node?: string }; readonly dev?: boolean }
const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(readFileSync(join(packageRoot, 'package-lock.json'), 'utf8'));

/** Older ones have known holes or known losses. */
const floors = {
  fastify: '5.12.1', '@fastify/static': '10.1.2', '@fastify/multipart': '9.0.3', '@fastify/session': '10.9.0', '@fastify/csrf-protection': '6.3.0', handlebars: '4.7.9', 'drizzle-orm': '0.45.2', 'file-type': '21.3.2',
} as const;

test.each(Object.entries(floors))('%s is at least %s', (name, floor) => {
  expect(compared(lock.packages[`node_modules/${name}`]?.version ?? '0', floor)).toBeGreaterThanOrEqual(0);
});

test('SQLite is at least 3.51.3', () => {
  const connection = new Sqlite(':memory:');
  const { version } = connection.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get() ?? { version: '0' };
  connection.close();
  expect(compared(version, '3.51.3')).toBeGreaterThanOrEqual(0);
});

test('everything that runs in production accepts Node 20.19', () => {
  const refusing = Object.entries(lock.packages).filter(([name, each]) => name !== '' && !each.dev && /(?:^|\s)(?:>=?\s*)2[1-9]/u.test(each.engines?.node ?? '') && !/20/u.test(each.engines?.node ?? '')).map(([name]) => name);
  expect(refusing).toEqual([]);
});

function compared(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split(/[.-]/u).map(Number));
  const at = [0, 1, 2].find((index) => (a?.[index] ?? 0) !== (b?.[index] ?? 0));
  return at === undefined ? 0 : (a?.[at] ?? 0) - (b?.[at] ?? 0);
}
