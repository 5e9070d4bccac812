import { randomUUID } from 'node:crypto';
import { updateRow, type Statement } from '../../../db/changeset.js';
import type { Reader } from '../../../db/database.js';
import { StaleError } from '../../../db/errors.js';
import { meetingItems, meetings } from '../../../db/schema/index.js';
import { leaderCloses } from '../../../workflows/rectification/1/closer.js';
import type { Refusal } from '../../../workflows/types.js';
import type { House, Person } from '../../context.js';
import { ChangedError, InvalidError, RowsRefusedError } from '../../errors.js';
import { actorsOf } from '../../findings/actors.js';
import type { Request } from '../../findings/commands/act.js';
import type { NewEvidence } from '../../findings/commands/evidence.js';
import { actOnMany, type RowOutcome } from '../../findings/commands/many.js';
import type { Loaded } from '../../findings/queries.js';
import { appended } from '../../ledger/stream.js';
import { minutesOf } from '../minutes.js';
import { decidedUnder, type Item, type Meeting } from '../queries.js';
import type { MeetingResult } from '../results.js';

/** What the meeting said of one row. */
export interface Decided {
  readonly item: Item;
  readonly result: MeetingResult;
  /** what is missing, or why it is put off. */
  readonly reason: string;
  /** seq of the last moving event that the page was made from; null when it did not say. */
  readonly seen: number | null;
}

/** Under what it was decided, and for whom what is the leader's: signed on paper, entered for them. */
export interface Decision {
  readonly decisionNumber: string;
  readonly leader: Person | null;
  readonly scan: NewEvidence | null;
}

/**
 * One meeting, one decision number, one commit: each closure and each sending back an event of its own, exactly as if done alone, and the
 * minutes beside them. Throws RowsRefusedError when any of them is refused, and ChangedError when the meeting was decided, changed or
 * dropped meanwhile, and InvalidError when its number became another's: then nothing is written. A second submit under the key does nothing.
 */
export async function decideMeeting(house: House, person: Person, meeting: Meeting, version: number, rows: readonly Decided[], loaded: ReadonlyMap<string, Loaded>, decision: Decision, commandKey: string): Promise<void> {
  const requests = await Promise.all(rows.filter(({ result }) => result !== 'deferred').map((row) => requestOf(house, meeting, row, loaded.get(row.item.number), decision)));
  try {
    await actOnMany(house, person, requests, commandKey, async (outcomes) => {
      mustAllBeDone(outcomes);
      const minutes = minutesOf({ ...meeting, decisionNumber: decision.decisionNumber, decidedBy: person.name }, rows.map(({ item, result, reason }) => ({ number: item.number, result, reason })));
      // The end of the stream first: of two meetings decided under one number at once, the second is looked at again.
      const fact = await appended(house, { stream: 'proceedings', type: 'MeetingDecided', actorId: person.id, actorName: person.name, payload: minutes });
      const taken = await numberTaken(house.db.reader, meeting, decision.decisionNumber);
      if (taken) throw new InvalidError([taken]);
      return { statements: [held(meeting, version, person, decision), ...rows.map(minuted), ...fact], search: [] };
    });
  } catch (error) {
    if (error instanceof StaleError && error.statement === 'meeting') throw new ChangedError('the meeting changed', { number: '', seen: 0 });
    throw error;
  }
}

/** What is wrong with a number under which another meeting of the office decided; null when none did. */
export async function numberTaken(reader: Reader, meeting: Meeting, decisionNumber: string): Promise<Refusal | null> {
  const title = decisionNumber === '' ? null : await decidedUnder(reader, meeting, decisionNumber);
  return title === null ? null : { rule: 'meeting.numberTaken', kind: 'input', params: { number: decisionNumber, title }, field: 'decisionNumber' };
}

function held({ id }: Meeting, version: number, person: Person, { decisionNumber }: Decision): Statement {
  return updateRow(meetings, { state: 'decided', decisionNumber, decidedBy: person.name, version: version + 1 }, { id, version, state: 'prepared' }, 'meeting');
}

function minuted({ item: { meetingId, findingId }, result, reason }: Decided): Statement {
  return updateRow(meetingItems, { result, reason }, { meetingId, findingId }, 'row of the meeting');
}

function mustAllBeDone(outcomes: readonly RowOutcome[]): void {
  const refused = outcomes.filter(({ to }) => to === null);
  if (refused.length > 0) throw new RowsRefusedError(new Map(refused.map(({ number, refusals }) => [number, refusals])));
}

async function requestOf(house: House, { heldOn }: Meeting, { item, result, reason, seen }: Decided, loaded: Loaded | undefined, { decisionNumber, leader, scan }: Decision): Promise<Request> {
  const context = loaded?.snapshot.context;
  const principals = leader && context && leaderCloses(context) ? actorsOf(leader, context, await house.tree()).filter(({ role }) => role === 'leader') : [];
  // One paper lies beside many findings: the same file, evidence of each.
  const onBehalf = principals.length > 0 ? { principals, basisNumber: decisionNumber, basisDate: heldOn, scan: scan && { ...scan, id: randomUUID() } } : null;
  const what = result === 'sentBack' ? { event: 'SEND_BACK', data: { missing: reason } } : { event: 'CLOSE', data: { outcome: result === 'closed' ? 'rectified' : 'basicallyRectified', decisionNumber } };
  return { number: item.number, ...what, seen: seen ?? loaded?.row.movedSeq ?? null, onBehalf, files: [] };
}
