import Sqlite from 'better-sqlite3';
import { and, asc, lte } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Database } from '../database.js';
import * as schema from '../schema/index.js';
import { bigramQuery } from '../search/bigrams.js';
import { inspect } from './inspect.js';
import { migrate } from './migrate.js';
import { startWriter } from './writer.js';

/**
 * Opens (or makes) the SQLite database at `file`: inspected, migrated, then a read-only connection here and the writer in its own thread.
 * Throws UnusableDatabaseError when the file cannot be used; it says what to do.
 */
export function openSqlite(file: string): Database {
  inspect(file);
  const first = new Sqlite(file);
  first.pragma('journal_mode = WAL');
  migrate(first, file);
  first.close();
  const writer = startWriter(file);
  const connection = new Sqlite(file, { readonly: true });
  connection.pragma('busy_timeout = 5000');
  connection.pragma('cache_size = -65536');
  const reader = drizzle(connection, { schema });
  const due = reader.select({ findingId: schema.timers.findingId, name: schema.timers.name, event: schema.timers.event }).from(schema.timers);
  const search = connection.prepare<[string, number], { rowid: number }>('SELECT rowid FROM finding_search WHERE finding_search MATCH ? ORDER BY rowid DESC LIMIT ?');
  return {
    reader,
    commit: (changeset) => writer.commit(changeset),
    timersDue: (now, limit) => Promise.resolve(due.where(and(lte(schema.timers.dueAt, now))).orderBy(asc(schema.timers.dueAt)).limit(limit).all()),
    search: (query, limit) => {
      const match = bigramQuery(query);
      return Promise.resolve(match ? search.all(match, limit).map(({ rowid }) => rowid) : []);
    },
    backupTo: async (target) => { await writer.run('backup', target); },
    checkpoint: async () => { await writer.run('checkpoint'); },
    syncsEveryCommit: async () => (await writer.run('synchronous')) === 2,
    close: async () => {
      connection.close();
      await writer.close();
    },
  };
}
