import Sqlite from 'better-sqlite3';
import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { toDiskNow } from '../durable.js';

/**
 * A consistent copy of what `connection` sees at `target`, while others write: made beside, checked whole, synced, renamed. What a copy
 * that was broken off left is made anew; under its name only a sound copy ever stands. Throws, naming what is wrong.
 */
export function copyTo(connection: Sqlite.Database, target: string): void {
  const building = `${target}.building`;
  for (const rest of [building, `${building}-journal`]) rmSync(rest, { force: true });
  connection.prepare('VACUUM INTO ?').run(building);
  checkedCopy(building);
  toDiskNow(building);
  renameSync(building, target);
  toDiskNow(dirname(target));
}

/** Opens a copy and checks it whole. Throws, naming what is wrong, when it is not sound. */
export function checkedCopy(file: string): void {
  reading(file, (connection) => {
    const found = connection.pragma('integrity_check(1)', { simple: true });
    const orphans = connection.pragma('foreign_key_check') as unknown[]; // a list of rows, empty when all is well
    if (found !== 'ok') throw new Error(`The copy ${file} is damaged: ${String(found)}.`);
    if (orphans.length > 0) throw new Error(`The copy ${file} holds ${orphans.length} rows without their parents.`);
  });
}

/** The SHA-256 of every file that a copy's rows need: evidence, and lists that are or may be taken in. */
export function filesNamedIn(file: string): readonly string[] {
  return reading(file, (connection) => connection.prepare<[], string>("SELECT sha256 FROM evidence UNION SELECT sha256 FROM imports WHERE state <> 'dropped'").pluck().all());
}

function reading<T>(file: string, read: (connection: Sqlite.Database) => T): T {
  const connection = new Sqlite(file, { readonly: true });
  try {
    return read(connection);
  } finally {
    connection.close();
  }
}
