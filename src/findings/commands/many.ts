import { setImmediate } from 'node:timers/promises';
import { changeset, insertRow, together, type Changeset } from '../../../db/changeset.js';
import { ConflictError } from '../../../db/errors.js';
import { commandKeys } from '../../../db/schema/index.js';
import type { Refusal } from '../../../workflows/types.js';
import type { House, Person } from '../../context.js';
import { ChangedError, NotVisibleError, RefusedError } from '../../errors.js';
import { findingQueries, type Loaded } from '../queries.js';
import { prepare, type Request } from './act.js';
import { openDraft, type Draft } from './draft.js';
import { commandKeyOf } from './key.js';
import { retried } from '../../../db/retried.js';

/** What would happen, or has happened, to one row of a batch. */
export interface RowOutcome {
  readonly number: string;
  readonly to: string | null;
  /** the finding as it will be; null for a row that cannot be done. */
  readonly next: Loaded | null;
  readonly refusals: readonly Refusal[];
}

/** Row by row, the same rules as the single action; nothing is written. */
export async function previewMany(house: House, person: Person, requests: readonly Request[]): Promise<readonly RowOutcome[]> {
  return drafted(house, person, requests, openDraft(house));
}

/** What is written in the same changeset as the rows: made anew for every try, since what it is chained to or counted from may have moved. */
export type Along = (rows: readonly RowOutcome[]) => Promise<Changeset>;

/**
 * Does what can be done: one changeset, one event per finding, each exactly as if it had been done alone, each seeing those before it. The rows
 * that cannot be done are answered with why and left as they are. A second submit under the key does nothing; one of which nothing was done leaves the key free.
 */
export async function actOnMany(house: House, person: Person, requests: readonly Request[], commandKey: string, along: Along = nothingElse): Promise<{ readonly rows: readonly RowOutcome[]; readonly repeated: boolean }> {
  const key = commandKeyOf(person, 'many', commandKey);
  if (await findingQueries(house.db.reader).commandKey(key)) return { rows: [], repeated: true };
  try {
    return await retried(async () => {
      const draft = openDraft(house);
      const rows = await drafted(house, person, requests, draft);
      if (rows.length > 0 && rows.every(({ to }) => to === null)) return nothingDone(rows, along);
      const once = insertRow(commandKeys, { key, personId: person.id, location: '/findings', at: house.clock.now() }, 'command key');
      await house.db.commit(together(changeset(once), await draft.changes(), await along(rows)));
      return { rows, repeated: false };
    });
  } catch (error) {
    if (error instanceof ConflictError && error.statement === 'command key') return { rows: [], repeated: true };
    throw error;
  }
}

/** What goes along may be all or nothing: it is asked, and nothing is written. */
async function nothingDone(rows: readonly RowOutcome[], along: Along): Promise<{ readonly rows: readonly RowOutcome[]; readonly repeated: boolean }> {
  await along(rows);
  return { rows, repeated: false };
}

const nothingElse: Along = () => Promise.resolve(changeset());

async function drafted(house: House, person: Person, requests: readonly Request[], draft: Draft): Promise<readonly RowOutcome[]> {
  const rows: RowOutcome[] = [];
  for (const [index, request] of requests.entries()) {
    // Five hundred rows take a third of a second: other people's pages come in between.
    if (index % 20 === 19) await setImmediate();
    rows.push(await draftedOne(house, person, request, draft));
  }
  return rows;
}

/** A row that is refused leaves nothing in the draft: no number, no write. */
async function draftedOne(house: House, person: Person, request: Request, draft: Draft): Promise<RowOutcome> {
  const forget = draft.mark();
  try {
    const { to, next } = await prepare(house, person, request, draft);
    return { number: request.number, to, next, refusals: [] };
  } catch (error) {
    const refusals = refusalsOf(error, request.number);
    if (!refusals) throw error;
    forget();
    return { number: request.number, to: null, next: null, refusals };
  }
}

function refusalsOf(error: unknown, number: string): readonly Refusal[] | null {
  if (error instanceof RefusedError) return error.refusals;
  if (error instanceof ChangedError) return [{ rule: 'changedSince', kind: 'state', params: { number }, field: null }];
  return error instanceof NotVisibleError ? [{ rule: 'notThere', kind: 'who', params: { number }, field: null }] : null;
}
