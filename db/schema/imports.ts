import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { findings } from './findings.js';
import { people } from './people.js';

/** One uploaded list: kept as a file under its hash, with the mapping chosen for it, until it is confirmed or dropped. */
export const imports = sqliteTable('imports', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  sha256: text('sha256').notNull(),
  size: integer('size').notNull(),
  /** JSON: sheet, header row, column meanings, defaults. */
  mapping: text('mapping').notNull(),
  state: text('state').$type<'mapping' | 'confirmed' | 'dropped'>().notNull(),
  createdBy: integer('created_by').notNull().references(() => people.id),
  createdAt: text('created_at').notNull(),
  confirmedAt: text('confirmed_at'),
  version: integer('version').notNull().default(1),
}, (t) => [index('imports_created').on(t.createdAt)]);

/** Which row of which list became which finding; the fingerprint makes importing the same list again change nothing. */
export const importedRows = sqliteTable('imported_rows', {
  fingerprint: text('fingerprint').primaryKey(),
  importId: text('import_id').notNull().references(() => imports.id),
  row: integer('row').notNull(),
  findingId: integer('finding_id').notNull().references(() => findings.id),
}, (t) => [index('imported_rows_import').on(t.importId)]);
