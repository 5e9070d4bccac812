import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { changeset, insertRow, type Statement } from '../../db/changeset.js';
import { ConflictError } from '../../db/errors.js';
import { batches, batchRows, commandKeys } from '../../db/schema/index.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { House, Person } from '../context.js';
import { commandKeyOf } from '../findings/commands/key.js';
import { officePostOf } from '../findings/policy.js';
import { rulesDigest } from '../rules/proposals.js';
import type { Asked } from './asked.js';
import { keptForm } from './kept-form.js';
import { findingQueries } from '../findings/queries.js';
import { filtersFrom } from '../ledger-pages/filters.js';
import { pageQuery, sightOf, viewOf, type Cursor } from '../ledger-pages/queries.js';

/** More than this is not one decision any more. */
const mostInBatch = 20_000;
const page = 1000;

/**
 * Keeps a batch of the whole view, to be previewed by the worker; answers with its id, or null when the view holds nothing that waits for the event or says something
 * that was not understood. `asked`: what is typed once for all rows. The same form a second time answers with the first one's id.
 */
export async function beginBatch(house: House, person: Person, definition: EventDefinition, view: unknown, asked: Asked, commandKey: string): Promise<string | null> {
  const key = commandKeyOf(person, 'batch', commandKey);
  const before = await begunBefore(house, key);
  if (before !== null) return before;
  const numbers = await numbersOf(house, person, definition, view);
  if (numbers.length === 0) return null;
  const id = randomUUID();
  const rules = await rulesDigest(house, officePostOf(person)?.unitId ?? 0);
  const statements: Statement[] = [insertRow(batches, { id, personId: person.id, event: definition.type, form: keptForm(definition, asked, rules), state: 'previewing', total: numbers.length, next: 0, can: 0, cannot: 0, createdAt: house.clock.now(), version: 1 })];
  for (const [ordinal, number] of numbers.entries()) {
    if (ordinal % page === page - 1) await setImmediate();
    statements.push(insertRow(batchRows, { batchId: id, ordinal, number, outcome: 'open' }));
  }
  statements.push(insertRow(commandKeys, { key, personId: person.id, location: id, at: house.clock.now() }, 'command key'));
  try {
    await house.db.commit(changeset(...statements));
    return id;
  } catch (error) {
    const first = error instanceof ConflictError && error.statement === 'command key' ? await begunBefore(house, key) : null;
    if (first !== null) return first;
    throw error;
  }
}

async function begunBefore(house: House, key: string): Promise<string | null> {
  return (await findingQueries(house.db.reader).commandKey(key))?.location ?? null;
}

/** Page by page, so that nobody else's page waits for it. */
async function numbersOf(house: House, person: Person, { type, weight }: EventDefinition, query: unknown): Promise<readonly string[]> {
  const { filters, order, ignored } = filtersFrom(query);
  if (ignored.length > 0) return [];
  const view = viewOf(await sightOf(house, person, filters), weight === 'main' ? { ...filters, waits: type } : filters);
  const numbers: string[] = [];
  for (let cursor: Cursor | null = null; numbers.length < mostInBatch;) {
    const rows: readonly { readonly value: string; readonly number: string }[] = await pageQuery(house.db.reader, view, order, cursor, page);
    numbers.push(...rows.map(({ number }) => number));
    const last = rows.at(-1);
    if (rows.length < page || !last) break;
    cursor = { row: { value: last.value, number: last.number }, backwards: false };
    await setImmediate();
  }
  return numbers.slice(0, mostInBatch);
}
