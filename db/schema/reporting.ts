import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { findings } from './findings.js';
import { campaigns, units } from './organisation.js';
import { people } from './people.js';

/**
 * 填报周期 of a campaign. It runs from its opening to the opening of the next one; what is reported up to the cut-off is in time, after it
 * late. Instants are UTC. Once it was cut off, nothing of it changes but `closedAt`.
 */
export const reportingPeriods = sqliteTable('reporting_periods', {
  id: integer('id').primaryKey(),
  campaignId: integer('campaign_id').notNull().references(() => campaigns.id),
  name: text('name').notNull(),
  opensAt: text('opens_at').notNull(),
  cutOffAt: text('cut_off_at').notNull(),
  /** when what was owed was written down for good (reporting_dues); null until then. */
  closedAt: text('closed_at'),
  version: integer('version').notNull().default(1),
}, (t) => [
  uniqueIndex('reporting_periods_opens').on(t.campaignId, t.opensAt),
  index('reporting_periods_open').on(t.closedAt, t.cutOffAt),
  check('reporting_periods_order', sql`${t.opensAt} < ${t.cutOffAt}`),
]);

/**
 * The reports (REPORT) that the lead unit's own people made, each by its event: what tells in time from late, by a range of one index. Written in
 * the changeset of the event; a supporting unit's report has no row. `zhenggai verify` derives them again from the events.
 */
export const leadReports = sqliteTable('lead_reports', {
  findingId: integer('finding_id').notNull().references(() => findings.id),
  seq: integer('seq').notNull(),
  /** the lead unit at that time. */
  unitId: integer('unit_id').notNull().references(() => units.id),
  /** when it was reported (occurredAt, UTC). */
  at: text('at').notNull(),
}, (t) => [primaryKey({ columns: [t.findingId, t.seq] }), index('lead_reports_unit').on(t.findingId, t.unitId, t.at)]);

/**
 * What was owed at a cut-off, and whether it was there: late for good, whatever is reported afterwards (triggers refuse update and delete).
 * Written once for each period, with the event PeriodClosed, whose digest `zhenggai verify` compares.
 */
export const reportingDues = sqliteTable('reporting_dues', {
  periodId: integer('period_id').notNull().references(() => reportingPeriods.id),
  findingId: integer('finding_id').notNull().references(() => findings.id),
  /** the lead unit at the cut-off. */
  unitId: integer('unit_id').notNull().references(() => units.id),
  /** seq of the finding's last event at the cut-off: what comes behind it came late. */
  seq: integer('seq').notNull(),
  /** the last report in time; null for one that was missing at the cut-off. */
  reportedSeq: integer('reported_seq'),
  reportedAt: text('reported_at'),
}, (t) => [primaryKey({ columns: [t.periodId, t.findingId] }), index('reporting_dues_unit').on(t.periodId, t.unitId, t.findingId), index('reporting_dues_finding').on(t.findingId)]);

/**
 * What somebody of a unit has begun to write on the page of reports and not sent: the unit's own, so that a colleague or the head sees and
 * sends it. Nobody else sees it, it is no record, and verification does not look at it.
 */
export const reportDrafts = sqliteTable('report_drafts', {
  findingId: integer('finding_id').notNull().references(() => findings.id),
  unitId: integer('unit_id').notNull().references(() => units.id),
  text: text('text').notNull(),
  nothingNew: integer('nothing_new', { mode: 'boolean' }).notNull(),
  /** JSON: the measures whose percentage was changed, [{id, percent, done}]. */
  progress: text('progress').notNull(),
  personId: integer('person_id').notNull().references(() => people.id),
  savedAt: text('saved_at').notNull(),
  version: integer('version').notNull(),
}, (t) => [primaryKey({ columns: [t.findingId, t.unitId] }), index('report_drafts_unit').on(t.unitId)]);
