import Sqlite from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { UnusableDatabaseError } from '../../db/errors.js';
import { packageRoot } from '../../db/root.js';
import { apply, migrate, ownMigrations } from '../../db/sqlite/migrate.js';
import { freshDatabase } from '../support/databases.js';

/** A ledger of this version with an import and one of its rows in it, and the folder of a next version whose one new migration is `sql`. */
async function ledgerBefore(sql: string) {
  const { db, dir, file } = await freshDatabase();
  await db.close();
  const folder = join(dir, 'migrations');
  cpSync(join(packageRoot, 'db/migrations'), folder, { recursive: true });
  writeFileSync(join(folder, '0099_next.sql'), sql);
  const connection = new Sqlite(file);
  onTestFinished(() => { connection.close(); });
  connection.pragma('journal_mode = WAL');
  connection.exec("INSERT INTO settings VALUES ('kept', 'yes'); INSERT INTO people (id, username, username_key, name, password_hash) VALUES (1, 'a', 'a', 'a', 'x'); INSERT INTO imports VALUES ('i', 'list', 's', 1, '{}', 'mapping', 1, 'now', null, 1)");
  return { connection, dir, file, folder, run: () => { migrate(connection, file, ownMigrations(folder)); } };
}

function appliedIn(connection: Sqlite.Database): readonly unknown[] {
  return connection.prepare('SELECT name FROM migrations').pluck().all();
}

function settingsIn(file: string): readonly unknown[] {
  const connection = new Sqlite(file, { readonly: true });
  const found = connection.prepare('SELECT name FROM settings').pluck().all();
  connection.close();
  return found;
}

test('before a migration a sound copy of the ledger is kept beside it', async () => {
  const { connection, file, run } = await ledgerBefore("INSERT INTO settings VALUES ('next', 'version')");
  run();
  expect(appliedIn(connection)).toContain('0099_next');
  expect(settingsIn(file)).toContain('next');
  expect(settingsIn(`${file}.before-0099_next`)).toEqual(['kept']);
});

test('half a copy that a stopped start left is never taken for a backup', async () => {
  const { file, run } = await ledgerBefore("INSERT INTO settings VALUES ('next', 'version')");
  for (const name of ['.before-0099_next', '.before-0099_next.building']) writeFileSync(`${file}${name}`, readFileSync(file).subarray(0, 5000));
  run();
  expect(settingsIn(`${file}.before-0099_next`)).toEqual(['kept']);
  expect(existsSync(`${file}.before-0099_next.building`)).toBe(false);
});

test('a ledger that cannot be copied whole is not migrated', async () => {
  const { connection, file, run } = await ledgerBefore("INSERT INTO settings VALUES ('next', 'version')");
  connection.exec("PRAGMA foreign_keys = OFF; INSERT INTO imported_rows VALUES ('f', 'nothing', 1, 7)");
  expect(run).toThrow('without their parents');
  expect(appliedIn(connection)).not.toContain('0099_next');
  expect(existsSync(`${file}.before-0099_next`)).toBe(false);
});

test.each([
  ['that loses rows', "CREATE TABLE extra (id); DELETE FROM settings WHERE name = 'kept'", 'would lose rows of settings (1 → 0)'],
  ['that leaves rows without their parents', "CREATE TABLE extra (id); --> statement-breakpoint\nINSERT INTO imported_rows VALUES ('f', 'nothing', 1, 7)", 'without their parents'],
  ['that fails half way', 'CREATE TABLE extra (id); --> statement-breakpoint\nINSERT INTO nowhere VALUES (1)', 'no such table: nowhere'],
])('a migration %s is refused and leaves nothing', async (_, sql, message) => {
  const { connection, run } = await ledgerBefore(sql);
  expect(run).toThrow(message);
  expect(connection.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'").pluck().get()).toBe(0);
  expect(connection.prepare('SELECT name FROM settings').pluck().all()).toEqual(['kept']);
  expect(appliedIn(connection)).not.toContain('0099_next');
  expect(connection.pragma('foreign_keys', { simple: true })).toBe(1);
});

test('a table that others point to is rebuilt without losing its children, and foreign keys hold again afterwards', async () => {
  const { connection, run } = await ledgerBefore([
    'CREATE TABLE people_next AS SELECT * FROM people', 'DROP TABLE people', 'ALTER TABLE people_next RENAME TO people', 'CREATE UNIQUE INDEX people_id ON people (id)',
  ].join('; --> statement-breakpoint\n'));
  run();
  expect(connection.prepare('SELECT created_by FROM imports').pluck().all()).toEqual([1]);
  expect(() => connection.exec('DELETE FROM people')).toThrow('FOREIGN KEY');
});

test('of two that start at once one migrates and the other finds it done', async () => {
  const { connection, file, folder } = await ledgerBefore("CREATE TABLE once (id); --> statement-breakpoint\nINSERT INTO settings VALUES ('next', 'version')");
  connection.exec('BEGIN IMMEDIATE');
  const starters = [1, 2].map(() => spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./starting-child.ts', import.meta.url)), file, folder], { stdio: ['ignore', 'pipe', 'inherit'] }));
  await Promise.all(starters.map((starter) => once(starter.stdout, 'data')));
  connection.exec('COMMIT');
  expect(await Promise.all(starters.map(async (starter) => (await once(starter, 'exit'))[0]))).toEqual([0, 0]);
  expect(appliedIn(connection).filter((name) => name === '0099_next')).toHaveLength(1);
  expect(settingsIn(`${file}.before-0099_next`)).toEqual(['kept']);
});

test('a newer ledger and one of changed migrations are refused before anything is written', async () => {
  const { connection, file, folder, run } = await ledgerBefore("INSERT INTO settings VALUES ('next', 'version')");
  run();
  connection.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(file, `${file}.copy`);
  expect(() => { migrate(connection, file); }).toThrow(UnusableDatabaseError);
  expect(() => { migrate(connection, file); }).toThrow('newer');
  writeFileSync(join(folder, '0099_next.sql'), 'SELECT 1');
  expect(run).toThrow('is not the one this database was made with');
  expect(readFileSync(file).equals(readFileSync(`${file}.copy`))).toBe(true);
  expect(readdirSync(join(folder, '..')).filter((name) => name.includes('.before-'))).toEqual(['ledger.db.before-0099_next']);
});

test('a ledger that has been worked with comes up from every earlier schema', () => {
  for (let from = 1; from < ownMigrations().length; from += 1) {
    const connection = new Sqlite(':memory:');
    onTestFinished(() => { connection.close(); });
    const file = join(mkdtempSync(join(tmpdir(), 'zhenggai-')), 'ledger.db');
    migrate(connection, file, ownMigrations().slice(0, from));
    // What triggers leave behind when the last finding of a kind has moved on.
    connection.exec(`INSERT INTO finding_counts (${from > 2 ? 'listed, ' : ''}unit_id, is_part, adopted, stage, paused, due_on, amount) VALUES (${from > 2 ? '1, ' : ''}1, 0, 0, 'listed', 0, '', 0)`);
    connection.exec("INSERT INTO stream_events VALUES ('accounts', 1, 'SignedIn', 1, 'a', 'now', '{}', '', 'h')");
    for (const migration of ownMigrations().slice(from)) apply(connection, migration);
    expect(connection.prepare('SELECT hash FROM stream_heads').pluck().all()).toEqual(from < 4 ? ['h'] : []);
  }
});
