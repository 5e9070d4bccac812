import Sqlite from 'better-sqlite3';

/** Opens a copy and checks it whole. Throws, naming what is wrong, when it is not sound. */
export function checkedCopy(file: string): void {
  const connection = new Sqlite(file, { readonly: true });
  const found = connection.pragma('integrity_check(1)', { simple: true });
  const orphans = connection.pragma('foreign_key_check') as unknown[]; // a list of rows, empty when all is well
  connection.close();
  if (found !== 'ok') throw new Error(`The copy ${file} is damaged: ${String(found)}.`);
  if (orphans.length > 0) throw new Error(`The copy ${file} holds ${orphans.length} rows without their parents.`);
}
