import { changeset, type Changeset } from '../../db/changeset.js';
import type { House, Person } from '../context.js';
import type { AsItWillBe, RowOutcome } from '../findings/commands/many.js';
import { noticeChanges, noticeKinds, withParts } from './issue.js';
import { notNoticed } from './queries.js';

/** The notices of a batch that was done at once, in its own changeset; nothing for a batch that hands nothing out. */
export async function noticesAlong(house: House, person: Person, { id, event }: { readonly id: string; readonly event: string }, rows: readonly RowOutcome[], asItWillBe: AsItWillBe): Promise<Changeset> {
  const kind = noticeKinds.get(event);
  if (!kind) return changeset();
  const handed = await Promise.all(rows.map(({ next }) => (next && next.row.leadUnitId !== null ? withParts({ kind, loaded: next, unitId: next.row.leadUnitId, seq: next.row.movedSeq }, asItWillBe) : [])));
  // A part that was handed out before has its paper.
  return noticeChanges(house, person, await notNoticed(house.db.reader, handed.flat()), id);
}
