import { desc, sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Role } from '../../workflows/actor.js';
import { findings } from './findings.js';

/** Who must act next: the workbench reads only this. Replaced by each event's changeset. */
export const waiting = sqliteTable('waiting', {
  findingId: integer('finding_id').notNull().references(() => findings.id),
  ordinal: integer('ordinal').notNull(),
  event: text('event').notNull(),
  role: text('role').$type<Role>().notNull(),
  unitId: integer('unit_id'),
  personId: integer('person_id'),
  /** the date since which it waits. */
  sinceOn: text('since_on').notNull(),
  dueOn: text('due_on'),
  /** what the stage waits for (ordinal 0) was given back, and nobody has answered yet (`findings.returned_seq`); nothing while it is paused. */
  returned: integer('returned', { mode: 'boolean' }).notNull().default(false),
}, (t) => [
  primaryKey({ columns: [t.findingId, t.ordinal] }),
  // What came back first; what has no date of its own last; written as the queries are.
  index('waiting_post').on(t.unitId, t.role, t.event, desc(t.returned), sql`coalesce(${t.dueOn}, '9999-12-31')`, t.sinceOn, t.findingId),
  index('waiting_person').on(t.personId, t.dueOn, t.findingId),
  index('waiting_asked').on(t.event, t.sinceOn, t.findingId),
  index('waiting_late').on(t.event, t.dueOn, t.findingId),
]);

/** Timers that snapshots want. Firing deletes the row (exactly one takes it). */
export const timers = sqliteTable('timers', {
  findingId: integer('finding_id').notNull().references(() => findings.id),
  name: text('name').notNull(),
  event: text('event').notNull(),
  /** the first instant at which it may fire (UTC). */
  dueAt: text('due_at').notNull(),
}, (t) => [primaryKey({ columns: [t.findingId, t.name] }), index('timers_due').on(t.dueAt)]);
