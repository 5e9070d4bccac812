import type { House, Person } from '../context.js';
import { NotVisibleError } from '../errors.js';
import { scopeOf } from './policy.js';
import { findingQueries, type Loaded } from './queries.js';

/** A finding by ledger or clue number, in the person's scope. Throws NotVisibleError when it is not there or not theirs: both look the same. */
export async function loadInScope(house: House, person: Person, number: string): Promise<Loaded> {
  const queries = findingQueries(house.db.reader);
  const tree = await house.tree();
  const found = await queries.byNumber(number);
  if (found && (await queries.isVisible(found.row.id, scopeOf(person, tree)))) return found;
  const office = person.posts.map((post) => tree.officeFor(post.unitId)).find((unit) => unit !== undefined);
  throw new NotVisibleError(`${number} is not there or outside the scope`, { number, office: office?.name ?? '', phone: office?.phone ?? '' });
}
