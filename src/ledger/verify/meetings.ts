import { and, asc, eq, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/database.js';
import { findingEvents, findings, meetingItems, meetings, streamEvents } from '../../../db/schema/index.js';
import type { VerifyFault } from './report.js';

/** What a meeting decided is what its chained record says, and what it closed or sent back stands under its number in the findings' own histories. */
export async function meetingFaults(reader: Reader): Promise<readonly VerifyFault[]> {
  const faults: VerifyFault[] = [];
  const decisions = new Map((await reader.select({ payload: streamEvents.payload }).from(streamEvents).where(and(eq(streamEvents.stream, 'proceedings'), eq(streamEvents.type, 'MeetingDecided')))).map(({ payload }) => decisionIn(payload)));
  for (const { id, state, decisionNumber } of await reader.select().from(meetings).orderBy(asc(meetings.id))) {
    const items = await reader.select({ findingId: meetingItems.findingId, result: meetingItems.result, number: findings.number }).from(meetingItems).innerJoin(findings, eq(findings.id, meetingItems.findingId)).where(eq(meetingItems.meetingId, id));
    const recorded = decisions.get(id);
    const held = items.map(({ number, result }) => `${number} ${result ?? ''}`).sort().join();
    const told = Object.entries(recorded?.results ?? {}).map(([number, result]) => `${number} ${String(result)}`).sort().join();
    if ((state === 'decided') !== (recorded !== undefined) || (state === 'decided' && (held !== told || decisionNumber !== recorded?.decisionNumber))) faults.push({ where: `meeting ${id}`, what: 'meeting', detail: decisionNumber ?? '' });
    for (const { findingId, result, number } of items) {
      if (result !== 'closed' && result !== 'basicallyClosed') continue;
      const [closed] = await reader.select({ seq: findingEvents.seq }).from(findingEvents).where(and(eq(findingEvents.findingId, findingId), eq(findingEvents.type, 'CLOSE'), sql`json_extract(${findingEvents.payload}, '$.decisionNumber') = ${decisionNumber}`)).limit(1);
      if (!closed) faults.push({ where: number, what: 'meeting', detail: `meeting ${id}` });
    }
  }
  return faults;
}

function decisionIn(payload: string): readonly [number, { readonly decisionNumber: string; readonly results: Readonly<Record<string, unknown>> }] {
  const told: { readonly id: number; readonly decisionNumber: string; readonly results: Readonly<Record<string, unknown>> } = JSON.parse(payload);
  return [told.id, told];
}
