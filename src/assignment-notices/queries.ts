import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import { setImmediate } from 'node:timers/promises';
import { asList } from '../../db/among.js';
import type { Reader } from '../../db/database.js';
import { assignmentNotices, findingEvents, findings, noticeItems } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import { officePostOf, scopeOf } from '../findings/policy.js';
import { handingOut } from './handing-out.js';

export type NoticeRecord = typeof assignmentNotices.$inferSelect;
type NoticeItem = typeof noticeItems.$inferSelect;

/** What a person may see: what their own office issued, and what is addressed to a unit in their scope. */
async function visible(house: House, person: Person): Promise<SQL | undefined> {
  const tree = await house.tree();
  const office = officePostOf(person)?.unitId ?? 0;
  const units = scopeOf(person, tree).flatMap((id) => tree.subtree(id).map((unit) => unit.id));
  return or(eq(assignmentNotices.officeId, office), sql`${assignmentNotices.unitId} in (select value from json_each(${asList(units)}))`);
}

/** Which notices: those before one, and perhaps only those without a receipt. */
export interface Wanted {
  readonly before: number | null;
  readonly open: boolean;
}

/** The newest of what a person may see. */
export async function noticesOf(house: House, person: Person, { before, open }: Wanted, most: number): Promise<readonly NoticeRecord[]> {
  return house.db.reader.select().from(assignmentNotices).where(and(await visible(house, person), before === null ? undefined : lt(assignmentNotices.id, before), open ? isNull(assignmentNotices.receivedAt) : undefined)).orderBy(desc(assignmentNotices.id)).limit(most);
}

/** Addressed to a unit at which the person handles or heads, and not received yet: the newest. */
export async function unread(house: House, person: Person): Promise<readonly NoticeRecord[]> {
  return house.db.reader.select().from(assignmentNotices).where(unreadBy(person)).orderBy(desc(assignmentNotices.id)).limit(100);
}

/** How many those are in all. */
export async function unreadCount(reader: Reader, person: Person): Promise<number> {
  return receivingUnits(person).length === 0 ? 0 : reader.$count(assignmentNotices, unreadBy(person));
}

function unreadBy(person: Person): SQL | undefined {
  return and(inArray(assignmentNotices.unitId, [...receivingUnits(person)]), isNull(assignmentNotices.receivedAt));
}

/** How many an office issued that nobody of their units took note of. */
export async function openReceipts(reader: Reader, officeId: number): Promise<number> {
  return reader.$count(assignmentNotices, and(eq(assignmentNotices.officeId, officeId), isNull(assignmentNotices.receivedAt)));
}

/** For which units somebody may take note of a notice. */
export function receivingUnits({ posts }: Pick<Person, 'posts'>): readonly number[] {
  return posts.filter(({ role }) => role === 'handler' || role === 'head').map(({ unitId }) => unitId);
}

export async function noticesById(house: House, person: Person, ids: readonly number[]): Promise<readonly NoticeRecord[]> {
  return house.db.reader.select().from(assignmentNotices).where(and(inArray(assignmentNotices.id, [...ids]), await visible(house, person))).orderBy(asc(assignmentNotices.id));
}

/** Papers printed in one go. */
export const mostPapers = 40;

/** The papers that a batch issued, in their order. */
export async function noticesOfBatch(reader: Reader, batchId: string): Promise<readonly number[]> {
  const rows = await reader.select({ id: assignmentNotices.id }).from(assignmentNotices).where(eq(assignmentNotices.batchId, batchId)).orderBy(asc(assignmentNotices.id));
  return rows.map(({ id }) => id);
}

/** The papers that came with the handing out of a finding: its own, and those of its parts that were made with it. */
export async function noticesOfFinding(reader: Reader, { id, movedSeq }: Pick<typeof findings.$inferSelect, 'id' | 'movedSeq'>): Promise<readonly number[]> {
  const [own] = await reader.select({ id: noticeItems.noticeId }).from(noticeItems).where(and(eq(noticeItems.findingId, id), gte(noticeItems.seq, movedSeq))).limit(1);
  if (!own) return [];
  // What was handed out together has its numbers one after the other.
  const parts = await reader.selectDistinct({ id: noticeItems.noticeId }).from(noticeItems).innerJoin(findings, eq(findings.id, noticeItems.findingId))
    .where(and(eq(findings.parentId, id), gt(noticeItems.noticeId, own.id))).orderBy(asc(noticeItems.noticeId));
  return [own.id, ...parts.map((part) => part.id)];
}

const page = 500;

/** A row of a notice: with what was required by the event that handed it out, as that froze it, and what became of it since. */
export interface NoticeRow extends NoticeItem {
  readonly requirement: string;
  readonly since: Since | null;
}

/** The list of a notice, and what became of each row since: the first that was done to the handing out. */
export async function itemsOf(reader: Reader, noticeId: number): Promise<readonly NoticeRow[]> {
  const found: NoticeRow[] = [];
  for (let after = 0; ;) {
    const items = await reader.select({ item: noticeItems, requirement: sql<string | null>`json_extract(${findingEvents.payload}, '$.requirement')` }).from(noticeItems)
      .leftJoin(findingEvents, and(eq(findingEvents.findingId, noticeItems.findingId), eq(findingEvents.seq, noticeItems.seq)))
      .where(and(eq(noticeItems.noticeId, noticeId), gt(noticeItems.ordinal, after))).orderBy(asc(noticeItems.ordinal)).limit(page);
    const since = await sinceOf(reader, noticeId, after, items.at(-1)?.item.ordinal ?? after);
    found.push(...items.map(({ item, requirement }) => ({ ...item, requirement: requirement ?? '', since: since.get(item.findingId) ?? null })));
    if (items.length < page) return found;
    after = items.at(-1)?.item.ordinal ?? 0;
    await setImmediate();
  }
}

/** What was done to a handing out afterwards. */
export interface Since {
  readonly type: string;
  readonly on: string;
  readonly name: string;
}

const answering = ['RECALL', 'RETURN', 'REASSIGN', 'HAND_OUT', 'RECALL_CHECK', 'RETURN_CHECK', 'ASSIGN', 'ACCEPT', 'REPORT_CHECK'];

async function sinceOf(reader: Reader, noticeId: number, after: number, last: number): Promise<ReadonlyMap<number, Since>> {
  const rows = await reader.select({ findingId: noticeItems.findingId, type: findingEvents.type, on: findingEvents.occurredOn, name: sql<string>`json_extract(${findingEvents.actor}, '$.name')` }).from(noticeItems)
    .innerJoin(findingEvents, and(eq(findingEvents.findingId, noticeItems.findingId), gt(findingEvents.seq, noticeItems.seq)))
    .where(and(eq(noticeItems.noticeId, noticeId), gt(noticeItems.ordinal, after), sql`${noticeItems.ordinal} <= ${last}`, inArray(findingEvents.type, answering))).orderBy(desc(findingEvents.seq));
  return new Map(rows.map(({ findingId, ...since }) => [findingId, since]));
}

/** What an office handed out, and to whom it was handed: by which event, since that says which paper it needs. */
export interface WithoutNotice {
  readonly id: number;
  readonly number: string;
  readonly title: string;
  readonly unitId: number;
  readonly state: string;
  readonly by: string;
}

/** Stages in which a unit has a finding, or had it and is not done with it: what was accepted before its paper was made still needs one. */
const withUnit = ['assigned', 'suspected', 'rectifying', 'verifying', 'verified', 'continuing', 'suspended'] as const;

/**
 * Findings of an office that were handed out and stand on no notice to their unit, by id, at most `most`. Rows adopted from an old
 * ledger had their paper there: only those that wait are given one here.
 */
export async function withoutNotice(reader: Reader, officeId: number, most: number): Promise<readonly WithoutNotice[]> {
  const found: WithoutNotice[] = [];
  for (let after = 0; found.length < most;) {
    const rows = await reader.select({ id: findings.id, number: findings.number, title: findings.title, unitId: findings.leadUnitId, state: findings.state, by: handedBy, on: noticed }).from(findings)
      .where(and(eq(findings.hostOfficeId, officeId), inArray(findings.stage, [...withUnit]), isNotNull(findings.leadUnitId), gt(findings.id, after))).orderBy(asc(findings.id)).limit(page);
    const open = rows.filter(({ on, by, state }) => on === 0 && (by !== 'ADOPT' || waiting.includes(state)));
    found.push(...open.flatMap(({ on: _, unitId, by, ...row }) => (unitId !== null && by !== null ? [{ ...row, unitId, by }] : [])));
    const last = rows.at(-1);
    if (rows.length < page || !last) break;
    after = last.id;
    await setImmediate();
  }
  return found.slice(0, most);
}

const waiting = ['assigned', 'suspected.checking'];

const handedBy = sql<string | null>`(select type from finding_events where finding_id = findings.id and type in ${[...handingOut]} order by seq desc limit 1)`;

const noticed = sql<number>`exists (select 1 from notice_items i join assignment_notices n on n.id = i.notice_id where i.finding_id = findings.id and n.unit_id = findings.lead_unit_id
  and i.seq >= (select max(seq) from finding_events where finding_id = findings.id and type in ${[...handingOut]}))`;

/** Those of what was handed out that stand on no notice yet: a colleague may have issued one meanwhile. */
export async function notNoticed<T extends { readonly loaded: { readonly row: { readonly id: number } }; readonly seq: number }>(reader: Reader, handed: readonly T[]): Promise<readonly T[]> {
  const open: T[] = [];
  for (let from = 0; from < handed.length; from += page) {
    const some = handed.slice(from, from + page);
    const rows = await reader.select({ id: noticeItems.findingId, seq: noticeItems.seq }).from(noticeItems).where(inArray(noticeItems.findingId, some.map(({ loaded }) => loaded.row.id)));
    open.push(...some.filter(({ loaded, seq }) => !rows.some((row) => row.id === loaded.row.id && row.seq >= seq)));
    await setImmediate();
  }
  return open;
}

/** The event by which a finding lies with the unit that has it now. */
export async function handedOutBy(reader: Reader, findingId: number): Promise<number | null> {
  const [last] = await reader.select({ seq: findingEvents.seq }).from(findingEvents).where(and(eq(findingEvents.findingId, findingId), inArray(findingEvents.type, [...handingOut]))).orderBy(desc(findingEvents.seq)).limit(1);
  return last?.seq ?? null;
}
