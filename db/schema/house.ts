import { sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Facts about this ledger: its identity, whether it is a demonstration, its pinned business date. */
export const settings = sqliteTable('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});
