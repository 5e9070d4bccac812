import { and, eq, exists, inArray, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { findings, findingScope, waiting } from '../../db/schema/index.js';
import { givenTo, visitsWhere, type Visit } from '../visits/queries.js';

/** What waits at these offices to be given to somebody who verifies it, the earliest deadline first. */
export function toDispatch(reader: Reader, offices: readonly number[]): Promise<readonly Visit[]> {
  return visitsWhere(reader, waitingAt(offices));
}

/** What waits for the verdict of a person, of what may be seen through these units. */
export function heldBy(reader: Reader, personId: number, scope: readonly number[]): Promise<readonly Visit[]> {
  return visitsWhere(reader, and(givenTo(personId), inSight(reader, scope)));
}

/** What each of these people has to verify, of what may be seen through these units: how many, how many of them late, the next day. */
export async function loadOf(reader: Reader, personIds: readonly number[], scope: readonly number[], today: string): Promise<ReadonlyMap<number, { readonly open: number; readonly over: number; readonly next: string | null }>> {
  if (personIds.length === 0) return new Map();
  const rows = await loadQuery(reader, personIds, scope, today);
  return new Map(rows.flatMap(({ personId, ...row }) => (personId === null ? [] : [[personId, row] as const])));
}

export function loadQuery(reader: Reader, personIds: readonly number[], scope: readonly number[], today: string) {
  const due = sql<string | null>`coalesce(${waiting.dueOn}, ${findings.dueOn})`;
  return reader.select({ personId: waiting.personId, open: sql<number>`count(*)`, over: sql<number>`count(case when ${due} < ${today} then 1 end)`, next: sql<string | null>`min(${due})` })
    .from(waiting).innerJoin(findings, eq(findings.id, waiting.findingId)).where(and(inArray(waiting.personId, [...personIds]), eq(waiting.event, 'PASS'), inSight(reader, scope))).groupBy(waiting.personId);
}

/** What waits at these offices to be given out, as a condition. */
export function waitingAt(offices: readonly number[]): SQL | undefined {
  return and(inArray(waiting.unitId, offices.length > 0 ? [...offices] : [0]), eq(waiting.role, 'office'), eq(waiting.event, 'ASSIGN_VERIFICATION'));
}

export function inSight(reader: Reader, scope: readonly number[]) {
  return exists(reader.select({ one: sql`1` }).from(findingScope).where(and(eq(findingScope.findingId, waiting.findingId), inArray(findingScope.unitId, scope.length > 0 ? [...scope] : [0]))));
}
