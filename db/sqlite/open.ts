import Sqlite from 'better-sqlite3';
import { and, asc, lte, sql, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Database, DueTimer } from '../database.js';
import * as schema from '../schema/index.js';
import { timers } from '../schema/index.js';
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
  const search = connection.prepare<[string, string, number], { rowid: number }>(
    `SELECT rowid FROM finding_search WHERE finding_search MATCH ? AND EXISTS (
       SELECT 1 FROM finding_scope WHERE finding_id = finding_search.rowid AND unit_id IN (SELECT value FROM json_each(?))) ORDER BY rowid DESC LIMIT ?`,
  );
  const gaps = connection.prepare<[number], { id: number }>(
    'SELECT id FROM findings WHERE id NOT IN (SELECT id FROM finding_search_docsize) UNION SELECT id FROM finding_search_docsize WHERE id NOT IN (SELECT id FROM findings) LIMIT ?',
  );
  return {
    reader,
    commit: (changeset) => writer.commit(changeset),
    timersDue: (now, limit, after = null) => Promise.resolve(reader.select().from(timers).where(and(lte(timers.dueAt, now), after ? behind(after) : undefined))
      .orderBy(asc(timers.dueAt), asc(timers.findingId), asc(timers.name)).limit(limit).all()),
    search: (query, unitIds, limit) => {
      const match = bigramQuery(query);
      return Promise.resolve(match ? search.all(match, JSON.stringify(unitIds), limit).map(({ rowid }) => rowid) : []);
    },
    atOneTime: async (read) => {
      // Inside another one it is that one's moment.
      if (connection.inTransaction) return read();
      connection.exec('BEGIN');
      try {
        return await read();
      } finally {
        if (connection.inTransaction) connection.exec('COMMIT');
      }
    },
    searchGaps: (limit) => Promise.resolve(gaps.all(limit).map(({ id }) => id)),
    backupTo: async (target) => { await writer.run('backup', target); },
    checkpoint: async () => { await writer.run('checkpoint'); },
    syncsEveryCommit: async () => (await writer.run('synchronous')) === 2,
    close: async () => {
      connection.close();
      await writer.close();
    },
  };
}

function behind({ dueAt, findingId, name }: DueTimer): SQL {
  return sql`(${timers.dueAt}, ${timers.findingId}, ${timers.name}) > (${dueAt}, ${findingId}, ${name})`;
}
