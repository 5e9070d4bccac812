import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Row } from '../../db/changeset.js';
import { evidence, findingEvents, findings, findingScope, findingSnapshots, findingUnits, measures, series, streamEvents, timers, waiting, type Stream } from '../../db/schema/index.js';
import { definitionOf } from '../../workflows/registry.js';
import { replay } from '../../workflows/step.js';
import type { Snapshot, WorkflowEvent } from '../../workflows/types.js';
import { dayAfter } from '../clock.js';
import type { House } from '../context.js';
import { filingOf } from '../findings/commands/write.js';
import { beginning } from './hash.js';
import { project } from './project.js';
import { eventOf, hashOfEvent } from './record.js';
import { hashOfStreamEvent } from './stream.js';

/** One thing that is not as it must be. `what` is a sentence's key: `verify.<what>`. */
export interface VerifyFault {
  readonly where: string;
  readonly what: 'chain' | 'hash' | 'gap' | 'replay' | 'snapshot' | 'row' | 'beside' | 'separation' | 'fileMissing' | 'fileChanged' | 'number' | 'streamChain';
  readonly detail: string;
}
export interface VerifyReport {
  readonly findings: number;
  readonly events: number;
  readonly files: number;
  readonly faults: readonly VerifyFault[];
}

const page = 500;

/**
 * Checks the ledger against itself: every chain and hash, every file; replays every history through its workflow version and compares
 * snapshot, row and the rows beside it; proves separation of duties again from the events alone; numbers without gaps. Pages through, so memory does not grow.
 */
export async function verifyLedger(house: House): Promise<VerifyReport> {
  const faults: VerifyFault[] = [];
  const counted = { findings: 0, events: 0 };
  for (let after = 0; ;) {
    const rows = await house.db.reader.select({ row: findings, snapshot: findingSnapshots.snapshot, headHash: findingSnapshots.headHash }).from(findings)
      .innerJoin(findingSnapshots, eq(findingSnapshots.findingId, findings.id)).where(gt(findings.id, after)).orderBy(asc(findings.id)).limit(page);
    for (const each of rows) {
      counted.findings += 1;
      counted.events += await verifyFinding(house, each, faults);
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last.row.id;
  }
  for (const stream of ['organisation', 'accounts', 'sign-ins', 'exports', 'imports'] as const) await verifyStream(house, stream, faults);
  await verifyNumbers(house, faults);
  return { ...counted, files: await verifyFiles(house, faults), faults };
}

async function verifyFinding(house: House, { row, snapshot, headHash }: { readonly row: Row<typeof findings>; readonly snapshot: string; readonly headHash: string }, faults: VerifyFault[]): Promise<number> {
  const events = await house.db.reader.select().from(findingEvents).where(eq(findingEvents.findingId, row.id)).orderBy(asc(findingEvents.seq));
  const fault = (what: VerifyFault['what'], detail = ''): void => { faults.push({ where: row.number, what, detail }); };
  let previous = beginning;
  for (const [index, event] of events.entries()) {
    if (event.seq !== index + 1) fault('gap', `seq ${event.seq}`);
    if (event.previousHash !== previous) fault('chain', `seq ${event.seq}`);
    if (hashOfEvent(event) !== event.hash) fault('hash', `seq ${event.seq}`);
    previous = event.hash;
  }
  if (events.length !== row.version) fault('gap', `${events.length} ≠ ${row.version}`);
  if (previous !== headHash) fault('chain', 'head');
  const history = events.map(eventOf);
  separationFaults(history).forEach((detail) => { fault('separation', detail); });
  try {
    const replayed = replay(definitionOf(row.workflow), history);
    if (JSON.stringify(replayed) !== snapshot) fault('snapshot');
    await compareRows(house, row, replayed, fault);
  } catch (error) {
    fault('replay', error instanceof Error ? error.message : String(error));
  }
  return events.length;
}

async function compareRows(house: House, row: Row<typeof findings>, snapshot: Snapshot, fault: (what: VerifyFault['what'], detail?: string) => void): Promise<void> {
  const { reader } = house.db;
  const projected = project(definitionOf(row.workflow), snapshot, filingOf(row), await house.tree());
  for (const [column, value] of Object.entries(projected.row)) if (Reflect.get(row, column) !== value) fault('row', column);
  const scope = await reader.select().from(findingScope).where(eq(findingScope.findingId, row.id)).orderBy(asc(findingScope.unitId));
  if (scope.map((each) => each.unitId).join() !== projected.scopeUnitIds.join()) fault('beside', 'finding_scope');
  for (const each of scope) for (const [column, value] of Object.entries(projected.scope)) if (Reflect.get(each, column) !== value) fault('beside', `finding_scope.${column}`);
  const units = await reader.select().from(findingUnits).where(eq(findingUnits.findingId, row.id));
  const named = (all: readonly { unitId: number; relation: string }[]): string => all.map((each) => `${each.unitId}:${each.relation}`).sort().join();
  if (named(units) !== named(projected.units)) fault('beside', 'finding_units');
  const waits = await reader.select().from(waiting).where(eq(waiting.findingId, row.id)).orderBy(asc(waiting.ordinal));
  const waited = (all: readonly { event: string; role: string; unitId: number | null; personId: number | null; dueOn: string | null }[]): string => JSON.stringify(all.map((each) => [each.event, each.role, each.unitId, each.personId, each.dueOn]));
  if (waited(waits) !== waited(projected.waiting)) fault('beside', 'waiting');
  const due = await reader.select().from(timers).where(eq(timers.findingId, row.id)).orderBy(asc(timers.name));
  const wanted = projected.timers.map((timer) => `${timer.name} ${dayAfter(timer.lastDay, house.clock.zone)}`).sort();
  if (due.map((timer) => `${timer.name} ${timer.dueAt}`).join() !== wanted.join()) fault('beside', 'timers');
  const held = await reader.select({ id: measures.id, percent: measures.percent, done: measures.done }).from(measures).where(eq(measures.findingId, row.id)).orderBy(asc(measures.id));
  if (JSON.stringify(held) !== JSON.stringify(snapshot.context.measures.map(({ id, percent, done }) => ({ id, percent, done })))) fault('beside', 'measures');
}

const rectifying = ['REPORT', 'CLAIM', 'SIGN_CLAIM'];
const verifying = ['PASS', 'SEND_BACK', 'LOOK_BACK', 'SPOT_CHECK'];

/** Who did what, told again without the machine: nobody both puts right and verifies, nobody closes what they verified in the same cycle. */
function separationFaults(history: readonly WorkflowEvent[]): readonly string[] {
  const found: string[] = [];
  const reported = new Set<number>();
  const verified = new Set<number>();
  let thisCycle = new Set<number>();
  for (const event of history) {
    const people = [event.onBehalf?.principal.personId ?? event.actor.personId, event.actor.personId];
    const isVerdict = verifying.includes(event.type) && (event.onBehalf?.principal ?? event.actor).role === 'inspector';
    for (const person of people) {
      if (isVerdict && reported.has(person)) found.push(`${event.type}: ${person}`);
      if (rectifying.includes(event.type) && verified.has(person)) found.push(`${event.type}: ${person}`);
      if (event.type === 'CLOSE' && thisCycle.has(person)) found.push(`CLOSE: ${person}`);
      if (rectifying.includes(event.type)) reported.add(person);
      if (isVerdict) { verified.add(person); thisCycle.add(person); }
    }
    if (event.type === 'REOPEN') thisCycle = new Set();
  }
  return found;
}

async function verifyStream(house: House, stream: Stream, faults: VerifyFault[]): Promise<void> {
  let previous = beginning;
  for (let after = 0; ;) {
    const rows = await house.db.reader.select().from(streamEvents).where(and(eq(streamEvents.stream, stream), gt(streamEvents.seq, after))).orderBy(asc(streamEvents.seq)).limit(page);
    for (const row of rows) {
      if (row.seq !== after + 1 || row.previousHash !== previous || hashOfStreamEvent(row) !== row.hash) faults.push({ where: stream, what: 'streamChain', detail: `seq ${row.seq}` });
      previous = row.hash;
      after = row.seq;
    }
    if (rows.length < page) return;
  }
}

/** Ledger numbers run from 1 to the last taken, each once: in `findings` or, for a clue that was listed, in clue_number. */
async function verifyNumbers(house: House, faults: VerifyFault[]): Promise<void> {
  const all = await house.db.reader.select().from(series);
  for (const { name, last } of all.filter((each) => /^(?:ZG|XS)-\d{4}$/u.test(each.name))) {
    const column = name.startsWith('XS') ? findings.clueNumber : findings.number;
    const [found] = await house.db.reader.select({ amount: sql<number>`count(*)` }).from(findings).where(and(sql`${column} like ${`${name}-%`}`, sql`${findings.parentId} is null`));
    if ((found?.amount ?? 0) !== last) faults.push({ where: name, what: 'number', detail: `${found?.amount ?? 0} ≠ ${last}` });
  }
}

async function verifyFiles(house: House, faults: VerifyFault[]): Promise<number> {
  const rows = await house.db.reader.selectDistinct({ sha256: evidence.sha256, size: evidence.size }).from(evidence);
  for (const row of rows) {
    const found = await house.files.hashOf(row.sha256);
    if (!found) faults.push({ where: row.sha256.slice(0, 12), what: 'fileMissing', detail: '' });
    else if (found.sha256 !== row.sha256 || found.size !== row.size) faults.push({ where: row.sha256.slice(0, 12), what: 'fileChanged', detail: '' });
  }
  return rows.length;
}
