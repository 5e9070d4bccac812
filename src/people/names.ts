import { inArray } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { people } from '../../db/schema/index.js';

/** Names of people by id; nothing is asked for an empty list. */
export async function peopleNames(reader: Reader, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.select({ id: people.id, name: people.name }).from(people).where(inArray(people.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
