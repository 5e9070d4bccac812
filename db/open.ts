import type { Database } from './database.js';
import { checkedCopy } from './sqlite/copy.js';
import { openSqlite } from './sqlite/open.js';

/** Opens the ledger's database. Which engine it is, only this file decides. Throws UnusableDatabaseError with what to do. */
export function openDatabase({ file }: { readonly file: string }): Promise<Database> {
  return new Promise((resolve) => { resolve(openSqlite(file)); });
}

/** Opens a backup's database file and checks it whole. Throws, naming what is wrong. */
export function checkBackupFile(file: string): void {
  checkedCopy(file);
}
