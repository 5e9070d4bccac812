import { inArray } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { people } from '../../db/schema/index.js';
import { folded } from '../organisation/tree.js';

/** Names of people by id; nothing is asked for an empty list. */
export async function peopleNames(reader: Reader, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.select({ id: people.id, name: people.name }).from(people).where(inArray(people.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** How names of people are compared: look-alikes of width are one, and 张　三 is 张三. */
export function nameKey(name: string): string {
  return folded(name);
}

/** The same without what stands in brackets behind it: 张三（核查组） is 张三. */
function plainKey(name: string): string {
  return nameKey(name).replace(/(?<=.)(?:[([【〔][^)\]】〕]*[)\]】〕])+$/u, '');
}

/** Ids of everybody whom a name means as it was typed. */
export type NamedBy = (name: string) => readonly number[];

/** Finds people of the house by typed names, whatever became of them. Who is called just so comes before who is called so but for what stands in brackets. */
export async function namesInHouse(reader: Reader): Promise<NamedBy> {
  const [whole, plain] = [new Map<string, number[]>(), new Map<string, number[]>()];
  const add = (map: Map<string, number[]>, key: string, id: number): void => { map.set(key, [...(map.get(key) ?? []), id]); };
  for (const { id, name } of await reader.select({ id: people.id, name: people.name }).from(people).orderBy(people.id)) {
    add(whole, nameKey(name), id);
    add(plain, plainKey(name), id);
  }
  return (name) => whole.get(nameKey(name)) ?? plain.get(plainKey(name)) ?? [];
}
