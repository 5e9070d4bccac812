import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { findings } from './findings.js';
import { units } from './organisation.js';

/** 交办通知单: what an office handed to one unit in one go, under one number, and the unit's receipt 回执. Never one for each finding. */
export const assignmentNotices = sqliteTable('assignment_notices', {
  id: integer('id').primaryKey(),
  officeId: integer('office_id').notNull().references(() => units.id),
  unitId: integer('unit_id').notNull().references(() => units.id),
  /** 交办〔2020〕12号: gapless for an office and a year. */
  number: text('number').notNull(),
  /** the event by which its findings were handed over. */
  event: text('event').$type<'HAND_OUT' | 'ASSIGN'>().notNull(),
  issuedOn: text('issued_on').notNull(),
  issuedBy: text('issued_by').notNull(),
  /** who of the unit has it, and the instant at which they said so. */
  receivedBy: text('received_by'),
  receivedAt: text('received_at'),
}, (t) => [uniqueIndex('assignment_notices_number').on(t.officeId, t.number), index('assignment_notices_unit').on(t.unitId, t.id)]);

/** Its rows as they were when it was issued: a paper does not change. */
export const noticeItems = sqliteTable('notice_items', {
  noticeId: integer('notice_id').notNull().references(() => assignmentNotices.id),
  findingId: integer('finding_id').notNull().references(() => findings.id),
  ordinal: integer('ordinal').notNull(),
  /** seq of the event by which the finding was handed over. */
  seq: integer('seq').notNull(),
  number: text('number').notNull(),
  title: text('title').notNull(),
  standard: text('standard').notNull(),
  dueOn: text('due_on'),
  acceptBy: text('accept_by'),
}, (t) => [primaryKey({ columns: [t.noticeId, t.findingId] }), index('notice_items_finding').on(t.findingId, t.seq)]);
