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
  if (!writable(file)) throw new UnusableDatabaseError('readOnly', `${file} cannot be written by this user. Give it write permission (chmod u+w, chown).`);
  const header = headerOf(file);
  if (!header.subarray(0, 15).equals(Buffer.from('SQLite format 3'))) throw new UnusableDatabaseError('foreign', `${file} is not a SQLite database. DATA_DIR points to the wrong folder, or something overwrote the file; restore a backup.`);
  if (header.readUInt32BE(68) !== applicationId) throw new UnusableDatabaseError('foreign', `${file} is a database, but not one of Zhenggai. Point DATA_DIR to another folder; nothing was changed.`);
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const pages = header.readUInt32BE(28);
  if (size % pageSize !== 0 || size < pages * pageSize) throw new UnusableDatabaseError('damaged', `${file} is cut off (${size} bytes of ${pages * pageSize}). Restore a backup ("zhenggai restore"); keep this file for examination.`);
  openable(file);
  return true;
}

/** Can its schema be read? A whole check would read the whole file: minutes for a large ledger at every start; verify and backup do that. */
function openable(file: string): void {
  try {
    const connection = new Sqlite(file, { readonly: true });
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    connection.close();
  } catch (error) {
    throw new UnusableDatabaseError('damaged', `${file} is damaged (${error instanceof Error ? error.message : String(error)}). Restore a backup ("zhenggai restore"); keep this file for examination.`);
  }
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
