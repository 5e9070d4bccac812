import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { units } from './organisation.js';

/** A person who may sign in. `usernameKey` is the NFKC-folded, lower-cased name: look-alikes cannot register twice. */
export const people = sqliteTable('people', {
  id: integer('id').primaryKey(),
  username: text('username').notNull(),
  usernameKey: text('username_key').notNull().unique(),
  name: text('name').notNull(),
  phone: text('phone'),
  passwordHash: text('password_hash').notNull(),
  mustChangePassword: integer('must_change_password', { mode: 'boolean' }).notNull().default(true),
  language: text('language').$type<'zh-CN' | 'en'>().notNull().default('zh-CN'),
  failures: integer('failures').notNull().default(0),
  lockedUntil: text('locked_until'),
  disabledOn: text('disabled_on'),
  version: integer('version').notNull().default(1),
}, (t) => [index('people_not_in').on(t.mustChangePassword, t.id)]);

/** A post: a role at a unit. A secondment is a post too; only `home` and `secondment` count for "their own unit". */
export const posts = sqliteTable('posts', {
  id: integer('id').primaryKey(),
  personId: integer('person_id').notNull().references(() => people.id),
  unitId: integer('unit_id').notNull().references(() => units.id),
  role: text('role').$type<'office' | 'handler' | 'head' | 'sector' | 'inspector' | 'leader' | 'admin' | 'auditor'>().notNull(),
  kind: text('kind').$type<'home' | 'secondment'>().notNull().default('home'),
  fromOn: text('from_on'),
  untilOn: text('until_on'),
}, (t) => [index('posts_person').on(t.personId), index('posts_unit').on(t.unitId, t.role)]);

/** Sessions: `id` is the SHA-256 of the identifier in the cookie, so that a stolen database signs nobody in. */
export const sessions = sqliteTable('sessions', {
  id: text('id').primaryKey(),
  personId: integer('person_id').references(() => people.id),
  content: text('content').notNull(),
  createdAt: text('created_at').notNull(),
  seenAt: text('seen_at').notNull(),
  expiresAt: text('expires_at').notNull(),
}, (t) => [index('sessions_person').on(t.personId), index('sessions_expires').on(t.expiresAt)]);

/** A list of people that waits to be confirmed, or what became of one: the administrator's own, gone with its confirmation or when it is tidied away. */
export const peopleLists = sqliteTable('people_lists', {
  /** random: the name in its address. */
  id: text('id').primaryKey(),
  personId: integer('person_id').notNull().references(() => people.id),
  kind: text('kind').$type<'people list' | 'people added'>().notNull(),
  /** as JSON. */
  body: text('body').notNull(),
  at: text('at').notNull(),
}, (t) => [index('people_lists_at').on(t.at)]);
