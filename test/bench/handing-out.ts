// Handing out 10,000 clues, against raw inserts of the same rows on bare better-sqlite3; how long a reader and a writer wait meanwhile; the matrix. Its own lines of `npm run bench`.
import Sqlite from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import type { Person } from '../../src/context.js';
import { copied } from './copied.js';

interface Figures {
  readonly share: number;
  readonly perSecond: number;
  readonly reader: number;
  readonly writer: number;
  readonly matrix: number;
  /** first pages: the office's, a department's, the leader's. */
  readonly office: number;
  readonly unit: number;
  readonly leader: number;
  readonly ledger: number;
}

/** On a copy of the ledger in `dir`: `amount` new clues are listed, then handed out by the worker as a batch of their whole view. Milliseconds, and rows a second. */
export async function handingOut(folder: string, dir: string, amount: number): Promise<Figures> {
  const root = new URL('../../dist/', import.meta.url);
  const load = async <T>(path: string): Promise<T> => import(new URL(path, root).href) as Promise<T>;
  const { openHouse } = await load<typeof import('../../src/house.js')>('src/house.js');
  const { readConfig } = await load<typeof import('../../src/config.js')>('src/config.js');
  const { peopleQueries } = await load<typeof import('../../src/people/queries.js')>('src/people/queries.js');
  const { listFindings } = await load<typeof import('../../src/findings/commands/list.js')>('src/findings/commands/list.js');
  const { act } = await load<typeof import('../../src/findings/commands/act.js')>('src/findings/commands/act.js');
  const { beginBatch } = await load<typeof import('../../src/batches/begin.js')>('src/batches/begin.js');
  const { workBatches } = await load<typeof import('../../src/batches/worker.js')>('src/batches/worker.js');
  const { eventOf } = await load<typeof import('../../workflows/registry.js')>('workflows/registry.js');
  const { matrixPage } = await load<typeof import('../../src/ledger-pages/matrix-page.js')>('src/ledger-pages/matrix-page.js');
  const { ledgerPage } = await load<typeof import('../../src/ledger-pages/page.js')>('src/ledger-pages/page.js');
  const { workbenchPage } = await load<typeof import('../../src/workbench/page.js')>('src/workbench/page.js');
  const { leaderPage } = await load<typeof import('../../src/workbench/leader.js')>('src/workbench/leader.js');
  const { words } = await load<typeof import('../../src/words.js')>('src/words.js');
  const { batches } = await load<typeof import('../../db/schema/index.js')>('db/schema/index.js');
  const { changeset, updateRow } = await load<typeof import('../../db/changeset.js')>('db/changeset.js');
  const copy = mkdtempSync(join(folder, 'handing-out-'));
  copied(join(dir, 'ledger.db'), join(copy, 'ledger.db'));
  const house = await openHouse(readConfig({ dataDir: copy }, { LOG_LEVEL: 'silent' }), pino({ level: 'silent' }));
  const known = async (username: string): Promise<Person> => {
    const row = await peopleQueries(house.db.reader).byUsername(username);
    const person = row && (await peopleQueries(house.db.reader).person(row.id, '2020-05-11'));
    if (!person) throw new Error('The bench needs the demonstration.');
    return person;
  };
  const [person, transport, chief] = [await known('office'), await known('transport'), await known('leader')];
  const t = words('zh-CN');
  const [page, matrix, office, unit, leader] = await interleaved([
    () => ledgerPage(house, person, { stage: 'suspected', sort: 'due' }, t), () => matrixPage(house, person, {}, t),
    () => workbenchPage(house, person, null, t), () => workbenchPage(house, transport, null, t), () => leaderPage(house, chief, t),
  ]);
  const one = { data: { title: '疑似问题', description: '排查发现，请核实。', severity: 'ordinary', suspected: true }, adopted: false, sourceId: 1, originalNumber: '', verbatim: '', campaignId: null, categoryId: null };
  const numbers: string[] = [];
  for (let from = 0; from < amount; from += 1000) numbers.push(...(await listFindings(house, person, Array.from({ length: Math.min(1000, amount - from) }, (_, index) => ({ ...one, originalNumber: `b${from + index}` })), { commandKey: `bench-${from}` })));
  const id = await beginBatch(house, person, eventOf('HAND_OUT'), { state: 'suspected.toCheck' }, { body: { checkUnitId: String((await house.tree()).all.find(({ kind }) => kind === 'department')?.id ?? 0), checkBy: '2020-05-20' }, files: [], scan: null }, 'bench');
  if (id === null) throw new Error('There is nothing to hand out.');
  await workBatches(house);
  await house.db.commit(changeset(updateRow(batches, { state: 'running', next: 0, can: 0 }, { id, state: 'previewed' }, 'batch')));
  await house.db.checkpoint();
  const before = join(copy, 'before.db');
  copied(join(copy, 'ledger.db'), before);
  const begin = performance.now();
  let [busy, reader, writer, turn] = [true, 0, 0, 0];
  const work = workBatches(house).finally(() => { busy = false; });
  const watching = (async () => { while (busy) { const at = performance.now(); await setTimeout(1); reader = Math.max(reader, performance.now() - at - 1); } })();
  const writing = (async () => {
    while (busy) {
      const at = performance.now();
      await act(house, transport, { number: 'ZG-2020-0001', event: 'REPORT', data: { text: '本周已召开调度会，各项工作正在推进。' }, seen: null, onBehalf: null, files: [] }, `w${turn}`);
      writer = Math.max(writer, performance.now() - at);
      turn += 1;
      await setTimeout(20);
    }
  })();
  await Promise.all([work, watching, writing]);
  const perSecond = amount / ((performance.now() - begin) / 1000);
  await house.db.close();
  const bare = rawRows(before, join(copy, 'ledger.db'), amount);
  rmSync(copy, { recursive: true });
  return { share: perSecond / bare, perSecond, reader, writer, ledger: page ?? 0, matrix: matrix ?? 0, office: office ?? 0, unit: unit ?? 0, leader: leader ?? 0 };
}

/** The median of each in milliseconds, one after the other in every round: what disturbs a round disturbs all of them. */
async function interleaved(works: readonly (() => Promise<unknown>)[]): Promise<readonly number[]> {
  const [warmUp, rounds] = [30, 21];
  const times = works.map((): number[] => []);
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const at = performance.now();
      await work();
      if (round >= warmUp) times[index]?.push(performance.now() - at);
    }
  }
  return times.map((each) => each.toSorted((one, other) => one - other)[(rounds - 1) / 2] ?? 0);
}

/** The events, scopes, units and waiting rows that the handing out wrote, and its changed rows and snapshots, written again on bare better-sqlite3 with FULL, a hundred findings a transaction. Findings a second. */
function rawRows(before: string, after: string, amount: number): number {
  const db = new Sqlite(before);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.prepare('ATTACH ? AS done').run(after);
  const ids = db.prepare<[number], number>("SELECT finding_id FROM done.finding_events WHERE type = 'HAND_OUT' ORDER BY recorded_at DESC, finding_id DESC LIMIT ?").pluck().all(amount);
  const columns = (table: string): readonly string[] => db.prepare<[], { name: string }>(`PRAGMA table_info(${table})`).all().map(({ name }) => name);
  const insert = (table: string) => ({ read: db.prepare<[number], unknown[]>(`SELECT * FROM done.${table} WHERE finding_id = ?${table === 'finding_events' ? " AND type = 'HAND_OUT' ORDER BY seq DESC LIMIT 1" : ''}`).raw(), drop: table === 'finding_events' ? null : db.prepare(`DELETE FROM main.${table} WHERE finding_id = ?`), write: db.prepare(`INSERT INTO main.${table} VALUES (${columns(table).map(() => '?').join()})`) });
  const tables = ['finding_events', 'finding_scope', 'finding_units', 'waiting'].map(insert);
  const row = { read: db.prepare<[number], unknown[]>('SELECT state, version, moved_seq, lead_unit_id, due_on, updated_at, id FROM done.findings WHERE id = ?').raw(), write: db.prepare('UPDATE main.findings SET state = ?, version = ?, moved_seq = ?, lead_unit_id = ?, due_on = ?, updated_at = ? WHERE id = ?') };
  const snapshot = { read: db.prepare<[number], unknown[]>('SELECT snapshot, head_hash, finding_id FROM done.finding_snapshots WHERE finding_id = ?').raw(), write: db.prepare('UPDATE main.finding_snapshots SET snapshot = ?, head_hash = ? WHERE finding_id = ?') };
  const rows = ids.map((id) => ({ id, row: row.read.get(id) ?? [], snapshot: snapshot.read.get(id) ?? [], beside: tables.map(({ read }) => read.all(id)) }));
  const write = db.transaction((some: typeof rows) => {
    for (const each of some) {
      row.write.run(...each.row);
      snapshot.write.run(...each.snapshot);
      for (const [index, table] of tables.entries()) { table.drop?.run(each.id); for (const values of each.beside[index] ?? []) table.write.run(...values); }
    }
  });
  const begin = performance.now();
  for (let from = 0; from < rows.length; from += 100) write(rows.slice(from, from + 100));
  const perSecond = rows.length / ((performance.now() - begin) / 1000);
  db.close();
  return perSecond;
}
