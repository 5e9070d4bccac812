import { and, asc, desc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Row } from '../../db/changeset.js';
import type { Reader } from '../../db/database.js';
import { assignmentNotices, findings, noticeItems } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import { officePostOf } from '../findings/policy.js';

export type Notice = Row<typeof assignmentNotices>;
export type NoticeRow = Row<typeof noticeItems> & { readonly state: string; readonly stage: Row<typeof findings>['stage']; readonly leadUnitId: number | null; readonly version: number };

/** Whose notices somebody sees: those that their office issued or that its units got, and those of their own unit. */
export interface Sees {
  readonly offices: readonly number[];
  readonly units: readonly number[];
}

export async function seesOf(house: House, person: Person): Promise<Sees> {
  const tree = await house.tree();
  const office = officePostOf(person);
  const own = person.posts.filter(({ role }) => role === 'handler' || role === 'head').map(({ unitId }) => unitId);
  const below = office ? tree.subtree(tree.jurisdictionOf(office.unitId)).map(({ id }) => id) : [];
  return { offices: office ? [office.unitId] : [], units: [...new Set([...own, ...below])] };
}

function seen({ offices, units }: Sees) {
  return or(inArray(assignmentNotices.officeId, offices.length > 0 ? [...offices] : [0]), inArray(assignmentNotices.unitId, units.length > 0 ? [...units] : [0]));
}

/** The newest first, `before` an id; what nobody has received yet can be asked for alone. */
export async function noticesOf(reader: Reader, sees: Sees, { before, open }: { readonly before: number; readonly open: boolean }, limit: number): Promise<readonly (Notice & { readonly items: number })[]> {
  const rows = await reader.select().from(assignmentNotices).where(and(seen(sees), lt(assignmentNotices.id, before), open ? isNull(assignmentNotices.receivedAt) : undefined)).orderBy(desc(assignmentNotices.id)).limit(limit);
  const amounts = rows.length === 0 ? [] : await reader.select({ id: noticeItems.noticeId, amount: sql<number>`count(*)` }).from(noticeItems).where(inArray(noticeItems.noticeId, rows.map(({ id }) => id))).groupBy(noticeItems.noticeId);
  const byId = new Map(amounts.map(({ id, amount }) => [id, amount]));
  return rows.map((row) => ({ ...row, items: byId.get(row.id) ?? 0 }));
}

/** Those of these ids that somebody sees, in the order of their ids. */
export async function noticesIn(reader: Reader, sees: Sees, ids: readonly number[]): Promise<readonly Notice[]> {
  return ids.length === 0 ? [] : reader.select().from(assignmentNotices).where(and(seen(sees), inArray(assignmentNotices.id, [...ids]))).orderBy(asc(assignmentNotices.id)).limit(100);
}

/** The rows of a notice, each with where its finding stands now. */
export async function rowsOfNotice(reader: Reader, noticeId: number): Promise<readonly NoticeRow[]> {
  const rows = await reader.select({ item: noticeItems, state: findings.state, stage: findings.stage, leadUnitId: findings.leadUnitId, version: findings.version }).from(noticeItems).innerJoin(findings, eq(findings.id, noticeItems.findingId)).where(eq(noticeItems.noticeId, noticeId)).orderBy(asc(noticeItems.ordinal));
  return rows.map(({ item, ...now }) => ({ ...item, ...now }));
}

/** What the office has handed over that stands on no notice, since it was handed over one by one: at most five hundred. */
export async function withoutNotice(reader: Reader, officeId: number): Promise<readonly { readonly id: number; readonly event: 'HAND_OUT' | 'ASSIGN' }[]> {
  const { id, state } = findings;
  const rows = await reader.select({ id, state }).from(findings).where(and(
    eq(findings.hostOfficeId, officeId), inArray(findings.stage, ['suspected', 'assigned']), inArray(state, ['suspected.checking', 'assigned']),
    sql`not exists (select 1 from ${noticeItems} where ${noticeItems.findingId} = ${findings.id} and ${noticeItems.seq} >= (select max(seq) from finding_events where finding_id = ${findings.id} and type in ('HAND_OUT', 'ASSIGN', 'REASSIGN')))`,
  )).orderBy(asc(findings.number)).limit(500);
  return rows.map((row) => ({ id: row.id, event: row.state === 'assigned' ? 'ASSIGN' : 'HAND_OUT' }));
}
