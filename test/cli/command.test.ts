import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { command } from '../../src/cli/command.js';
import { testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { listed } from '../support/factories.js';

/** A console in front of a ledger with one finding: what a command prints, and its exit code. */
async function aConsole({ language = 'zh_CN.UTF-8' } = {}) {
  const house = await testHouse();
  const cast = await withCast(house);
  await listed(house, cast);
  vi.stubEnv('DATA_DIR', house.config.dataDir);
  vi.stubEnv('LC_ALL', language);
  const dir = mkdtempSync(join(tmpdir(), 'zhenggai-cli-'));
  onTestFinished(() => { vi.unstubAllEnvs(); rmSync(dir, { recursive: true, force: true }); });
  return { house, dir };
}

async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const [out, err] = [vi.spyOn(process.stdout, 'write').mockReturnValue(true), vi.spyOn(process.stderr, 'write').mockReturnValue(true)];
  try {
    const code = await command(args);
    return { code, out: out.mock.calls.map(([text]) => String(text)).join(''), err: err.mock.calls.map(([text]) => String(text)).join('') };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

test('a command that is not there is named; help is help', async () => {
  for (const name of ['frobnicate', 'constructor', '__proto__', 'toString']) {
    const { code, err, out } = await run(name);
    expect([code, err.includes(`“${name}”`), err.includes('zhenggai serve'), out]).toEqual([2, true, true, '']);
  }
  for (const args of [['help'], ['--help'], ['backup', '--help']]) expect(await run(...args)).toMatchObject({ code: 0, err: '' });
  expect(await run()).toMatchObject({ code: 2 });
});

test('a mistyped data folder makes no ledger', async () => {
  const { dir } = await aConsole();
  vi.stubEnv('DATA_DIR', join(dir, 'typo'));
  for (const args of [['verify'], ['user', 'list'], ['backup', join(dir, 'b')], ['export', join(dir, 'x.csv'), '--as', 'office']]) {
    const { code, err } = await run(...args);
    expect([code, err.includes('没有台账')]).toEqual([1, true]);
  }
  expect(existsSync(join(dir, 'typo'))).toBe(false);
});

test('settings that cannot be used are all named, and nothing is opened', async () => {
  await aConsole();
  vi.stubEnv('PORT', 'x');
  vi.stubEnv('ZONE', 'y');
  const { code, err } = await run('verify');
  expect([code, err.includes('PORT'), err.includes('ZONE')]).toEqual([2, true, true]);
});

test('an option that does not exist is named', async () => {
  await aConsole();
  const { code, err } = await run('user', 'list', '--all');
  expect([code, err.includes('--all')]).toEqual([2, true]);
});

test('verify says that it holds, and in which words the console wants', async () => {
  await aConsole();
  expect(await run('verify')).toMatchObject({ code: 0, out: expect.stringMatching(/^核对无误：1 件问题，1 条记录，0 个文件。\n没有历史可核对的有/u) });
  vi.stubEnv('LC_ALL', 'en_US.UTF-8');
  expect((await run('verify')).out).toMatch(/1 finding/u);
});

test('the workflow is proved, with its certificate', async () => {
  const { code, out } = await run('workflow', 'check');
  expect([code, out.includes('rectification@1')]).toEqual([0, true]);
});

test('an account is added, listed, reset and disabled; what is refused is said in words', async () => {
  await aConsole();
  expect(await run('user', 'add', 'xinren', '--name', '新人甲', '--role', 'handler', '--unit', '交通局')).toMatchObject({ code: 0 });
  expect((await run('user', 'list')).out).toContain('xinren\t新人甲');
  expect((await run('user', 'reset', 'xinren')).out).toMatch(/^xinren\t[a-z0-9-]{12}\n$/u);
  expect(await run('user', 'disable', 'xinren')).toMatchObject({ code: 0 });
  const refused: readonly (readonly [readonly string[], string])[] = [
    [['user', 'add', 'xinren', '--role', 'handler', '--unit', '交通局'], '已有人用'], [['user', 'add', 'other', '--role', 'king', '--unit', '交通局'], 'handler'],
    [['user', 'disable', 'admin'], '最后一位'], [['user', 'reset', 'nobody'], 'nobody'], [['user'], 'zhenggai user'],
  ];
  for (const [args, sentence] of refused) {
    const { code, err } = await run(...args);
    expect([args, code, err.includes(sentence), err.includes(' at ')]).toEqual([args, 1, true, false]);
  }
});

test('the ledger is exported in somebody\'s name and never over another file', async () => {
  const { dir } = await aConsole();
  const file = join(dir, 'ledger.csv');
  expect(await run('export', file, '--as', 'office')).toMatchObject({ code: 0 });
  expect(readFileSync(file, 'utf8')).toContain('ZG-2020-0001');
  expect((await run('export', file, '--as', 'office')).code).toBe(1);
  expect((await run('export', join(dir, 'x.docx'), '--as', 'office')).code).toBe(1);
  expect((await run('export', join(dir, 'y.csv'))).err).toContain('--as');
  expect((await run('export', join(dir, 'z.csv'), '--as', 'transport')).code).toBe(0);
  expect(readFileSync(join(dir, 'z.csv'), 'utf8')).not.toContain('ZG-2020-0001');
});

test('a backup is made and restored into an empty folder', async () => {
  const { dir } = await aConsole();
  expect(await run('backup', join(dir, 'b'))).toMatchObject({ code: 0 });
  expect((await run('backup', join(dir, 'b'))).code).toBe(1);
  vi.stubEnv('DATA_DIR', join(dir, 'restored'));
  expect(await run('restore', join(dir, 'b'))).toMatchObject({ code: 0 });
  expect(await run('verify')).toMatchObject({ code: 0 });
  expect((await run('restore', join(dir, 'b'))).code).toBe(1);
});

test('a list is previewed, and one that cannot be read is told', async () => {
  const { dir } = await aConsole();
  const list = join(dir, '清单.csv');
  writeFileSync(list, '序号,存在问题,责任单位,整改时限\n1,台账不全,交通局,2020-06-30\n');
  expect(await run('import', list, '--as', 'office', '--yes')).toMatchObject({ code: 0 });
  writeFileSync(join(dir, 'none.csv'), '');
  expect((await run('import', join(dir, 'none.csv'), '--as', 'office')).code).toBe(1);
  expect((await run('import', list, '--as', 'transport')).code).toBe(1);
});
