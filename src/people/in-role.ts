import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import type { Row } from '../../db/changeset.js';
import type { Reader } from '../../db/database.js';
import { people, posts } from '../../db/schema/index.js';
import type { Person, Post } from '../context.js';
import { personOf, thenOf, type PersonThen } from './queries.js';

/** Everybody who holds one of these roles on `today`, each with all their posts: two queries, however many they are. */
export async function peopleInRoles(reader: Reader, roles: readonly Post['role'][], today: string): Promise<readonly Person[]> {
  const holders = reader.select({ id: posts.personId }).from(posts).where(inArray(posts.role, [...roles]));
  return withPosts(reader, await reader.select().from(people).where(and(inArray(people.id, holders), isNull(people.disabledOn))).orderBy(people.id), today)
    .then((found) => found.filter((person) => person.posts.some((post) => roles.includes(post.role))));
}

/** These people as they were on `day`, also those who are shut out or hold no post any more. */
export async function peopleThen(reader: Reader, ids: readonly number[], day: string, today: string): Promise<readonly PersonThen[]> {
  if (ids.length === 0) return [];
  const rows = await reader.select().from(people).where(sql`${people.id} in (select value from json_each(${asList(ids)}))`).orderBy(people.id);
  const held = await postsOf(reader, rows);
  return rows.map((row) => thenOf(row, held.get(row.id) ?? [], day, today));
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

async function withPosts(reader: Reader, rows: readonly Row<typeof people>[], today: string): Promise<readonly Person[]> {
  if (rows.length === 0) return [];
  const held = await postsOf(reader, rows);
  return rows.map((row) => personOf(row, held.get(row.id) ?? [], today));
}

async function postsOf(reader: Reader, rows: readonly Pick<Row<typeof people>, 'id'>[]): Promise<ReadonlyMap<number, readonly Row<typeof posts>[]>> {
  const all = await reader.select().from(posts).where(inArray(posts.personId, rows.map((row) => row.id))).orderBy(posts.id);
  const byPerson = new Map<number, Row<typeof posts>[]>();
  for (const post of all) byPerson.set(post.personId, [...(byPerson.get(post.personId) ?? []), post]);
  return byPerson;
}
