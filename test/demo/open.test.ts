import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { findings, people } from '../../db/schema/index.js';
import { readConfig } from '../../src/config.js';
import { isDemo, isHalfDemo, loadDemo } from '../../src/demo/load.js';
import { openDemo } from '../../src/demo/open.js';
import { openHouse, setting } from '../../src/house.js';
import { testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';

const silent = pino({ level: 'silent' });

function dataFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zhenggai-demo-'));
  onTestFinished(() => { rmSync(dir, { recursive: true, force: true }); });
  return dir;
}

test('a demonstration whose loading was broken off is never taken for a ledger, and is loaded afresh', async () => {
  const dir = dataFolder();
  const config = readConfig({}, { DATA_DIR: dir, LOG_LEVEL: 'silent' });
  const half = await openHouse(config, silent);
  await expect(loadDemo(half, () => { throw new Error('the power went'); })).rejects.toThrow('the power went');
  expect([await isDemo(half), await isHalfDemo(half), await half.db.reader.$count(people) > 0]).toEqual([true, true, true]);
  await half.db.close();
  mkdirSync(join(dir, 'evidence'), { recursive: true });
  writeFileSync(join(dir, 'evidence', 'half'), '');
  writeFileSync(join(dir, 'not ours.txt'), '');
  const lines: string[] = [];
  const house = await openDemo(config, (line) => { lines.push(line); }, silent);
  expect(lines[0]).toContain('broken off last time');
  expect([await isDemo(house), await isHalfDemo(house), await setting(house.db, 'businessDate')]).toEqual([true, false, '2020-05-11']);
  expect([existsSync(join(dir, 'evidence', 'half')), existsSync(join(dir, 'not ours.txt'))]).toEqual([false, true]);
  const amount = await house.db.reader.$count(findings);
  await house.db.close();
  const again = await openDemo(config, (line) => { lines.push(line); }, silent);
  expect(await again.db.reader.$count(findings)).toBe(amount);
  expect(lines.filter((line) => line.endsWith('clues'))).toHaveLength(1);
  await again.db.close();
});

test('a ledger with people in it never becomes a demonstration', async () => {
  const house = await testHouse();
  await withCast(house);
  await expect(loadDemo(house)).rejects.toThrow('in use already');
  expect(await isDemo(house)).toBe(false);
});
