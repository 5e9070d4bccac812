import { changeset, type Changeset } from '../../db/changeset.js';
import type { House, Person } from '../context.js';
import type { AsItWillBe, RowOutcome } from '../findings/commands/many.js';
import { noticeChanges, noticeKinds, withParts } from './issue.js';
import { notNoticed } from './queries.js';

interface HandingOut {
  /** of the batch; null for one finding by itself. */
  readonly id: string | null;
  readonly event: string;
}

/** The notices of a batch that was done at once, or (without an id) of one finding by itself, in its own changeset; nothing for what hands nothing out. */
export async function noticesAlong(house: House, person: Person, { id, event }: HandingOut, rows: readonly Pick<RowOutcome, 'next'>[], asItWillBe: AsItWillBe): Promise<Changeset> {
  const kind = noticeKinds.get(event);
  if (!kind) return changeset();
  const handed = await Promise.all(rows.map(({ next }) => (next && next.row.leadUnitId !== null ? withParts({ kind, loaded: next, unitId: next.row.leadUnitId, seq: next.row.movedSeq }, asItWillBe) : [])));
  // A part that was handed out before has its paper.
  return noticeChanges(house, person, await notNoticed(house.db.reader, handed.flat()), id);
}
