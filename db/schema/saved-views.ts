import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { units } from './organisation.js';
import { people } from './people.js';

/** A view of the ledger under a name: filters, order and columns, as the ledger's own address says them. Whoever opens it sees their own scope through it. */
export const savedViews = sqliteTable('saved_views', {
  id: integer('id').primaryKey(),
  personId: integer('person_id').notNull().references(() => people.id),
  /** shared by this office with everybody in its jurisdiction; null for one's own. */
  officeId: integer('office_id').references(() => units.id),
  name: text('name').notNull(),
  /** the query of /findings, in its canonical form. */
  query: text('query').notNull(),
  createdAt: text('created_at').notNull(),
}, (t) => [index('saved_views_person').on(t.personId), index('saved_views_office').on(t.officeId)]);
