import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findings, imports } from '../../db/schema/index.js';
import { importFile } from '../../src/imports/cli.js';
import { testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { fiveAspects } from './sample.js';

async function console() {
  const house = await testHouse();
  await withCast(house);
  const lines: string[] = [];
  const run = (...args: readonly string[]): Promise<number> => importFile(house, args, (text) => { lines.push(text); });
  const file = async (name: string, bytes: Uint8Array): Promise<string> => {
    const path = join(house.config.dataDir, name);
    writeFileSync(path, bytes);
    return path;
  };
  return { house, lines, run, file };
}

test('from the console a list is previewed first, and imported when told so', async () => {
  const { house, lines, run, file } = await console();
  const path = await file('整改清单2020.xlsx', await fiveAspects());
  expect(await run(path, '--as', 'office')).toBe(0);
  expect(await house.db.reader.$count(findings)).toBe(0);
  expect(lines.join('\n')).toMatch(/新增 2|New 2/u);
  expect(await run(path, '--as', 'office', '--yes')).toBe(0);
  expect(await house.db.reader.$count(findings)).toBe(4);
  expect(lines.at(-1)).toContain('ZG-2020-0004');
  expect(await run(path, '--as', 'office', '--yes')).toBe(0);
  expect(await house.db.reader.$count(findings)).toBe(4);
});

test('a file of choices says what the columns and values mean', async () => {
  const { house, run, file } = await console();
  const path = await file('整改清单2020.xlsx', await fiveAspects());
  const mapping = await file('mapping.json', Buffer.from(JSON.stringify({ source: { channel: 'audit', issuer: '省审计厅' }, units: [['市卫健委', 3]], statuses: [['不属实', 'listed']] })));
  expect(await run(path, '--as', 'office', '--mapping', mapping, '--yes')).toBe(0);
  const rows = await house.db.reader.select().from(findings).orderBy(findings.number);
  expect(rows.map((row) => row.leadUnitId)).toEqual([3, 7, 3, 8, null]);
});

test('a faulty list and an old workbook end with a sentence and code 1', async () => {
  const { house, lines, run, file } = await console();
  expect(await run(await file('a.xlsx', await fiveAspects((rows) => { const row = rows[4]; if (row) row[11] = '尽快'; })), '--as', 'office', '--yes')).toBe(1);
  expect(lines.join('\n')).toContain('L5');
  expect(await run(await file('b.xls', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600), Buffer.from('Workbook', 'utf16le')])), '--as', 'office')).toBe(1);
  expect(lines.at(-1)).toContain('.xlsx');
  expect((await house.db.reader.select().from(imports)).map((row) => row.state)).toEqual(['dropped']);
  await expect(run('c.xlsx', '--as', 'nobody')).rejects.toThrow('--as');
});
