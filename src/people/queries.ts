import { eq, sql } from 'drizzle-orm';
import type { Row } from '../../db/changeset.js';
import { prepared } from '../../db/prepared.js';
import { people, posts } from '../../db/schema/index.js';
import type { Person, Post } from '../context.js';

/** Somebody as they were on a day, for what is dated back: in the posts of that day. */
export interface PersonThen extends Person {
  /** posts of that day and of today: duties bind both ways. */
  readonly bound: readonly Post[];
}

export interface PeopleQueries {
  /** With the posts that are valid on `today`; null when there is no such person or they are disabled. */
  person(id: number, today: string): Promise<Person | null>;
  /** As they were on `day`; null when there is no such person or they were shut out by then. */
  personThen(id: number, day: string, today: string): Promise<PersonThen | null>;
  byUsername(key: string): Promise<Row<typeof people> | null>;
  row(id: number): Promise<Row<typeof people> | null>;
}

/** How names are compared at sign-in: NFKC and lower case, so that look-alikes are one. */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase();
}

/** The named queries of people. */
export const peopleQueries = prepared((reader): PeopleQueries => {
  const byId = reader.select().from(people).where(eq(people.id, sql.placeholder('id'))).prepare();
  const byKey = reader.select().from(people).where(eq(people.usernameKey, sql.placeholder('key'))).prepare();
  const postsOf = reader.select().from(posts).where(eq(posts.personId, sql.placeholder('id'))).orderBy(posts.id).prepare();
  return {
    async person(id, today) {
      const row = await byId.get({ id });
      return row && row.disabledOn === null ? personOf(row, await postsOf.all({ id }), today) : null;
    },
    async personThen(id, day, today) {
      const row = await byId.get({ id });
      return row && (row.disabledOn === null || row.disabledOn > day) ? thenOf(row, await postsOf.all({ id }), day, today) : null;
    },
    byUsername: async (key) => (await byKey.get({ key })) ?? null,
    row: async (id) => (await byId.get({ id })) ?? null,
  };
});

/** A person from their row and posts: those that are valid on `today`. */
export function personOf(row: Row<typeof people>, all: readonly Row<typeof posts>[], today: string): Person {
  const valid = all.filter((post) => (post.fromOn === null || post.fromOn <= today) && (post.untilOn === null || post.untilOn >= today));
  return {
    id: row.id, username: row.username, name: row.name, phone: row.phone, language: row.language, mustChangePassword: row.mustChangePassword,
    posts: valid.map((post): Post => ({ id: post.id, role: post.role, unitId: post.unitId, kind: post.kind })),
  };
}

export function thenOf(row: Row<typeof people>, all: readonly Row<typeof posts>[], day: string, today: string): PersonThen {
  const then = personOf(row, all, day);
  return { ...then, bound: day === today ? then.posts : [...then.posts, ...personOf(row, all, today).posts] };
}
