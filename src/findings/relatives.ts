import type { House, Person } from '../context.js';
import { scopeOf } from './policy.js';
import { findingQueries, type Loaded } from './queries.js';

/** Numbers of what a finding was merged with or split from that this person may not see: on its page and in its history they are not told. */
export async function hiddenRelatives(house: House, person: Person, { snapshot: { context } }: Loaded): Promise<ReadonlySet<string>> {
  const { absorbed = [], mergedInto, splitFrom, splitInto = [] } = context;
  const queries = findingQueries(house.db.reader);
  const scope = scopeOf(person, await house.tree());
  const hidden = new Set<string>();
  for (const number of [...absorbed, mergedInto, splitFrom, ...splitInto]) {
    const found = number ? await queries.byNumber(number) : null;
    if (number && !(found && (await queries.isVisible(found.row.id, scope)))) hidden.add(number);
  }
  return hidden;
}
