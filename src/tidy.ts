import { and, eq, inArray, lt, lte, or } from 'drizzle-orm';
import { changeset, deleteRows, updateRow } from '../db/changeset.js';
import { batches, commandKeys, evidence, imports, peopleLists, reportDrafts, sessions } from '../db/schema/index.js';
import { later } from './clock.js';
import type { House } from './context.js';

/** What is looked at in one go; the rest waits an hour. */
const most = 2000;
/** Minutes. A form may lie open for days; nobody sends one again after a month. */
const keysAreKept = 31 * 24 * 60;
/** Minutes. What a unit began to write and left lying for two months is of another time. */
const draftsAreKept = 62 * 24 * 60;
/** Minutes. Longer than any session: a file that waits for its form belongs to one. */
const filesAreKept = 8 * 24 * 60;

/** Throws away what nobody can use any more: sessions that are over, keys of old forms, drafts of reports that were never sent, batches that were never confirmed, lists of people, files that never became evidence. Answers how many. */
export async function tidy(house: House): Promise<{ readonly sessions: number; readonly keys: number; readonly drafts: number; readonly files: number }> {
  const { reader } = house.db;
  const now = house.clock.now();
  const over = await reader.select({ id: sessions.id }).from(sessions).where(lte(sessions.expiresAt, now)).limit(most);
  const old = await reader.select({ key: commandKeys.key }).from(commandKeys).where(lt(commandKeys.at, later(now, -keysAreKept))).limit(most);
  const left = await reader.select({ findingId: reportDrafts.findingId, unitId: reportDrafts.unitId, version: reportDrafts.version }).from(reportDrafts).where(lt(reportDrafts.savedAt, later(house.clock.occurring(), -draftsAreKept))).limit(most);
  if (over.length + old.length + left.length > 0) {
    await house.db.commit(changeset(...over.map(({ id }) => deleteRows(sessions, { id }, 'session')), ...old.map(({ key }) => deleteRows(commandKeys, { key }, 'command key')), ...left.map((draft) => deleteRows(reportDrafts, draft, 'draft of a report'))));
  }
  const lists = await reader.select({ id: peopleLists.id }).from(peopleLists).where(or(lt(peopleLists.at, later(now, -keysAreKept)), and(eq(peopleLists.kind, 'people list'), lt(peopleLists.at, later(now, -filesAreKept))))).limit(most);
  if (lists.length > 0) await house.db.commit(changeset(...lists.map(({ id }) => deleteRows(peopleLists, { id }, 'list of people', null))));
  const forgotten = await reader.select({ id: batches.id, next: batches.next }).from(batches).where(and(eq(batches.state, 'previewed'), lt(batches.createdAt, later(now, -keysAreKept)))).limit(most);
  if (forgotten.length > 0) await house.db.commit(changeset(...forgotten.map(({ id }) => updateRow(batches, { state: 'dropped', finishedAt: now }, { id, state: 'previewed' }, 'batch', { expect: null }))));
  const files = await house.files.dropUnnamed(later(now, -filesAreKept), (hashes) => namedAmong(house, hashes));
  return { sessions: over.length, keys: old.length, drafts: left.length, files };
}

/** Evidence, lists, and what waits with a batch that is not done yet. */
async function namedAmong({ db }: House, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await Promise.all([evidence, imports].map((table) => db.reader.select({ sha256: table.sha256 }).from(table).where(inArray(table.sha256, [...hashes]))));
  const waiting = await db.reader.select({ form: batches.form }).from(batches).where(inArray(batches.state, ['previewing', 'previewed', 'running']));
  return new Set([...rows.flat().map((row) => row.sha256), ...hashes.filter((hash) => waiting.some(({ form }) => form.includes(hash)))]);
}

/** Tidies now and every hour; answers with how to stop. */
export function startTidying(house: House, everyMilliseconds = 3_600_000): () => void {
  const once = (): void => { tidy(house).catch((error: unknown) => { house.log.error({ err: error }, 'tidying failed'); }); };
  once();
  const timer = setInterval(once, everyMilliseconds);
  timer.unref();
  return () => { clearInterval(timer); };
}
