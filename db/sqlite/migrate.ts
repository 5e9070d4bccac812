import Sqlite from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnusableDatabaseError } from '../errors.js';
import { packageRoot } from '../root.js';
import { copyTo } from './copy.js';

/** "ZGGI" in the file's header: how we know our own files. */
export const applicationId = 0x5a474749;

/** One step of the schema: its SQL in statements, and the hash by which a changed one is known. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly hash: string;
}

/**
 * Brings the file to this version's schema: one starter at a time, backup first where there is something to lose, foreign keys off
 * outside the transaction (drizzle's own migrator deletes the children of a table that it rebuilds), everything checked before the
 * commit. Throws UnusableDatabaseError when the file is newer than this program or one of its migrations was changed.
 */
export function migrate(connection: Sqlite.Database, file: string, migrations: readonly Migration[] = ownMigrations()): void {
  connection.pragma('busy_timeout = 30000');
  connection.pragma('foreign_keys = OFF');
  connection.exec('BEGIN EXCLUSIVE');
  try {
    connection.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied_at TEXT NOT NULL)');
    const waiting = pendingOf(connection, migrations);
    const [first] = waiting;
    if (first && waiting.length < migrations.length) backUp(file, first.name);
    for (const migration of waiting) apply(connection, migration);
    connection.pragma(`application_id = ${applicationId}`);
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  } finally {
    connection.pragma('foreign_keys = ON');
  }
}

/** The migrations that this program brings, in order. */
export function ownMigrations(folder = join(packageRoot, 'db/migrations')): readonly Migration[] {
  return readdirSync(folder).filter((name) => name.endsWith('.sql')).sort().map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8');
    return { name: name.replace(/\.sql$/u, ''), sql, hash: createHash('sha256').update(sql).digest('hex') };
  });
}

function pendingOf(connection: Sqlite.Database, migrations: readonly Migration[]): readonly Migration[] {
  const applied = connection.prepare<[], { name: string; hash: string }>('SELECT name, hash FROM migrations ORDER BY name').all();
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const newer = applied.filter(({ name }) => !known.has(name));
  const last = migrations.at(-1)?.name ?? 'none';
  if (newer.length > 0) throw new UnusableDatabaseError('newer', `The database was written by a newer Zhenggai (its schema is ${newer.at(-1)?.name ?? ''}, this program knows ${last}). Install that version or a later one; nothing was changed.`);
  const changed = applied.find(({ name, hash }) => known.get(name)?.hash !== hash);
  if (changed) throw new UnusableDatabaseError('changed', `The migration ${changed.name} is not the one this database was made with. Install the released files again; nothing was changed.`);
  return migrations.filter(({ name }) => !applied.some((each) => each.name === name));
}

/** One migration, checked; the caller commits or rolls back. */
export function apply(connection: Sqlite.Database, migration: Migration): void {
  const before = amounts(connection);
  for (const statement of migration.sql.split('--> statement-breakpoint')) connection.exec(statement);
  const broken = connection.prepare('PRAGMA foreign_key_check').all();
  if (broken.length > 0) throw new Error(`Migration ${migration.name} would leave ${broken.length} rows without their parents; nothing was changed.`);
  const after = amounts(connection);
  for (const [table, amount] of before) {
    if (after.has(table) && (after.get(table) ?? 0) < amount) throw new Error(`Migration ${migration.name} would lose rows of ${table} (${amount} → ${after.get(table) ?? 0}); nothing was changed.`);
  }
  connection.prepare('INSERT INTO migrations VALUES (?, ?, ?)').run(migration.name, migration.hash, new Date().toISOString());
}

function amounts(connection: Sqlite.Database): ReadonlyMap<string, number> {
  // What triggers keep from other tables may be made anew with fewer rows.
  const tables = connection.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'finding_search%' AND name <> 'finding_counts'").all();
  return new Map(tables.map(({ name }) => [name, connection.prepare<[], { n: number }>(`SELECT count(*) AS n FROM "${name}"`).get()?.n ?? 0]));
}

/**
 * What the file holds before `migration`, kept beside it; one of an earlier start that failed is made anew. A connection of its own: nothing
 * can be vacuumed inside a transaction, and the one that is open keeps every other starter and writer away meanwhile.
 */
function backUp(file: string, migration: string): void {
  const connection = new Sqlite(file, { readonly: true });
  try {
    copyTo(connection, `${file}.before-${migration}`);
  } finally {
    connection.close();
  }
}
