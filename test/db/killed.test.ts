import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { settings } from '../../db/schema/index.js';
import { openDatabase } from '../../db/open.js';
import { freshDatabase } from '../support/databases.js';

/** Lets a process write to `file` until `isTime`, kills it, and answers with the rows that it was told are kept. */
async function acknowledgedUntil(file: string, how: string, isTime: (told: string) => boolean): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./writing-child.ts', import.meta.url)), file, how]);
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => { told += chunk.toString(); });
  const ended = new Promise<void>((resolve) => { child.once('close', () => { resolve(); }); });
  await killedWhen(child, () => isTime(told));
  await ended;
  return told.split('\n').slice(0, -1).map((number) => `n${number}`);
}

async function killedWhen(child: ChildProcessWithoutNullStreams, isTime: () => boolean): Promise<void> {
  while (child.exitCode === null && !isTime()) await nextTurn();
  child.kill('SIGKILL');
}

async function rowsOf(file: string): Promise<ReadonlySet<string>> {
  const db = await openDatabase({ file });
  const rows = await db.reader.select({ name: settings.name }).from(settings);
  await db.close();
  return new Set(rows.map((row) => row.name));
}

/** Page 1 promises more pages than the file has: a checkpoint has begun and not ended. */
function isShort(descriptor: number): boolean {
  const header = Buffer.alloc(100);
  readSync(descriptor, header, 0, 100, 0);
  return fstatSync(descriptor).size < header.readUInt32BE(28) * 4096;
}

test('after a killed process everything that was acknowledged is there', async () => {
  const { db, file } = await freshDatabase();
  await db.close();
  const acknowledged = await acknowledgedUntil(file, 'writing', (told) => told.length > 1000);
  const kept = await rowsOf(file);
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
});

test('after a process killed in the middle of a checkpoint everything that was acknowledged is there', async () => {
  for (let hit = false, tries = 1; !hit; tries += 1) {
    expect(tries, 'no kill met a checkpoint').toBeLessThan(30);
    const { db, file } = await freshDatabase();
    await db.close();
    const descriptor = openSync(file, 'r');
    const acknowledged = await acknowledgedUntil(file, 'checkpointing', () => isShort(descriptor));
    hit = isShort(descriptor);
    closeSync(descriptor);
    const kept = await rowsOf(file);
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
    expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
  }
});
