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

/** A finding by its number, as the command will leave it: one of the rows, or what came into being with them. */
export type AsItWillBe = Draft['byNumber'];

/** What is written in the same changeset as the rows, or alone when none of them can be done: made anew for every try, since what it is chained to or counted from may have moved. */
export type Along = (rows: readonly RowOutcome[], asItWillBe: AsItWillBe) => Promise<Changeset>;

/** What became of many, and where it is shown: null when nothing was done. */
export interface ManyDone {
  readonly rows: readonly RowOutcome[];
  readonly repeated: boolean;
  readonly location: string | null;
}

/**
 * Does what can be done: one changeset, one event per finding, each exactly as if it had been done alone, each seeing those before it. The rows
 * that cannot be done are answered with why and left as they are. A second submit under the key does nothing and answers with the first one's `location`; one of which nothing was done leaves the key free.
 */
export async function actOnMany(house: House, person: Person, requests: readonly Request[], commandKey: string, along: Along = nothingElse, location = '/findings'): Promise<ManyDone> {
  const key = commandKeyOf(person, 'many', commandKey);
  const before = await doneBefore(house, key);
  if (before) return before;
  try {
    return await retried(async () => {
      const draft = openDraft(house);
      const rows = await drafted(house, person, requests, draft);
      if (rows.length > 0 && rows.every(({ to }) => to === null)) return nothingDone(house, rows, draft, along);
      const once = insertRow(commandKeys, { key, personId: person.id, location, at: house.clock.now() }, 'command key');
      await house.db.commit(together(changeset(once), await draft.changes(), await along(rows, draft.byNumber)));
      return { rows, repeated: false, location };
    });
  } catch (error) {
    const first = error instanceof ConflictError && error.statement === 'command key' ? await doneBefore(house, key) : null;
    if (first) return first;
    throw error;
  }
}

/** What was done under a key before: asked first by whoever may find that the same form does not fit any more, because it was done. */
export async function manyDoneBefore(house: House, person: Person, commandKey: string): Promise<ManyDone | null> {
  return commandKey === '' ? null : doneBefore(house, commandKeyOf(person, 'many', commandKey));
}

async function doneBefore(house: House, key: string): Promise<ManyDone | null> {
  const first = await findingQueries(house.db.reader).commandKey(key);
  return first && { rows: [], repeated: true, location: first.location };
}

/** What goes along is written all the same: a batch that did not move past a piece of which every row was refused tried that piece for ever. Whoever wants nothing then answers with nothing, or throws. */
async function nothingDone(house: House, rows: readonly RowOutcome[], draft: Draft, along: Along): Promise<ManyDone> {
  const alone = await along(rows, draft.byNumber);
  if (alone.statements.length > 0) await house.db.commit(alone);
  return { rows, repeated: false, location: null };
}

const nothingElse: Along = () => Promise.resolve(changeset());

async function drafted(house: House, person: Person, requests: readonly Request[], draft: Draft): Promise<readonly RowOutcome[]> {
  const rows: RowOutcome[] = [];
  for (const [index, request] of requests.entries()) {
    // Five hundred rows take a third of a second: other people's pages come in between.
    if (index % 10 === 9) await setImmediate();
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
