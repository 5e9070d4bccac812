import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { findings } from './findings.js';
import { people } from './people.js';

/** 佐证材料: a file in the data folder under its SHA-256, tied to the finding and (once used) to the event that it proves. */
export const evidence = sqliteTable('evidence', {
  id: text('id').primaryKey(),
  findingId: integer('finding_id').notNull().references(() => findings.id),
  /** seq of the event that it came with; null while it is uploaded but not yet used. */
  eventSeq: integer('event_seq'),
  kind: text('kind').$type<'photo' | 'document' | 'table' | 'scan' | 'other'>().notNull(),
  phase: text('phase').$type<'before' | 'during' | 'after'>().notNull(),
  name: text('name').notNull(),
  mediaType: text('media_type').notNull(),
  size: integer('size').notNull(),
  sha256: text('sha256').notNull(),
  note: text('note').notNull().default(''),
  uploadedBy: integer('uploaded_by').notNull().references(() => people.id),
  uploadedAt: text('uploaded_at').notNull(),
}, (t) => [index('evidence_finding').on(t.findingId, t.uploadedAt), index('evidence_sha').on(t.sha256)]);
