import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, type AnySQLiteColumn, uniqueIndex } from 'drizzle-orm/sqlite-core';

export type UnitKind = 'city' | 'county' | 'department' | 'office' | 'township' | 'village' | 'team' | 'superior';

/** The organisation tree. `path` is "/1/7/" (ids from the root to the unit itself); offices and teams oversee their parent. */
export const units = sqliteTable('units', {
  id: integer('id').primaryKey(),
  code: text('code').unique(),
  name: text('name').notNull(),
  shortName: text('short_name').notNull(),
  kind: text('kind').$type<UnitKind>().notNull(),
  parentId: integer('parent_id').references((): AnySQLiteColumn => units.id),
  path: text('path').notNull(),
  phone: text('phone'),
  address: text('address'),
  successorId: integer('successor_id').references((): AnySQLiteColumn => units.id),
  disabledOn: text('disabled_on'),
  version: integer('version').notNull().default(1),
}, (t) => [index('units_parent').on(t.parentId), index('units_path').on(t.path)]);

/** Other names under which a unit appears in real lists; one alias may name several units (then a person chooses). */
export const unitAliases = sqliteTable('unit_aliases', {
  alias: text('alias').notNull(),
  unitId: integer('unit_id').notNull().references(() => units.id),
}, (t) => [primaryKey({ columns: [t.alias, t.unitId] }), index('unit_aliases_unit').on(t.unitId)]);

/** Campaigns 专项行动: bounded drives with their own switches. */
export const campaigns = sqliteTable('campaigns', {
  id: integer('id').primaryKey(),
  name: text('name').notNull().unique(),
  hostOfficeId: integer('host_office_id').notNull().references(() => units.id),
  startsOn: text('starts_on'),
  endsOn: text('ends_on'),
  /** JSON of workflows/types Switches. */
  switches: text('switches').notNull(),
  disabledOn: text('disabled_on'),
  version: integer('version').notNull().default(1),
});

/** Categories of problems, at most two levels (问题大类, 问题小类). */
export const categories = sqliteTable('categories', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  parentId: integer('parent_id').references((): AnySQLiteColumn => categories.id),
  disabledOn: text('disabled_on'),
}, (t) => [index('categories_parent').on(t.parentId)]);

/** `superior`: what everybody sees of a confidential source; such a source's own channel stands in `sources` alone. */
export type Channel = 'central-inspection' | 'national-assessment' | 'provincial-look-back' | 'supervision' | 'audit' | 'unannounced' | 'self-check' | 'hotline' | 'comparison' | 'other' | 'superior';

/** 反馈渠道: a document of an issuing body in which problems were handed down. */
export const sources = sqliteTable('sources', {
  id: integer('id').primaryKey(),
  channel: text('channel').$type<Channel>().notNull(),
  issuer: text('issuer').notNull(),
  documentNumber: text('document_number'),
  documentDate: text('document_date'),
  reportBackOn: text('report_back_on'),
  confidential: integer('confidential', { mode: 'boolean' }).notNull().default(false),
}, (t) => [index('sources_channel').on(t.channel)]);

/** Working-day table: days that differ from their weekday; a year without a row in calendar_years is not loaded. */
export const calendarDays = sqliteTable('calendar_days', {
  date: text('date').primaryKey(),
  off: integer('off', { mode: 'boolean' }).notNull(),
  name: text('name').notNull(),
});
export const calendarYears = sqliteTable('calendar_years', {
  year: integer('year').primaryKey(),
  source: text('source').notNull(),
});

/** To whom an office usually hands out a category of a region; null means any. A proposal that somebody accepts, never a default. */
export const assignmentRules = sqliteTable('assignment_rules', {
  id: integer('id').primaryKey(),
  hostOfficeId: integer('host_office_id').notNull().references(() => units.id),
  categoryId: integer('category_id').references(() => categories.id),
  regionUnitId: integer('region_unit_id').references(() => units.id),
  unitId: integer('unit_id').notNull().references(() => units.id),
  sectorUnitId: integer('sector_unit_id').references(() => units.id),
  supervisor: text('supervisor').notNull().default(''),
  /** calendar days for the check or the rectification. */
  days: integer('days'),
}, (t) => [uniqueIndex('assignment_rules_what').on(t.hostOfficeId, sql`coalesce(${t.categoryId}, 0)`, sql`coalesce(${t.regionUnitId}, 0)`)]);
