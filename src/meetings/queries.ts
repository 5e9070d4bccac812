import { and, asc, desc, eq, inArray, lt, ne } from 'drizzle-orm';
import type { Row } from '../../db/changeset.js';
import type { Reader } from '../../db/database.js';
import { findings, meetingItems, meetings } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import { NotVisibleError } from '../errors.js';
import { officePostOf } from '../findings/policy.js';

export type Meeting = Row<typeof meetings>;
export type Item = Row<typeof meetingItems> & { readonly number: string };

/** A meeting's list is read aloud: more than this is two meetings. */
export const mostItems = 200;

/** The offices whose meetings somebody sees: their own; a leader those of the jurisdiction and below. */
export async function officesOf(house: House, person: Person): Promise<readonly number[]> {
  const tree = await house.tree();
  const own = officePostOf(person);
  const led = person.posts.filter(({ role }) => role === 'leader').map(({ unitId }) => tree.jurisdictionOf(unitId));
  const below = tree.all.filter((unit) => unit.kind === 'office' && led.some((id) => tree.within(unit.id, id))).map(({ id }) => id);
  return [...new Set([...(own ? [own.unitId] : []), ...below])];
}

/** A meeting that the person sees. Throws NotVisibleError: another office's looks like none. */
export async function meetingIn(house: House, person: Person, id: string): Promise<Meeting> {
  const offices = await officesOf(house, person);
  const [row] = /^\d{1,12}$/u.test(id) && offices.length > 0 ? await house.db.reader.select().from(meetings).where(and(eq(meetings.id, Number(id)), inArray(meetings.officeId, [...offices]))) : [];
  if (!row) throw new NotVisibleError('no such meeting', { number: '', office: '', phone: '' });
  return row;
}

/** The newest first, `before` an id. */
export async function meetingsOf(reader: Reader, offices: readonly number[], before: number, limit: number): Promise<readonly (Meeting & { readonly items: number })[]> {
  if (offices.length === 0) return [];
  const rows = await reader.select().from(meetings).where(and(inArray(meetings.officeId, [...offices]), lt(meetings.id, before))).orderBy(desc(meetings.id)).limit(limit);
  return Promise.all(rows.map(async (row) => ({ ...row, items: await reader.$count(meetingItems, eq(meetingItems.meetingId, row.id)) })));
}

/** The rows of a meeting in their order. */
export async function itemsOf(reader: Reader, meetingId: number): Promise<readonly Item[]> {
  const rows = await reader.select({ item: meetingItems, number: findings.number }).from(meetingItems).innerJoin(findings, eq(findings.id, meetingItems.findingId)).where(eq(meetingItems.meetingId, meetingId)).orderBy(asc(meetingItems.ordinal));
  return rows.map(({ item, number }) => ({ ...item, number }));
}

/** What an office hosts that was verified and waits for its closure, findings and parts. */
export async function candidatesOf(reader: Reader, officeId: number): Promise<readonly Row<typeof findings>[]> {
  return reader.select().from(findings).where(and(eq(findings.hostOfficeId, officeId), eq(findings.stage, 'verified'))).orderBy(asc(findings.number)).limit(mostItems);
}

/** Those of these findings that stand on the list of another meeting that is still to decide, each with its title. */
export async function preparedElsewhere(reader: Reader, findingIds: readonly number[], meetingId: number | null): Promise<readonly { readonly number: string; readonly title: string }[]> {
  if (findingIds.length === 0) return [];
  return reader.select({ number: findings.number, title: meetings.title }).from(meetingItems).innerJoin(meetings, eq(meetings.id, meetingItems.meetingId)).innerJoin(findings, eq(findings.id, meetingItems.findingId))
    .where(and(eq(meetings.state, 'prepared'), meetingId === null ? undefined : ne(meetings.id, meetingId), inArray(meetingItems.findingId, [...findingIds]))).orderBy(asc(findings.number)).limit(mostItems);
}

/** The office's meeting that decided under this number, other than `id`; null when there is none. */
export async function decidedUnder(reader: Reader, { id, officeId }: Pick<Meeting, 'id' | 'officeId'>, decisionNumber: string): Promise<string | null> {
  const [found] = await reader.select({ title: meetings.title }).from(meetings).where(and(eq(meetings.officeId, officeId), eq(meetings.state, 'decided'), eq(meetings.decisionNumber, decisionNumber), ne(meetings.id, id))).limit(1);
  return found?.title ?? null;
}

/** Those of these numbers that the office hosts and that wait for their closure, with their ids. */
export async function verifiedAmong(reader: Reader, officeId: number, numbers: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = numbers.length === 0 ? [] : await reader.select({ number: findings.number, id: findings.id }).from(findings).where(and(eq(findings.hostOfficeId, officeId), eq(findings.stage, 'verified'), inArray(findings.number, [...numbers])));
  return new Map(rows.map(({ number, id }) => [number, id]));
}
