import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { findings } from './findings.js';
import { units } from './organisation.js';

export type MeetingState = 'prepared' | 'decided' | 'dropped';
/** What a meeting said of a row: closed, sent back, or put off. */
export type MeetingResult = 'closed' | 'basicallyClosed' | 'sentBack' | 'deferred';

/** 销号审议会: findings decided on together, under one decision number. What was decided stands in their events; verification compares. */
export const meetings = sqliteTable('meetings', {
  id: integer('id').primaryKey(),
  officeId: integer('office_id').notNull().references(() => units.id),
  title: text('title').notNull(),
  heldOn: text('held_on').notNull(),
  place: text('place').notNull(),
  attendees: text('attendees').notNull(),
  state: text('state').$type<MeetingState>().notNull(),
  decisionNumber: text('decision_number'),
  preparedBy: text('prepared_by').notNull(),
  decidedBy: text('decided_by'),
  version: integer('version').notNull(),
}, (t) => [index('meetings_office').on(t.officeId, t.id), check('meetings_state', sql`${t.state} in ('prepared','decided','dropped')`)]);

/** The rows of a meeting, in their order; a result once it is decided. */
export const meetingItems = sqliteTable('meeting_items', {
  meetingId: integer('meeting_id').notNull().references(() => meetings.id),
  findingId: integer('finding_id').notNull().references(() => findings.id),
  ordinal: integer('ordinal').notNull(),
  result: text('result').$type<MeetingResult>(),
  /** why it was sent back or put off. */
  reason: text('reason').notNull().default(''),
}, (t) => [primaryKey({ columns: [t.meetingId, t.findingId] }), index('meeting_items_finding').on(t.findingId)]);
