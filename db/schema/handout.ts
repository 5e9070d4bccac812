import { isNull } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Role } from '../../workflows/actor.js';
import type { Severity, Stage } from '../../workflows/finding.js';
import { findings } from './findings.js';
import { units } from './organisation.js';
import { people } from './people.js';

/**
 * How many rows of finding_scope there are for everything that the matrix asks; 0 and '' where a column is null. Kept by triggers, proven by `zhenggai verify`.
 * `runningDue`: the date while its clock runs, else '': what is closed would keep a row for every day there ever was.
 */
export const scopeCounts = sqliteTable('scope_counts', {
  unitId: integer('unit_id').notNull(),
  isPart: integer('is_part', { mode: 'boolean' }).notNull(),
  campaignId: integer('campaign_id').notNull(),
  categoryId: integer('category_id').notNull(),
  leadUnitId: integer('lead_unit_id').notNull(),
  stage: text('stage').$type<Stage>().notNull(),
  severity: text('severity').$type<Severity>().notNull(),
  checkUnitId: integer('check_unit_id').notNull(),
  checkResult: text('check_result').notNull(),
  runningDue: text('running_due').notNull(),
  amount: integer('amount').notNull(),
}, (t) => [primaryKey({ columns: [t.unitId, t.isPart, t.campaignId, t.categoryId, t.leadUnitId, t.stage, t.severity, t.checkUnitId, t.checkResult, t.runningDue] })]);

/** How much waits for a post or for somebody by name, by what must be done; 0 where there is none. Kept by triggers, proven by `zhenggai verify`. */
export const waitingCounts = sqliteTable('waiting_counts', {
  unitId: integer('unit_id').notNull(),
  role: text('role').$type<Role>().notNull(),
  personId: integer('person_id').notNull(),
  event: text('event').notNull(),
  amount: integer('amount').notNull(),
}, (t) => [primaryKey({ columns: [t.unitId, t.role, t.personId, t.event] }), index('waiting_counts_person').on(t.personId)]);

/**
 * One action on more rows than a page may hold. `next` is the ordinal at which the next piece begins; a piece moves it in the same changeset as its rows, so
 * that none is done twice and none is lost. Not derived from events: what was previewed and refused is known here alone.
 */
export const batches = sqliteTable('batches', {
  id: text('id').primaryKey(),
  personId: integer('person_id').notNull().references(() => people.id),
  event: text('event').notNull(),
  /** JSON of the shared fields as they were typed: {name: text or texts}. */
  form: text('form').notNull(),
  state: text('state').$type<'previewing' | 'previewed' | 'running' | 'done' | 'dropped'>().notNull(),
  total: integer('total').notNull(),
  next: integer('next').notNull(),
  /** rows that can be done, or were; and those that cannot, or could not. */
  can: integer('can').notNull(),
  cannot: integer('cannot').notNull(),
  createdAt: text('created_at').notNull(),
  finishedAt: text('finished_at'),
  version: integer('version').notNull(),
  /** why it was set aside: another version of the program kept it, or it failed time and again; null for one that was dropped because nobody confirmed it, or who began it is gone. */
  why: text('why').$type<'unreadable' | 'failed'>(),
}, (t) => [index('batches_state').on(t.state, t.createdAt), index('batches_person').on(t.personId, t.createdAt)]);

/** A row of a batch, and what would become or has become of it. */
export const batchRows = sqliteTable('batch_rows', {
  batchId: text('batch_id').notNull().references(() => batches.id),
  ordinal: integer('ordinal').notNull(),
  number: text('number').notNull(),
  /** the last moving event that the preview saw. */
  seen: integer('seen'),
  /** whose it would be, or is. */
  unitId: integer('unit_id'),
  outcome: text('outcome').$type<'open' | 'can' | 'cannot' | 'done' | 'refused'>().notNull(),
  /** its number afterwards, where that changed. */
  became: text('became'),
  /** JSON of the refusals. */
  why: text('why'),
}, (t) => [primaryKey({ columns: [t.batchId, t.ordinal] }), uniqueIndex('batch_rows_number').on(t.batchId, t.number), index('batch_rows_outcome').on(t.batchId, t.outcome, t.unitId, t.ordinal)]);

/** 交办通知单, one per unit and handing out; numbered without gaps per office and year. What it says is what was printed; that it was issued and received stands in the stream 'proceedings', too. */
export const assignmentNotices = sqliteTable('assignment_notices', {
  id: integer('id').primaryKey(),
  officeId: integer('office_id').notNull().references(() => units.id),
  unitId: integer('unit_id').notNull().references(() => units.id),
  year: integer('year').notNull(),
  serial: integer('serial').notNull(),
  kind: text('kind').$type<'check' | 'assignment'>().notNull(),
  basis: text('basis').notNull(),
  items: integer('items').notNull(),
  acceptBy: text('accept_by'),
  lastDueOn: text('last_due_on'),
  contact: text('contact').notNull(),
  issuedBy: integer('issued_by').notNull().references(() => people.id),
  issuedOn: text('issued_on').notNull(),
  receivedBy: integer('received_by').references(() => people.id),
  receivedName: text('received_name'),
  receivedAt: text('received_at'),
  /** the batch whose findings it lists; null for a paper issued by itself. */
  batchId: text('batch_id').references(() => batches.id),
}, (t) => [index('assignment_notices_batch').on(t.batchId, t.id), uniqueIndex('assignment_notices_number').on(t.officeId, t.year, t.serial), index('assignment_notices_office').on(t.officeId, t.id), index('assignment_notices_unit').on(t.unitId, t.id),
  // a few among thousands, asked by every first page
  index('assignment_notices_open').on(t.officeId).where(isNull(t.receivedAt)), index('assignment_notices_unread').on(t.unitId, t.id).where(isNull(t.receivedAt)),
]);

/** A finding on a notice, as it was when it was handed out by the event `seq`. */
export const noticeItems = sqliteTable('notice_items', {
  noticeId: integer('notice_id').notNull().references(() => assignmentNotices.id),
  ordinal: integer('ordinal').notNull(),
  findingId: integer('finding_id').notNull().references(() => findings.id),
  seq: integer('seq').notNull(),
  number: text('number').notNull(),
  title: text('title').notNull(),
  standard: text('standard').notNull(),
  /** the unit that it was handed to, with those that lead it jointly; who must put it right beside them; who supports. */
  lead: text('lead').notNull(),
  responsible: text('responsible').notNull().default(''),
  support: text('support').notNull(),
  dueOn: text('due_on'),
}, (t) => [primaryKey({ columns: [t.noticeId, t.ordinal] }), index('notice_items_finding').on(t.findingId, t.seq)]);
