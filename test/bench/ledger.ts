import Sqlite from 'better-sqlite3';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { toDiskNow } from '../../db/durable.js';
import { readConfig } from '../../src/config.js';
import { loadDemo } from '../../src/demo/load.js';
import { openHouse } from '../../src/house.js';

/**
 * A ledger of about `wanted` findings and ten events each: the demonstration, multiplied row by row with new numbers. Made once per size in
 * `folder` and used again. Filler events (seq below 1) bring the history to ten a finding; no page shows them.
 */
export async function benchLedger(folder: string, wanted: number): Promise<string> {
  const dir = join(folder, `ledger-${wanted}`);
  if (existsSync(join(dir, 'ready'))) return dir;
  mkdirSync(dir, { recursive: true });
  const house = await openHouse(readConfig({ dataDir: dir }, { LOG_LEVEL: 'silent' }));
  await loadDemo(house);
  await house.db.close();
  const db = new Sqlite(join(dir, 'ledger.db'));
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  const { most, amount } = db.prepare<[], { most: number; amount: number }>('SELECT max(id) AS most, count(*) AS amount FROM findings').get() ?? { most: 0, amount: 1 };
  const copies = Math.max(0, Math.ceil(wanted / amount) - 1);
  for (let copy = 1; copy <= copies; copy += 1) db.transaction(() => { multiply(db, copy * (most + 1), String(2100 + copy)); })();
  fillHistory(db);
  db.prepare('UPDATE series SET last = (SELECT max(id) FROM findings) WHERE name = ?').run('findings');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  toDiskNow(join(dir, 'ledger.db')); // written without a sync: what is measured next would wait for it
  mkdirSync(join(dir, 'ready'));
  return dir;
}

/** Copies every row of the demonstration (ids up to the first copy's) with shifted ids and another year in the number. */
function multiply(db: Sqlite.Database, shift: number, year: string): void {
  const columnsOf = (table: string): string[] => db.prepare<[], { name: string }>(`PRAGMA table_info(${table})`).all().map(({ name }) => name);
  const first = db.prepare<[], { most: number }>("SELECT max(id) AS most FROM findings WHERE number LIKE '%-2020-%'").get()?.most ?? 0;
  for (const [table, key] of [['findings', 'id'], ['finding_events', 'finding_id'], ['finding_snapshots', 'finding_id'], ['finding_texts', 'finding_id'], ['finding_sources', 'finding_id'], ['finding_units', 'finding_id'], ['finding_scope', 'finding_id'], ['waiting', 'finding_id'], ['measures', 'finding_id'], ['lead_reports', 'finding_id'], ['reporting_dues', 'finding_id']] as const) {
    const columns = columnsOf(table);
    const values = columns.map((column) => {
      if (column === key || (column === 'parent_id' && table === 'findings')) return `${column} + ${shift}`;
      if (column === 'number' || column === 'clue_number') return `replace(${column}, '-2020-', '-${year}-')`;
      return column === 'snapshot' ? `replace(snapshot, '-2020-', '-${year}-')` : column;
    });
    db.exec(`INSERT INTO ${table} (${columns.join()}) SELECT ${values.join()} FROM ${table} WHERE ${key} <= ${first} ${table === 'finding_events' ? 'AND seq > 0' : ''}`);
  }
  db.exec(`INSERT INTO finding_search (rowid, grams) SELECT id, '第${year} ' || number || ' 档案 案资 资料' FROM findings WHERE id > ${shift} AND id <= ${shift + first}`);
}

function fillHistory(db: Sqlite.Database): void {
  const columns = db.prepare<[], { name: string }>('PRAGMA table_info(finding_events)').all().map(({ name }) => name);
  for (let seq = -6; seq <= 0; seq += 1) {
    db.exec(`INSERT INTO finding_events (${columns.join()}) SELECT ${columns.map((column) => (column === 'seq' ? String(seq) : column)).join()} FROM finding_events WHERE seq = 1`);
  }
}
