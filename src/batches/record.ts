import { changeset, insertRow, type Changeset } from '../../db/changeset.js';
import { batches, batchRows } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import type { RowOutcome } from '../findings/commands/many.js';
import type { Loaded } from '../findings/queries.js';

/** What was done in one go, kept like a batch that was done piece by piece: its page has an address, and shows the same to whoever comes back to it. */
export function recordedBatch({ clock }: Pick<House, 'clock'>, person: Person, { id, event, form }: { readonly id: string; readonly event: string; readonly form: string }, rows: readonly RowOutcome[], loaded: ReadonlyMap<string, Loaded>): Changeset {
  const can = rows.filter(({ to }) => to !== null).length;
  const at = clock.now();
  return changeset(
    insertRow(batches, { id, personId: person.id, event, form, state: 'done', total: rows.length, next: rows.length, can, cannot: rows.length - can, createdAt: at, finishedAt: at, version: 1 }),
    ...rows.map(({ number, to, next, refusals }, ordinal) => insertRow(batchRows, {
      batchId: id, ordinal, number, seen: next?.row.movedSeq ?? null, unitId: (next ?? loaded.get(number))?.row.leadUnitId ?? null, outcome: to === null ? 'refused' : 'done',
      became: next && next.row.number !== number ? next.row.number : null, why: to === null ? JSON.stringify(refusals) : null,
    })),
  );
}
