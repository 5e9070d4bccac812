import { inArray, sql } from 'drizzle-orm';
import { asList } from '../../../db/among.js';
import type { Row } from '../../../db/changeset.js';
import type { Reader } from '../../../db/database.js';
import { people, posts } from '../../../db/schema/index.js';
import { usernameKey } from '../queries.js';

/** Somebody who is there already, with every post. */
export interface Known {
  readonly person: Pick<Row<typeof people>, 'id' | 'username' | 'usernameKey' | 'name' | 'phone' | 'disabledOn' | 'version'>;
  readonly posts: readonly Row<typeof posts>[];
}

const columns = { id: people.id, username: people.username, usernameKey: people.usernameKey, name: people.name, phone: people.phone, disabledOn: people.disabledOn, version: people.version };

/** Those at these units, and those with these user names: by either a row of a list may mean them. However many there are, each is one parameter. */
export async function knownPeople(reader: Reader, unitIds: readonly number[], usernames: readonly string[]): Promise<readonly Known[]> {
  const there = reader.select({ id: posts.personId }).from(posts).where(sql`${posts.unitId} in (select value from json_each(${asList(unitIds)}))`);
  const rows = await reader.select(columns).from(people).where(sql`${inArray(people.id, there)} or ${keyAmong(usernames)}`).orderBy(people.id);
  const held = await reader.select().from(posts).where(sql`${posts.personId} in (select value from json_each(${asList(rows.map(({ id }) => id))}))`).orderBy(posts.id);
  const byPerson = new Map<number, Row<typeof posts>[]>();
  for (const post of held) byPerson.set(post.personId, [...(byPerson.get(post.personId) ?? []), post]);
  return rows.map((person) => ({ person, posts: byPerson.get(person.id) ?? [] }));
}

/** Which of these user names somebody has. */
export async function takenAmong(reader: Reader, usernames: readonly string[]): Promise<readonly string[]> {
  const rows = await reader.select({ key: people.usernameKey }).from(people).where(keyAmong(usernames));
  return rows.map(({ key }) => key);
}

function keyAmong(usernames: readonly string[]) {
  return sql`${people.usernameKey} in (select value from json_each(${JSON.stringify(usernames.map(usernameKey))}))`;
}
