import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { people, posts } from '../../db/schema/index.js';
import type { Person, Post } from '../context.js';
import { personOf } from './queries.js';

/** Everybody who holds one of these roles on `today`, each with all their posts: two queries, however many they are. */
export async function peopleInRoles(reader: Reader, roles: readonly Post['role'][], today: string): Promise<readonly Person[]> {
  const holders = reader.select({ id: posts.personId }).from(posts).where(inArray(posts.role, [...roles]));
  return withPosts(reader, await reader.select().from(people).where(and(inArray(people.id, holders), isNull(people.disabledOn))).orderBy(people.id), today)
    .then((found) => found.filter((person) => person.posts.some((post) => roles.includes(post.role))));
}

/** People of these names (as they are written in the house), each with their posts of `today`. */
export async function peopleNamed(reader: Reader, names: readonly string[], today: string): Promise<readonly Person[]> {
  if (names.length === 0) return [];
  return withPosts(reader, await reader.select().from(people).where(and(inArray(people.name, [...names]), isNull(people.disabledOn))).orderBy(people.id).limit(200), today);
}

/** Units in which somebody can put right or check what they are handed: in any other nobody sees it until an account is made. */
export async function mannedUnits(reader: Reader, today: string): Promise<ReadonlySet<number>> {
  const rows = await reader.selectDistinct({ unitId: posts.unitId }).from(posts).innerJoin(people, eq(people.id, posts.personId)).where(and(inArray(posts.role, ['handler', 'head', 'office']), isNull(people.disabledOn), heldOn(today)));
  return new Set(rows.map(({ unitId }) => unitId));
}

/** The post is held on this day. */
export function heldOn(today: string): SQL {
  return sql`(${posts.fromOn} is null or ${posts.fromOn} <= ${today}) and (${posts.untilOn} is null or ${posts.untilOn} >= ${today})`;
}

async function withPosts(reader: Reader, rows: readonly (typeof people.$inferSelect)[], today: string): Promise<readonly Person[]> {
  if (rows.length === 0) return [];
  const all = await reader.select().from(posts).where(inArray(posts.personId, rows.map((row) => row.id))).orderBy(posts.id);
  const byPerson = new Map<number, (typeof all)[number][]>();
  for (const post of all) byPerson.set(post.personId, [...(byPerson.get(post.personId) ?? []), post]);
  return rows.map((row) => personOf(row, byPerson.get(row.id) ?? [], today));
}
