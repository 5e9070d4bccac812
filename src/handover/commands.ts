import { setImmediate } from 'node:timers/promises';
import { changeset, insertRow, together } from '../../db/changeset.js';
import { handovers } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { House, Person } from '../context.js';
import type { Request } from '../findings/commands/act.js';
import { actOnMany, type RowOutcome } from '../findings/commands/many.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import { appended } from '../ledger/stream.js';

/** A finding as it is, and what would be asked for it. */
export interface Reassignment {
  readonly loaded: Loaded;
  readonly request: Request;
}

/** A verification, as it would be assigned again: the other in place of the one, everybody else as before. */
export async function reassignments(house: House, numbers: readonly string[], fromId: number, toId: number, verifyBy: string | null): Promise<readonly Reassignment[]> {
  const today = house.clock.today();
  const queries = findingQueries(house.db.reader);
  const requests: Reassignment[] = [];
  for (const [index, number] of numbers.entries()) {
    // Five hundred rows are read in several goes: other people's pages come in between.
    if (index % 20 === 19) await setImmediate();
    const loaded = await queries.byNumber(number);
    if (!loaded) continue;
    const { verifierIds, verifyBy: before } = loaded.snapshot.context;
    // A day that is over cannot be given again: without another the row says so and stays.
    const by = before !== null && before < today ? verifyBy ?? before : before;
    const others = verifierIds.filter((id) => id !== fromId && id !== toId);
    requests.push({ loaded, request: { number, event: 'ASSIGN_VERIFICATION', data: { verifierIds: [toId, ...others], ...(by === null ? {} : { verifyBy: by }) }, seen: loaded.row.movedSeq, onBehalf: null, files: [] } });
  }
  return requests;
}

export interface Handover {
  readonly officeId: number;
  readonly from: Pick<Person, 'id' | 'name'>;
  readonly to: Pick<Person, 'id' | 'name'>;
  readonly basis: string;
}

/**
 * Hands verifications over: each is assigned again by the office under the engine's own rules; what these refuse stays with whom it was. The record
 * (who, to whom, which, on what basis) is written in the same changeset; nothing is recorded when nothing could be moved.
 */
export async function handOver(house: House, by: Person, handover: Handover, requests: readonly Request[], commandKey: string): Promise<{ readonly rows: readonly RowOutcome[]; readonly repeated: boolean }> {
  const { officeId, from, to, basis } = handover;
  const noted = requests.map((request) => ({ ...request, data: { ...request.data, note: basis } }));
  return actOnMany(house, by, noted, commandKey, async (rows) => {
    const done = rows.filter((row) => row.to !== null).map(({ number }) => number);
    const stays = rows.filter((row) => row.to === null).map(({ number, refusals }) => ({ number, because: refusals.map(({ rule }) => rule) }));
    if (done.length === 0) return changeset();
    const { first, statement } = await takeNumbers(house.db.reader, 'handovers');
    const row = insertRow(handovers, { id: first, kind: 'verifications', unitId: officeId, fromId: from.id, toId: to.id, byId: by.id, on: house.clock.today(), basis, rows: JSON.stringify(done), amount: done.length });
    const record = await appended(house, { stream: 'proceedings', type: 'DutiesHandedOver', actorId: by.id, actorName: by.name, payload: { handover: first, from: from.id, to: to.id, basis, findings: done, stays } });
    return together(changeset(statement, row), { statements: record, search: [] });
  });
}
