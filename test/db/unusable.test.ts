import Sqlite from 'better-sqlite3';
import { closeSync, copyFileSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
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

/** What a kill in the middle of a checkpoint leaves: page 1 is written, with the number of pages to come; the pages are still in the log. */
function killedInCheckpoint(dir: string): string {
  const [original, file] = [join(dir, 'original.db'), join(dir, 'killed.db')];
  const connection = new Sqlite(original);
  connection.pragma('wal_autocheckpoint = 0');
  const insert = connection.prepare('INSERT INTO settings VALUES (?, ?)');
  for (let row = 0; row < 300; row += 1) insert.run(`row ${row}`, 'x'.repeat(2000));
  for (const part of ['', '-wal']) copyFileSync(`${original}${part}`, `${file}${part}`);
  connection.close();
  const first = readFileSync(original).subarray(0, 4096);
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, first, 0, first.length, 0);
  closeSync(descriptor);
  return file;
}

/** A migrated, closed ledger as `original.db` in a folder of its own. */
async function folderWithLedger(): Promise<string> {
  const dir = folder();
  const { db, file } = await freshDatabase();
  await db.close();
  copyFileSync(file, join(dir, 'original.db'));
  return dir;
}

test('a ledger killed in the middle of a checkpoint is opened with every row', async () => {
  const file = killedInCheckpoint(await folderWithLedger());
  expect(statSync(file).size).toBeLessThan(readFileSync(file).readUInt32BE(28) * 4096);
  const db = await openDatabase({ file });
  expect(await db.reader.$count(settings)).toBe(300);
  await db.close();
});

test('a ledger killed before its first checkpoint is ours, though only the log says so', async () => {
  const dir = await folderWithLedger();
  const file = killedInCheckpoint(dir);
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(4), 0, 4, 68);
  closeSync(descriptor);
  const db = await openDatabase({ file });
  expect(await db.reader.$count(settings)).toBe(300);
  await db.close();
});

test('a cut file is refused also beside a log that does not hold what is missing', async () => {
  const dir = await folderWithLedger();
  const file = join(dir, 'original.db');
  const connection = new Sqlite(file);
  connection.pragma('wal_autocheckpoint = 0');
  connection.exec("INSERT INTO settings VALUES ('one', 'row')");
  for (const part of ['', '-wal']) copyFileSync(`${file}${part}`, join(dir, `cut.db${part}`));
  connection.close();
  truncateSync(join(dir, 'cut.db'), statSync(join(dir, 'cut.db')).size - 8192);
  expect(await reasonOf(join(dir, 'cut.db'))).toBe('damaged');
  truncateSync(join(dir, 'cut.db'), 0);
  expect(await reasonOf(join(dir, 'cut.db'))).toBe('empty');
});

test('a strange file with a log beside it is refused and left as it is', async () => {
  const dir = folder();
  const text = join(dir, 'text.db');
  writeFileSync(text, 'this is no database, whatever its name says'.repeat(10));
  writeFileSync(`${text}-wal`, 'nor is this a log');
  expect(await reasonOf(text)).toBe('foreign');
  const file = join(dir, 'other.db');
  const connection = new Sqlite(join(dir, 'original.db'));
  connection.pragma('journal_mode = WAL');
  connection.exec('CREATE TABLE somebody_elses (id)');
  for (const part of ['', '-wal']) copyFileSync(join(dir, `original.db${part}`), `${file}${part}`);
  connection.close();
  expect(await reasonOf(file)).toBe('foreign');
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
});
