import { setImmediate } from 'node:timers/promises';
import type { House, Person } from '../context.js';
import { scopeOf } from './policy.js';
import { findingQueries, type Loaded } from './queries.js';

/** Those of the findings that the person may see, by number. */
export async function visibleRows(house: House, person: Person, numbers: readonly string[]): Promise<ReadonlyMap<string, Loaded>> {
  const queries = findingQueries(house.db.reader);
  const scope = scopeOf(person, await house.tree());
  const found = new Map<string, Loaded>();
  for (const [index, number] of numbers.entries()) {
    // Answers come at once here: without a pause nobody else's page would come in between.
    if (index % 10 === 9) await setImmediate();
    const loaded = await queries.byNumber(number);
    if (loaded && (await queries.isVisible(loaded.row.id, scope))) found.set(number, loaded);
  }
  return found;
}
