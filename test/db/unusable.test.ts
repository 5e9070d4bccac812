import Sqlite from 'better-sqlite3';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { changeset, insertRow } from '../../db/changeset.js';
import { UnusableDatabaseError } from '../../db/errors.js';
import { openDatabase } from '../../db/open.js';
import { settings } from '../../db/schema/index.js';
import { freshDatabase } from '../support/databases.js';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zhenggai-unusable-'));
  onTestFinished(() => { rmSync(dir, { recursive: true, force: true }); });
  return dir;
}

async function reasonOf(file: string): Promise<string> {
  const before = readFileSync(file);
  const reason = await openDatabase({ file }).then(() => 'opened', (error: unknown) => (error instanceof UnusableDatabaseError ? error.reason : String(error)));
  expect(readFileSync(file).equals(before)).toBe(true);
  return reason;
}

test('an empty, a foreign, a cut and a strange file are refused and left as they are', async () => {
  const dir = folder();
  const empty = join(dir, 'empty.db');
  writeFileSync(empty, '');
  expect(await reasonOf(empty)).toBe('empty');
  const text = join(dir, 'text.db');
  writeFileSync(text, 'this is no database, whatever its name says'.repeat(10));
  expect(await reasonOf(text)).toBe('foreign');
  const other = join(dir, 'other.db');
  new Sqlite(other).exec('CREATE TABLE somebody_elses (id)').close();
  expect(await reasonOf(other)).toBe('foreign');
  const { db, file } = await freshDatabase();
  await db.commit(changeset(insertRow(settings, { name: 'a', value: 'b' })));
  const cut = join(dir, 'cut.db');
  copyFileSync(file, cut);
  truncateSync(cut, statSync(cut).size - 8192);
  expect(await reasonOf(cut)).toBe('damaged');
});

test('a folder that is not there is refused with what to do', async () => {
  await expect(openDatabase({ file: join(folder(), 'missing', 'ledger.db') })).rejects.toThrow('does not exist or cannot be written');
});

test('a database of a newer version is refused', async () => {
  const { db, file } = await freshDatabase();
  await db.close();
  const connection = new Sqlite(file);
  connection.exec("INSERT INTO migrations VALUES ('0099_from_the_future', 'x', '2030-01-01')");
  connection.close();
  await expect(openDatabase({ file })).rejects.toMatchObject({ reason: 'newer' });
  chmodSync(file, 0o600);
});
