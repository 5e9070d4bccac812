import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { settings } from '../../db/schema/index.js';
import { openDatabase } from '../../db/open.js';
import { freshDatabase } from '../support/databases.js';

test('after a killed process everything that was acknowledged is there', async () => {
  const { db, file } = await freshDatabase();
  await db.close();
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./writing-child.ts', import.meta.url)), file]);
  let told = '';
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      if (told.length > 1000) child.kill('SIGKILL');
    });
    child.once('exit', () => { resolve(); });
  });
  const acknowledged = told.split('\n').slice(0, -1).map((number) => `n${number}`);
  const again = await openDatabase({ file });
  const kept = new Set((await again.reader.select().from(settings)).map((row) => row.name));
  await again.close();
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
});
