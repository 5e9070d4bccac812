import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { units } from './organisation.js';
import { people } from './people.js';

/**
 * The activation slip of a person: one row each, so that a new slip is the end of the old one. `codeHash` is the SHA-256 of the person's id and
 * their code (59 random bits: docs/decisions/0019). Who issued it and who used it stands in the stream "accounts"; that this row agrees is not proven.
 */
export const activations = sqliteTable('activations', {
  personId: integer('person_id').primaryKey().references(() => people.id),
  codeHash: text('code_hash').notNull(),
  issuedBy: integer('issued_by').notNull(),
  issuedAt: text('issued_at').notNull(),
  /** the first instant at which it is worth nothing. */
  expiresAt: text('expires_at').notNull(),
  tries: integer('tries').notNull().default(0),
  usedAt: text('used_at'),
});

/** Somebody whom a unit asks its administrator to add; decided once. Not proven from events: it changes nothing until a person is added, which is. */
export const personRequests = sqliteTable('person_requests', {
  id: integer('id').primaryKey(),
  unitId: integer('unit_id').notNull().references(() => units.id),
  role: text('role').$type<'office' | 'handler' | 'head' | 'sector' | 'inspector' | 'leader'>().notNull(),
  name: text('name').notNull(),
  phone: text('phone').notNull().default(''),
  note: text('note').notNull().default(''),
  state: text('state').$type<'open' | 'confirmed' | 'declined'>().notNull(),
  askedBy: integer('asked_by').notNull().references(() => people.id),
  askedOn: text('asked_on').notNull(),
  decidedBy: integer('decided_by').references(() => people.id),
  decidedOn: text('decided_on'),
  /** who was added. */
  personId: integer('person_id').references(() => people.id),
  /** why not. */
  reason: text('reason').notNull().default(''),
}, (t) => [index('person_requests_unit').on(t.state, t.unitId, t.id), index('person_requests_asked').on(t.askedBy, t.id)]);

/** What was handed over from one person to another: for lists. The record is the event of the same id in "proceedings" (verifications) or "accounts" (posts). */
export const handovers = sqliteTable('handovers', {
  id: integer('id').primaryKey(),
  kind: text('kind').$type<'verifications' | 'posts'>().notNull(),
  /** the office whose findings they are, or the unit of the first post. */
  unitId: integer('unit_id').notNull().references(() => units.id),
  fromId: integer('from_id').notNull().references(() => people.id),
  toId: integer('to_id').notNull().references(() => people.id),
  byId: integer('by_id').notNull().references(() => people.id),
  on: text('on').notNull(),
  basis: text('basis').notNull(),
  /** JSON: numbers of findings, or posts in words of their ids ({role, unitId}). */
  rows: text('rows').notNull(),
  amount: integer('amount').notNull(),
}, (t) => [index('handovers_unit').on(t.kind, t.unitId, t.id)]);

/** Who has put the first steps away. A convenience: nothing else knows of it. */
export const toursSeen = sqliteTable('tours_seen', {
  personId: integer('person_id').primaryKey().references(() => people.id),
  at: text('at').notNull(),
});
