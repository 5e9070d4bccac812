import type { Database } from './database.js';
import { checkedCopy, filesNamedIn } from './sqlite/copy.js';
import { openSqlite } from './sqlite/open.js';

/** Opens the ledger's database. Which engine it is, only this file decides. Throws UnusableDatabaseError with what to do. */
export function openDatabase({ file }: { readonly file: string }): Promise<Database> {
  return new Promise((resolve) => { resolve(openSqlite(file)); });
}

/** Opens a backup's database file and checks it whole. Answers with the SHA-256 of every file that its rows need. Throws, naming what is wrong. */
export function checkBackupFile(file: string): readonly string[] {
  checkedCopy(file);
  return filesNamedIn(file);
}
