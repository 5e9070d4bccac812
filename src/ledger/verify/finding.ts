import { asc, eq } from 'drizzle-orm';
import type { Row } from '../../../db/changeset.js';
import { findingEvents, type findings } from '../../../db/schema/index.js';
import type { WorkflowDefinition } from '../../../workflows/definition.js';
import { historyFaults } from '../../../workflows/history.js';
import { definitionOf } from '../../../workflows/registry.js';
import { unanswered } from '../../../workflows/returning.js';
import { replay } from '../../../workflows/step.js';
import { dateIn } from '../../clock.js';
import type { House } from '../../context.js';
import { latestOf } from '../../findings/commands/write.js';
import { beginning } from '../hash.js';
import { eventOf, hashOfEvent } from '../record.js';
import { besideFaults } from './beside.js';
import { leadReportFaults } from './reporting.js';
import type { Fault } from './report.js';

type EventRow = Row<typeof findingEvents>;

/** Checks one finding: its chain, its replay, who did what, its row and the rows beside it. Answers how many events it has. */
export async function verifyFinding(house: House, { row, snapshot, headHash }: { readonly row: Row<typeof findings>; readonly snapshot: string | null; readonly headHash: string | null }, fault: Fault): Promise<number> {
  const events = await house.db.reader.select().from(findingEvents).where(eq(findingEvents.findingId, row.id)).orderBy(asc(findingEvents.seq));
  chainFaults(events, row.version, headHash, house.clock.zone, fault);
  try {
    const definition = definitionOf(row.workflow);
    const history = events.map(eventOf);
    const recorded = events.map(({ stateBefore, stateAfter }, index) => ({ event: history[index] ?? unreadable(index), from: stateBefore, to: stateAfter }));
    for (const found of historyFaults(definition, recorded)) fault(found.fault === 'closedUnverified' ? 'closedUnverified' : 'separation', `${found.fault} seq ${found.at + 1}: ${found.personId}`);
    const replayed = replay(definition, history);
    if (JSON.stringify(replayed) !== snapshot) fault('snapshot');
    for (const [column, value] of Object.entries(told(definition, events))) if (Reflect.get(row, column) !== value) fault('row', column);
    await besideFaults(house, row, replayed, events, fault);
    await leadReportFaults(house.db.reader, row.id, events, fault);
  } catch (error) {
    fault('replay', error instanceof Error ? error.message : String(error));
  }
  return events.length;
}

function unreadable(index: number): never {
  throw new Error(`event ${index + 1} is not there`);
}

function chainFaults(events: readonly EventRow[], version: number, headHash: string | null, zone: string, fault: Fault): void {
  let previous = beginning;
  for (const [index, event] of events.entries()) {
    if (event.seq !== index + 1) fault('gap', `seq ${event.seq}`);
    if (event.previousHash !== previous) fault('chain', `seq ${event.seq}`);
    if (hashOfEvent(event) !== event.hash) fault('hash', `seq ${event.seq}`);
    const before = events[index - 1];
    const { actor, onBehalf, occurredAt } = eventOf(event);
    if (before && event.recordedAt < before.recordedAt) fault('times', `seq ${event.seq}`);
    if (event.actorId !== actor.personId || (onBehalf ? event.occurredOn > dateIn(zone, occurredAt) : event.occurredOn !== dateIn(zone, occurredAt))) fault('times', `seq ${event.seq}`);
    previous = event.hash;
  }
  if (events.length !== version) fault('gap', `${events.length} ≠ ${version}`);
  if (previous !== headHash) fault('chain', 'head');
}

/** What the row holds of its events beside what a snapshot says. */
function told(definition: WorkflowDefinition, events: readonly EventRow[]): Pick<Row<typeof findings>, 'movedSeq' | 'returnedSeq' | 'latest' | 'clueNumber' | 'createdAt' | 'updatedAt'> {
  const moving = events.filter((event) => event.seq === 1 || definition.events[event.type]?.moves);
  const latest = events.map((event) => latestOf(eventOf(event).data)).filter((text) => text !== null);
  const number: unknown = events[0] && eventOf(events[0]).data['number'];
  return {
    movedSeq: moving.at(-1)?.seq ?? 0, returnedSeq: events.reduce<number | null>((before, { seq, type, stateAfter }) => unanswered(definition, before, { seq, type, to: stateAfter }), null),
    latest: latest.at(-1) ?? null, clueNumber: typeof number === 'string' && number.startsWith('XS-') ? number : null,
    createdAt: events[0]?.recordedAt ?? '', updatedAt: events.at(-1)?.recordedAt ?? '',
  };
}
