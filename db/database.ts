import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Changeset } from './changeset.js';
import type * as schema from './schema/index.js';

/**
 * The port. Everything outside db/ awaits its answers and could not tell another engine: SQLite answers at once, a
 * server's engine later. Features hold a Reader; `commit` is the only write.
 */
export interface Database {
  readonly reader: Reader;
  /**
   * Applies a changeset in one durable transaction and resolves after the sync.
   * Throws StaleError when an update touches another number of rows than it expects, and ConflictError when an insert
   * meets a unique key; both carry the statement's name. Nothing of the changeset is kept then.
   */
  commit(changeset: Changeset): Promise<void>;
  /**
   * The timers due at `now` (ISO instant), the earliest first, at most `limit`, and only those behind `after`. They are read, not deleted:
   * the command that fires one deletes it.
   */
  timersDue(now: string, limit: number, after?: DueTimer | null): Promise<readonly DueTimer[]>;
  /** Ids of findings seen through one of these units whose indexed text holds all words of `query` (bigrams), at most `limit`, newest first. */
  search(query: string, unitIds: readonly number[], limit: number): Promise<readonly number[]>;
  /** Everything that `read` reads is as it stood at one moment, whatever is written meanwhile. Not for long inside a server: the log grows until it ends. */
  atOneTime<T>(read: () => Promise<T>): Promise<T>;
  /** Ids of findings that no words find, and of index entries without a finding, at most `limit`; empty when the index is whole. */
  searchGaps(limit: number): Promise<readonly number[]>;
  /** Writes a consistent, checked copy of the database to `file` while others write; resolves when it has reached the disk. */
  backupTo(file: string): Promise<void>;
  /** Moves the write-ahead log into the file, outside requests. */
  checkpoint(): Promise<void>;
  /** Does every commit reach the disk before it is acknowledged? Asked after the first write. */
  syncsEveryCommit(): Promise<boolean>;
  /** Waits for waiting changesets, then closes. */
  close(): Promise<void>;
}

/** A timer of a finding, and the first instant (UTC) at which it may fire. */
export interface DueTimer {
  readonly findingId: number;
  readonly name: string;
  readonly event: string;
  readonly dueAt: string;
}

/** Selects only: drizzle's select builder over the tables of db/schema. Always awaited. Prepare hot queries once, at start. */
export type Reader = Pick<BetterSQLite3Database<typeof schema>, 'select' | 'selectDistinct' | '$count'>;
