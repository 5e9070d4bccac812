import { insertRow, together } from '../../../db/changeset.js';
import { ConflictError } from '../../../db/errors.js';
import { commandKeys } from '../../../db/schema/index.js';
import type { Refusal } from '../../../workflows/types.js';
import type { House, Person } from '../../context.js';
import { ChangedError, NotVisibleError, RefusedError } from '../../errors.js';
import { findingQueries } from '../queries.js';
import { prepare, type Prepared, type Request } from './act.js';
import { retried } from './retry.js';

/** What would happen, or has happened, to one row of a batch. */
export interface RowOutcome {
  readonly number: string;
  readonly to: string | null;
  readonly refusals: readonly Refusal[];
}

/** Row by row, the same rules as the single action; nothing is written. */
export async function previewMany(house: House, person: Person, requests: readonly Request[]): Promise<readonly RowOutcome[]> {
  const rows = await prepared(house, person, requests);
  return rows.map(({ outcome }) => outcome);
}

/**
 * Does what can be done: one changeset, one event per finding, each exactly as if it had been done alone. The rows that cannot be
 * done are answered with why and left as they are. A second submit under the key does nothing.
 */
export async function actOnMany(house: House, person: Person, requests: readonly Request[], commandKey: string): Promise<{ readonly rows: readonly RowOutcome[]; readonly repeated: boolean }> {
  if (await findingQueries(house.db.reader).commandKey(commandKey)) return { rows: [], repeated: true };
  try {
    return await retried(async () => {
      const rows = await prepared(house, person, requests);
      const key = insertRow(commandKeys, { key: commandKey, personId: person.id, location: '/findings', at: house.clock.now() }, 'command key');
      await house.db.commit(together({ statements: [key], search: [] }, ...rows.flatMap((row) => (row.changeset ? [row.changeset] : []))));
      return { rows: rows.map(({ outcome }) => outcome), repeated: false };
    });
  } catch (error) {
    if (error instanceof ConflictError && error.statement === 'command key') return { rows: [], repeated: true };
    throw error;
  }
}

async function prepared(house: House, person: Person, requests: readonly Request[]): Promise<readonly { readonly outcome: RowOutcome; readonly changeset: Prepared['changeset'] | null }[]> {
  const rows = [];
  for (const request of requests) rows.push(await preparedOne(house, person, request));
  return rows;
}

async function preparedOne(house: House, person: Person, request: Request): Promise<{ readonly outcome: RowOutcome; readonly changeset: Prepared['changeset'] | null }> {
  try {
    const { to, changeset } = await prepare(house, person, request);
    return { outcome: { number: request.number, to, refusals: [] }, changeset };
  } catch (error) {
    const refusals = refusalsOf(error, request.number);
    if (!refusals) throw error;
    return { outcome: { number: request.number, to: null, refusals }, changeset: null };
  }
}

function refusalsOf(error: unknown, number: string): readonly Refusal[] | null {
  if (error instanceof RefusedError) return error.refusals;
  if (error instanceof ChangedError) return [{ rule: 'changedSince', kind: 'state', params: { number }, field: null }];
  return error instanceof NotVisibleError ? [{ rule: 'notThere', kind: 'who', params: { number }, field: null }] : null;
}
