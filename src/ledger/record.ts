import type { NewRow, Row } from '../../db/changeset.js';
import type { findingEvents } from '../../db/schema/index.js';
import type { Actor, OnBehalf } from '../../workflows/actor.js';
import type { WorkflowEvent } from '../../workflows/types.js';
import { hashOf } from './hash.js';

type EventRow = Row<typeof findingEvents>;

/** What becomes of an accepted event: its row, chained to the one before. `recordedAt` differs from occurredAt for on-behalf, import and demonstration. */
export function record(
  event: WorkflowEvent, version: number,
  place: { readonly findingId: number; readonly seq: number; readonly workflow: string; readonly from: string | null; readonly to: string; readonly previousHash: string; readonly recordedAt: string },
): NewRow<typeof findingEvents> & { readonly hash: string } {
  const row = {
    findingId: place.findingId, seq: place.seq, type: event.type, version, workflow: place.workflow,
    stateBefore: place.from, stateAfter: place.to, actorId: event.actor.personId, actor: JSON.stringify(event.actor),
    onBehalf: event.onBehalf && JSON.stringify(event.onBehalf), occurredAt: event.occurredAt, recordedAt: place.recordedAt, occurredOn: event.today,
    payload: JSON.stringify(event.data), dates: JSON.stringify(event.dates), previousHash: place.previousHash,
  };
  return { ...row, hash: hashOfEvent(row) };
}

/** The hash that an event's row must carry: over every other column, in this order. */
export function hashOfEvent(row: Omit<EventRow, 'hash'>): string {
  return hashOf([
    row.findingId, row.seq, row.type, row.version, row.workflow, row.stateBefore, row.stateAfter, row.actorId, row.actor, row.onBehalf,
    row.occurredAt, row.recordedAt, row.occurredOn, row.payload, row.dates, row.previousHash,
  ]);
}

/** A row as the engine took it: what a replay gives to step(). */
export function eventOf(row: EventRow): WorkflowEvent {
  const actor: Actor = JSON.parse(row.actor);
  const onBehalf: OnBehalf | null = row.onBehalf === null ? null : JSON.parse(row.onBehalf);
  const data: WorkflowEvent['data'] = JSON.parse(row.payload);
  const dates: WorkflowEvent['dates'] = JSON.parse(row.dates);
  return { type: row.type, data, actor, onBehalf, occurredAt: row.occurredAt, today: row.occurredOn, dates };
}
