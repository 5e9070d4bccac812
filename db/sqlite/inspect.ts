import Sqlite from 'better-sqlite3';
import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UnusableDatabaseError } from '../errors.js';
import { applicationId } from './migrate.js';

/**
 * Looks at the file before anything opens it for writing. True when it exists and is ours, false when there is none yet.
 * Throws UnusableDatabaseError for an empty, truncated, foreign or read-only file and for a folder that cannot be written;
 * never touches them: SQLite would take a 0-byte file for a new database and pass its own quick check.
 */
export function inspect(file: string): boolean {
  const folder = dirname(file);
  if (!writable(folder)) throw new UnusableDatabaseError('folder', `The folder ${folder} does not exist or cannot be written. Make it and give it to the user that runs Zhenggai (chown, chmod u+rwx).`);
  if (!existsSync(file)) return false;
  const { size } = statSync(file);
  if (size === 0) throw new UnusableDatabaseError('empty', `${file} is empty (0 bytes): perhaps a disk was full or a copy stopped. Restore a backup ("zhenggai restore"), or move the file away to begin an empty ledger.`);
  for (const each of [file, `${file}-wal`]) if (existsSync(each) && !writable(each)) throw new UnusableDatabaseError('readOnly', `${each} cannot be written by this user. Give it write permission (chmod u+w, chown).`);
  if (hasLog(file)) return interrupted(file, size);
  const header = headerOf(file);
  if (!header.subarray(0, 15).equals(Buffer.from('SQLite format 3'))) throw strange(file);
  if (header.readUInt32BE(68) !== applicationId) throw foreign(file);
  if (isCut(size, header)) throw new UnusableDatabaseError('damaged', `${file} is cut off (${size} bytes of ${promised(header)}). Restore a backup ("zhenggai restore"); keep this file for examination.`);
  reading(file, (connection) => connection.prepare('SELECT count(*) FROM sqlite_schema').get());
  return true;
}

/** A write-ahead log that holds something: whoever had the file open did not close it. */
function hasLog(file: string): boolean {
  return existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0;
}

/**
 * A process was killed. A checkpoint writes page 1, with the new number of pages, before the pages themselves, and the application id
 * may still be in the log alone: what the file says of itself counts only together with its log, which SQLite reads first. Only where
 * the file is short is all of it read: then a page may be neither in the file nor in the log.
 */
function interrupted(file: string, size: number): true {
  const short = isCut(size, headerOf(file));
  const [id, found] = reading(file, (connection) => [connection.pragma('application_id', { simple: true }), short ? connection.pragma('quick_check(1)', { simple: true }) : 'ok']);
  if (id !== applicationId) throw foreign(file);
  if (found !== 'ok') throw damaged(file, String(found));
  return true;
}

/** Through a connection that cannot write. A whole check would read the whole file: minutes for a large ledger at every start; verify and backup do that. */
function reading<T>(file: string, read: (connection: Sqlite.Database) => T): T {
  try {
    const connection = new Sqlite(file, { readonly: true });
    try {
      return read(connection);
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_NOTADB') throw strange(file);
    throw damaged(file, error instanceof Error ? error.message : String(error));
  }
}

function strange(file: string): UnusableDatabaseError {
  return new UnusableDatabaseError('foreign', `${file} is not a SQLite database. DATA_DIR points to the wrong folder, or something overwrote the file; restore a backup.`);
}

function foreign(file: string): UnusableDatabaseError {
  return new UnusableDatabaseError('foreign', `${file} is a database, but not one of Zhenggai. Point DATA_DIR to another folder; nothing was changed.`);
}

function damaged(file: string, why: string): UnusableDatabaseError {
  return new UnusableDatabaseError('damaged', `${file} is damaged (${why}). Restore a backup ("zhenggai restore"); keep this file for examination.`);
}

/** A file may be longer than its header promises (pages written ahead), never shorter, and ends with a whole page. */
function isCut(size: number, header: Buffer): boolean {
  return size < promised(header) || size % pageSizeOf(header) !== 0;
}

function promised(header: Buffer): number {
  return pageSizeOf(header) * header.readUInt32BE(28);
}

/** 1 stands for 65,536: the field has two bytes. */
function pageSizeOf(header: Buffer): number {
  const pageSize = header.readUInt16BE(16);
  return pageSize === 1 ? 65_536 : pageSize;
}

function headerOf(file: string): Buffer {
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, header, 0, 100, 0);
  closeSync(descriptor);
  return header;
}

function writable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
