import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { findings } from './findings.js';

/**
 * What happened to findings: append-only (triggers refuse update and delete) and hash-chained per finding. `hash` is the
 * SHA-256 over the canonical JSON of every other column with `previousHash`; seq starts at 1.
 */
export const findingEvents = sqliteTable('finding_events', {
  findingId: integer('finding_id').notNull().references(() => findings.id),
  seq: integer('seq').notNull(),
  type: text('type').notNull(),
  /** version of the payload. */
  version: integer('version').notNull(),
  workflow: text('workflow').notNull(),
  stateBefore: text('state_before'),
  stateAfter: text('state_after').notNull(),
  actorId: integer('actor_id').notNull(),
  /** JSON of workflows/types Actor and OnBehalf as they were at that moment. */
  actor: text('actor').notNull(),
  onBehalf: text('on_behalf'),
  occurredAt: text('occurred_at').notNull(),
  recordedAt: text('recorded_at').notNull(),
  /** the date of occurredAt in the configured zone. */
  occurredOn: text('occurred_on').notNull(),
  /** JSON: the event's input. */
  payload: text('payload').notNull(),
  /** JSON: the dates reckoned from the calendar. */
  dates: text('dates').notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
}, (t) => [
  primaryKey({ columns: [t.findingId, t.seq] }),
  index('finding_events_actor').on(t.actorId, t.recordedAt),
  index('finding_events_occurred').on(t.occurredOn, t.type),
]);

/** Streams beside the findings: organisation, accounts, sign-ins, proceedings, exports, imports. Same rules: append-only, chained per stream. */
export const streamEvents = sqliteTable('stream_events', {
  stream: text('stream').$type<Stream>().notNull(),
  seq: integer('seq').notNull(),
  type: text('type').notNull(),
  actorId: integer('actor_id').notNull(),
  actorName: text('actor_name').notNull(),
  recordedAt: text('recorded_at').notNull(),
  payload: text('payload').notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
}, (t) => [primaryKey({ columns: [t.stream, t.seq] }), index('stream_events_recorded').on(t.recordedAt)]);
/** The last event of each stream: without it, one taken off the end would not be missed. */
export const streamHeads = sqliteTable('stream_heads', {
  stream: text('stream').$type<Stream>().primaryKey(),
  seq: integer('seq').notNull(),
  hash: text('hash').notNull(),
});
/** `proceedings`: what an office does with many findings at once, or about them: periods, meetings, samples, notices. */
export type Stream = 'organisation' | 'accounts' | 'sign-ins' | 'proceedings' | 'exports' | 'imports';

/** Command keys carried by forms: a second submit meets the unique index and is answered with the first one's result. */
export const commandKeys = sqliteTable('command_keys', {
  key: text('key').primaryKey(),
  personId: integer('person_id').notNull(),
  /** where the first submit was answered to, e.g. /findings/ZG-2020-0001. */
  location: text('location').notNull(),
  at: text('at').notNull(),
}, (t) => [index('command_keys_at').on(t.at)]);

/** Gapless numbers: UPDATE series SET last = last + :k WHERE name = :name AND last = :seen, retried on a miss. */
export const series = sqliteTable('series', {
  name: text('name').primaryKey(),
  last: integer('last').notNull(),
}, (t) => [uniqueIndex('series_name').on(t.name)]);
