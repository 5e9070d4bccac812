import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Relation } from '../../workflows/actor.js';
import type { RectificationType, Severity, Stage } from '../../workflows/finding.js';
import { campaigns, categories, sources, units, type Channel } from './organisation.js';

/**
 * What lists and counts need, and nothing else: the snapshot in the row made a subtree count five times slower.
 * `number` changes once, when a suspected finding (XS-…) is listed (ZG-…); `clueNumber` keeps the first.
 */
export const findings = sqliteTable('findings', {
  id: integer('id').primaryKey(),
  number: text('number').notNull(),
  clueNumber: text('clue_number'),
  parentId: integer('parent_id').references((): AnySQLiteColumn => findings.id),
  title: text('title').notNull(),
  stage: text('stage').$type<Stage>().notNull(),
  /** dotted state path, e.g. rectifying.planning. */
  state: text('state').notNull(),
  /** 1 + the seq of the last event: every write says which it expects. */
  version: integer('version').notNull(),
  /** seq of the last event that moved the stage, the five aspects or the plan: what forms carry. */
  movedSeq: integer('moved_seq').notNull(),
  /** seq of the event that gave it back and has no answer yet. */
  returnedSeq: integer('returned_seq'),
  workflow: text('workflow').notNull(),
  hostOfficeId: integer('host_office_id').notNull().references(() => units.id),
  /** the lead unit; while a clue is checked, the checking unit: with whom it lies. */
  leadUnitId: integer('lead_unit_id').references(() => units.id),
  campaignId: integer('campaign_id').references(() => campaigns.id),
  categoryId: integer('category_id').references(() => categories.id),
  /** the first source; more in finding_sources. */
  sourceId: integer('source_id').notNull().references(() => sources.id),
  channel: text('channel').$type<Channel>().notNull(),
  severity: text('severity').$type<Severity>().notNull(),
  rectificationType: text('rectification_type').$type<RectificationType>(),
  /** the current deadline (or the check-by date of a clue); the light is derived from it, never stored. */
  dueOn: text('due_on'),
  originalDueOn: text('original_due_on'),
  paused: integer('paused', { mode: 'boolean' }).notNull(),
  listedOn: text('listed_on'),
  verifiedOn: text('verified_on'),
  closedOn: text('closed_on'),
  adopted: integer('adopted', { mode: 'boolean' }).notNull(),
  cycle: integer('cycle').notNull(),
  partsOpen: integer('parts_open').notNull(),
  partsTotal: integer('parts_total').notNull(),
  createdAt: text('created_at').notNull(),
  updatedAt: text('updated_at').notNull(),
  /** last progress text shortened to 120 characters, for lists. */
  latest: text('latest'),
}, (t) => [
  uniqueIndex('findings_number').on(t.number),
  uniqueIndex('findings_clue_number').on(t.clueNumber),
  index('findings_parent').on(t.parentId, t.number),
  index('findings_source').on(t.sourceId),
  index('findings_state').on(t.state),
  index('findings_closed').on(t.closedOn),
  index('findings_handed_on').on(t.leadUnitId, t.partsOpen),
  index('findings_host_stage').on(t.hostOfficeId, t.stage, t.number),
  index('findings_campaign').on(t.campaignId, t.id).where(sql`campaign_id is not null`),
  check('findings_stage', sql`${t.stage} in ('suspected','listed','assigned','rectifying','verifying','verified','closed','continuing','suspended','unfounded','merged','transferred','withdrawn')`),
  check('findings_severity', sql`${t.severity} in ('ordinary','major')`),
  check('findings_parts', sql`${t.partsOpen} between 0 and ${t.partsTotal}`),
  check('findings_version', sql`${t.version} >= 1 and ${t.movedSeq} between 0 and ${t.version}`),
]);

/**
 * Who may see what, and what lists filter and sort by, in one narrow covering table: one row for each unit in whose
 * subtree the finding has its host, lead, responsible, supporting, sector or checking unit (every ancestor included).
 * An office, a team and a leader look through their parent (their jurisdiction). Kept by the changeset of each event.
 */
export const findingScope = sqliteTable('finding_scope', {
  unitId: integer('unit_id').notNull().references(() => units.id),
  findingId: integer('finding_id').notNull().references(() => findings.id),
  /** a part (项) or a finding (件). */
  isPart: integer('is_part', { mode: 'boolean' }).notNull(),
  stage: text('stage').$type<Stage>().notNull(),
  dueOn: text('due_on'),
  paused: integer('paused', { mode: 'boolean' }).notNull(),
  leadUnitId: integer('lead_unit_id'),
  severity: text('severity').$type<Severity>().notNull(),
  rectificationType: text('rectification_type').$type<RectificationType>(),
  campaignId: integer('campaign_id'),
  categoryId: integer('category_id'),
  channel: text('channel').$type<Channel>().notNull(),
  listedOn: text('listed_on'),
  adopted: integer('adopted', { mode: 'boolean' }).notNull(),
  number: text('number').notNull(),
  /** the unit that a clue was handed to, and what it reported back; both stay when the clue is decided. */
  checkUnitId: integer('check_unit_id'),
  checkResult: text('check_result').$type<'founded' | 'partly' | 'unfounded'>(),
  /** when the lead unit last reported on it (UTC). Kept by triggers, from lead_reports. */
  reportedAt: text('reported_at'),
}, (t) => [
  primaryKey({ columns: [t.unitId, t.findingId] }),
  index('finding_scope_finding').on(t.findingId),
  // Every column that a filter may ask for stands in the index: fetching the row for each entry took a hundred times as long (6 ms against 0.06).
  // Any combination of filters is then a range of one of these, within one unit.
  index('finding_scope_number').on(t.unitId, t.isPart, t.number, t.stage, t.dueOn, t.paused, t.leadUnitId, t.severity, t.rectificationType, t.campaignId, t.categoryId, t.channel, t.listedOn, t.adopted),
  // What has no date comes last: an order by `coalesce` is served by an index on just that expression.
  index('finding_scope_due').on(t.unitId, t.isPart, sql`coalesce(${t.dueOn}, '9999-12-31')`, t.number, t.stage, t.dueOn, t.paused, t.leadUnitId, t.severity, t.rectificationType, t.campaignId, t.categoryId, t.channel, t.listedOn, t.adopted),
  index('finding_scope_stage_due').on(t.unitId, t.isPart, t.stage, sql`coalesce(${t.dueOn}, '9999-12-31')`, t.number, t.dueOn, t.paused, t.leadUnitId, t.severity, t.rectificationType, t.campaignId, t.categoryId, t.channel, t.listedOn, t.adopted),
  // What a campaign's units owe a report on, and when they last made one: by stage and lead unit within one scope. What belongs to no campaign costs nothing.
  index('finding_scope_owed').on(t.unitId, t.campaignId, t.stage, t.leadUnitId, t.reportedAt, t.number, t.findingId).where(sql`campaign_id is not null`),
  // What was reported on in a period and went on since: few rows at the end of the order by report.
  index('finding_scope_reported').on(t.unitId, t.campaignId, t.reportedAt, t.stage, t.leadUnitId, t.number, t.findingId).where(sql`campaign_id is not null and reported_at is not null`),
  index('finding_scope_check').on(t.unitId, t.isPart, t.checkUnitId, t.checkResult, t.number, t.stage, t.dueOn, t.paused, t.leadUnitId, t.severity, t.campaignId, t.categoryId).where(sql`${t.checkUnitId} is not null`),
  index('finding_scope_stage').on(t.unitId, t.isPart, t.stage, t.number, t.dueOn, t.paused, t.leadUnitId, t.severity, t.rectificationType, t.campaignId, t.categoryId, t.channel, t.listedOn, t.adopted),
]);

/** How many rows of finding_scope there are per unit, kind, origin, stage, due date and pause: what facets and totals sum up. Kept by triggers. */
export const findingCounts = sqliteTable('finding_counts', {
  unitId: integer('unit_id').notNull(),
  isPart: integer('is_part', { mode: 'boolean' }).notNull(),
  adopted: integer('adopted', { mode: 'boolean' }).notNull(),
  /** it has stood in the ledger; false for a clue and for one that was dismissed as a clue. */
  listed: integer('listed', { mode: 'boolean' }).notNull(),
  stage: text('stage').$type<Stage>().notNull(),
  paused: integer('paused', { mode: 'boolean' }).notNull(),
  /** '' where there is none: a primary key holds no nulls. */
  dueOn: text('due_on').notNull(),
  amount: integer('amount').notNull(),
}, (t) => [primaryKey({ columns: [t.unitId, t.isPart, t.adopted, t.listed, t.stage, t.paused, t.dueOn] })]);

/** How units stand to a finding. */
export const findingUnits = sqliteTable('finding_units', {
  findingId: integer('finding_id').notNull().references(() => findings.id),
  unitId: integer('unit_id').notNull().references(() => units.id),
  relation: text('relation').$type<Relation>().notNull(),
}, (t) => [primaryKey({ columns: [t.findingId, t.unitId, t.relation] }), index('finding_units_unit').on(t.unitId, t.relation)]);

/** Long texts of a finding: the present ones; what they were stands in the events. */
export const findingTexts = sqliteTable('finding_texts', {
  findingId: integer('finding_id').primaryKey().references(() => findings.id),
  description: text('description').notNull(),
  requirement: text('requirement').notNull(),
  closureStandard: text('closure_standard').notNull(),
  leadLeader: text('lead_leader').notNull().default(''),
  supervisor: text('supervisor').notNull().default(''),
  responsible: text('responsible').notNull().default(''),
  /** further columns of an imported list, as JSON {header: text}: nothing of the original is lost. */
  extra: text('extra').notNull().default('{}'),
}, (t) => [index('finding_texts_lead_leader').on(t.leadLeader), index('finding_texts_supervisor').on(t.supervisor), index('finding_texts_responsible').on(t.responsible)]);

/** The persisted workflow snapshot (workflows/types Snapshot) as JSON. */
export const findingSnapshots = sqliteTable('finding_snapshots', {
  findingId: integer('finding_id').primaryKey().references(() => findings.id),
  workflow: text('workflow').notNull(),
  snapshot: text('snapshot').notNull(),
  /** hash of the last event: the next one is chained to it. */
  headHash: text('head_hash').notNull(),
});

/** A finding may have several sources, each with the number it had there and the text as it was handed down. */
export const findingSources = sqliteTable('finding_sources', {
  findingId: integer('finding_id').notNull().references(() => findings.id),
  sourceId: integer('source_id').notNull().references(() => sources.id),
  originalNumber: text('original_number').notNull(),
  verbatim: text('verbatim').notNull(),
}, (t) => [primaryKey({ columns: [t.findingId, t.sourceId, t.originalNumber] }), index('finding_sources_source').on(t.sourceId)]);

/** The measures of a plan, as lists show them; the machine's context holds what rules ask. */
export const measures = sqliteTable('measures', {
  findingId: integer('finding_id').notNull().references(() => findings.id),
  id: integer('id').notNull(),
  text: text('text').notNull(),
  ownerUnitId: integer('owner_unit_id').notNull().references(() => units.id),
  owner: text('owner').notNull(),
  dueOn: text('due_on').notNull(),
  deliverable: text('deliverable').notNull(),
  percent: integer('percent').notNull(),
  done: integer('done', { mode: 'boolean' }).notNull(),
}, (t) => [primaryKey({ columns: [t.findingId, t.id] }), index('measures_owner').on(t.ownerUnitId, t.done, t.dueOn)]);
