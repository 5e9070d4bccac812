import { and, asc, eq, gt, inArray, sql, type SQL } from 'drizzle-orm';
import type { Database, Reader } from '../../../db/database.js';
import { evidence, findingCounts, findings, findingScope, imports, scopeCounts, series, streamEvents, streamHeads, waiting, waitingCounts, type Stream } from '../../../db/schema/index.js';
import type { House } from '../../context.js';
import { runningStages } from '../../deadlines/light.js';
import { beginning } from '../hash.js';
import { hashOfStreamEvent, streams } from '../stream.js';
import type { VerifyFault } from './report.js';

const page = 500;

/** Every event of a stream carries the hash of the one before. */
export async function streamFaults(reader: Reader, stream: Stream): Promise<readonly VerifyFault[]> {
  const faults: VerifyFault[] = [];
  let previous = beginning;
  let last = 0;
  for (let after = 0; ;) {
    const rows = await reader.select().from(streamEvents).where(and(eq(streamEvents.stream, stream), gt(streamEvents.seq, after))).orderBy(asc(streamEvents.seq)).limit(page);
    for (const row of rows) {
      if (row.seq !== after + 1 || row.previousHash !== previous || hashOfStreamEvent(row) !== row.hash) faults.push({ where: stream, what: 'streamChain', detail: `seq ${row.seq}` });
      previous = row.hash;
      after = row.seq;
      last = row.seq;
    }
    if (rows.length < page) break;
  }
  // One taken off the end leaves the chain whole.
  const [head] = await reader.select({ hash: streamHeads.hash, seq: streamHeads.seq }).from(streamHeads).where(eq(streamHeads.stream, stream));
  return (head?.hash ?? beginning) === previous && (head?.seq ?? 0) === last ? faults : [...faults, { where: stream, what: 'streamChain', detail: 'head' }];
}

/** Events of a stream that nobody writes, or a head without one. */
export async function strangeStreams(reader: Reader): Promise<readonly VerifyFault[]> {
  const found = [...(await reader.selectDistinct({ stream: streamEvents.stream }).from(streamEvents)), ...(await reader.select({ stream: streamHeads.stream }).from(streamHeads))];
  return found.filter(({ stream }) => !streams.includes(stream)).map(({ stream }) => ({ where: stream, what: 'streamChain', detail: '' }));
}

/** Ledger numbers run from 1 to the last taken, each once: in `findings` or, for a clue that was listed, in clue_number. */
export async function numberFaults(reader: Reader): Promise<readonly VerifyFault[]> {
  const faults: VerifyFault[] = [];
  const all = await reader.select().from(series);
  for (const { name, last } of all.filter((each) => /^(?:ZG|XS)-\d{4}$/u.test(each.name))) {
    const column = name.startsWith('XS') ? findings.clueNumber : findings.number;
    // Each number once, and the last is the last: then there is none between that is missing.
    const [found] = await reader.select({ amount: sql<number>`count(*)`, highest: sql<number>`coalesce(max(cast(substr(${column}, ${name.length + 2}) as integer)), 0)` }).from(findings).where(and(sql`${column} like ${`${name}-%`}`, sql`${findings.parentId} is null`));
    if ((found?.amount ?? 0) !== last || (found?.highest ?? 0) !== last) faults.push({ where: name, what: 'number', detail: `${found?.amount ?? 0}, ${found?.highest ?? 0} ≠ ${last}` });
  }
  const known = new Set(all.map(({ name }) => name));
  const used = await reader.selectDistinct({ series: sql<string>`substr(${findings.number}, 1, 7)` }).from(findings);
  for (const { series: name } of used) if (!known.has(name)) faults.push({ where: name, what: 'number', detail: '—' });
  const [ids] = await reader.select({ highest: sql<number>`coalesce(max(${findings.id}), 0)` }).from(findings);
  const taken = all.find(({ name }) => name === 'findings')?.last ?? 0;
  if ((ids?.highest ?? 0) !== taken) faults.push({ where: 'findings', what: 'number', detail: `${ids?.highest ?? 0} ≠ ${taken}` });
  return faults;
}

/** The kept counts are what a recount of the rows says. */
export async function countFaults(reader: Reader): Promise<readonly VerifyFault[]> {
  const { unitId, isPart, adopted, stage, paused } = findingScope;
  const [listed, dueOn] = [sql<number>`${findingScope.listedOn} is not null`, sql<string>`coalesce(${findingScope.dueOn}, '')`];
  const recounted = await reader.select({ unitId, isPart, adopted, listed, stage, paused, dueOn, amount: sql<number>`count(*)` }).from(findingScope).groupBy(unitId, isPart, adopted, listed, stage, paused, dueOn);
  const kept = await reader.select().from(findingCounts).where(sql`${findingCounts.amount} <> 0`);
  const amounts = new Map(kept.map((row) => [keyOf(row), row.amount]));
  const faults: VerifyFault[] = [];
  for (const row of recounted) {
    const key = keyOf({ ...row, listed: row.listed === 1 });
    if (amounts.get(key) !== row.amount) faults.push({ where: 'finding_counts', what: 'counts', detail: `${key}: ${amounts.get(key) ?? 0} ≠ ${row.amount}` });
    amounts.delete(key);
  }
  return [...faults, ...[...amounts].map(([key, amount]): VerifyFault => ({ where: 'finding_counts', what: 'counts', detail: `${key}: ${amount} ≠ 0` }))];
}

/** The counts of the matrix and of the workbench's queues, the same way: what is kept and what a recount says are equal to the last row. */
export async function sumFaults(reader: Reader): Promise<readonly VerifyFault[]> {
  const { unitId, isPart, stage, severity, dueOn, paused } = findingScope;
  const nothing = (column: typeof findingScope.campaignId | typeof findingScope.categoryId | typeof findingScope.leadUnitId | typeof findingScope.checkUnitId): SQL<number> => sql<number>`coalesce(${column}, 0)`;
  const runs = and(inArray(stage, [...runningStages]), eq(paused, false));
  const counted = {
    unitId, isPart, campaignId: nothing(findingScope.campaignId), categoryId: nothing(findingScope.categoryId), leadUnitId: nothing(findingScope.leadUnitId), stage, severity,
    checkUnitId: nothing(findingScope.checkUnitId), checkResult: sql<string>`coalesce(${findingScope.checkResult}, '')`, runningDue: sql<string>`case when ${runs} then coalesce(${dueOn}, '') else '' end`,
  };
  const rows = await reader.select({ ...counted, amount: sql<number>`count(*)` }).from(findingScope).groupBy(...Object.values(counted));
  const queues = { unitId: sql<number>`coalesce(${waiting.unitId}, 0)`, role: waiting.role, personId: sql<number>`coalesce(${waiting.personId}, 0)`, event: waiting.event };
  const waits = await reader.select({ ...queues, amount: sql<number>`count(*)` }).from(waiting).groupBy(...Object.values(queues));
  return [
    ...differences('scope_counts', rows, await reader.select().from(scopeCounts).where(sql`${scopeCounts.amount} <> 0`)),
    ...differences('waiting_counts', waits, await reader.select().from(waitingCounts).where(sql`${waitingCounts.amount} <> 0`)),
  ];
}

function differences<R extends { readonly amount: number }>(where: string, recounted: readonly R[], kept: readonly R[]): readonly VerifyFault[] {
  const keyed = ({ amount, ...rest }: R): readonly [string, number] => [Object.entries(rest).toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => String(value)).join(' '), amount];
  const [is, was] = [new Map(recounted.map(keyed)), new Map(kept.map(keyed))];
  return [...new Set([...is.keys(), ...was.keys()])].filter((key) => is.get(key) !== was.get(key)).map((key) => ({ where, what: 'counts', detail: `${key}: ${was.get(key) ?? 0} ≠ ${is.get(key) ?? 0}` }));
}

function keyOf({ unitId, isPart, adopted, listed, stage, paused, dueOn }: Omit<typeof findingCounts.$inferSelect, 'amount'>): string {
  return [unitId, isPart ? 'part' : 'finding', stage, adopted && 'adopted', listed && 'listed', paused && 'paused', dueOn].filter(Boolean).join(' ');
}

/** Every finding can be found by words, and nothing else can. */
export async function searchFaults(db: Database): Promise<readonly VerifyFault[]> {
  return (await db.searchGaps(100)).map((id) => ({ where: 'finding_search', what: 'search', detail: String(id) }));
}

/** Every file that a row names is there and is what it was: evidence, and the lists that were imported. */
export async function fileFaults(house: House): Promise<{ readonly checked: number; readonly faults: readonly VerifyFault[] }> {
  const rows = [
    ...(await house.db.reader.selectDistinct({ sha256: evidence.sha256, size: evidence.size }).from(evidence)),
    ...(await house.db.reader.selectDistinct({ sha256: imports.sha256, size: imports.size }).from(imports)),
  ];
  const faults: VerifyFault[] = [];
  for (const row of rows) {
    const found = await house.files.hashOf(row.sha256);
    if (!found) faults.push({ where: row.sha256.slice(0, 12), what: 'fileMissing', detail: '' });
    else if (found.sha256 !== row.sha256 || found.size !== row.size) faults.push({ where: row.sha256.slice(0, 12), what: 'fileChanged', detail: '' });
  }
  return { checked: rows.length, faults };
}
