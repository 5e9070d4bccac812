import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { findings } from './findings.js';
import { campaigns, categories, units } from './organisation.js';

/**
 * 抽样: n findings drawn from a population by a seed. What was drawn from (`population`, its size and its hash) stays as it was, so that
 * anybody can draw again and get the same, whatever the ledger holds by then. Never changed once drawn; each stands in the stream
 * 'proceedings' as SampleDrawn, from which `zhenggai verify` proves the row and its items again.
 */
export const samples = sqliteTable('samples', {
  id: integer('id').primaryKey(),
  kind: text('kind').$type<SampleKind>().notNull(),
  /** the jurisdiction in which it was drawn: who looks after it sees it. */
  unitId: integer('unit_id').notNull().references(() => units.id),
  campaignId: integer('campaign_id').references(() => campaigns.id),
  categoryId: integer('category_id').references(() => categories.id),
  leadUnitId: integer('lead_unit_id').references(() => units.id),
  /** parts (项) instead of findings (件). */
  parts: integer('parts', { mode: 'boolean' }).notNull(),
  seed: text('seed').notNull(),
  /** typed by whoever drew, or made by the machine. */
  seedTyped: integer('seed_typed', { mode: 'boolean' }).notNull(),
  wanted: integer('wanted').notNull(),
  populationSize: integer('population_size').notNull(),
  /** SHA-256 of `population`. */
  populationHash: text('population_hash').notNull(),
  /** the numbers that were drawn from, in ascending order, one a line. */
  population: text('population').notNull(),
  drawnById: integer('drawn_by_id').notNull(),
  drawnByName: text('drawn_by_name').notNull(),
  drawnOn: text('drawn_on').notNull(),
}, (t) => [index('samples_unit').on(t.unitId, t.id)]);

/** LOOK_BACK after closure 销号后回头看, or SPOT_CHECK 抽查: the event that answers a row of the sample. */
export type SampleKind = 'LOOK_BACK' | 'SPOT_CHECK';

/** What was drawn, in the order of the draw. Whether it was looked at is not kept: the finding's own events say so. */
export const sampleItems = sqliteTable('sample_items', {
  sampleId: integer('sample_id').notNull().references(() => samples.id),
  ordinal: integer('ordinal').notNull(),
  findingId: integer('finding_id').notNull().references(() => findings.id),
  number: text('number').notNull(),
  /** the finding's version when it was drawn: what answers the draw came after it. */
  version: integer('version').notNull(),
}, (t) => [primaryKey({ columns: [t.sampleId, t.ordinal] }), uniqueIndex('sample_items_finding').on(t.findingId, t.sampleId)]);
