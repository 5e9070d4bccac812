import { and, asc, eq, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/database.js';
import { findingEvents, meetings, streamEvents } from '../../../db/schema/index.js';
import { minutesOf } from '../../meetings/minutes.js';
import { itemsOf, type Item, type Meeting } from '../../meetings/queries.js';
import type { VerifyFault } from './report.js';

/** What a meeting decided is what its chained record says, and what it closed or sent back stands in the findings' own histories, closed under its number. */
export async function meetingFaults(reader: Reader): Promise<readonly VerifyFault[]> {
  const faults: VerifyFault[] = [];
  const recorded = await decisions(reader);
  for (const meeting of await reader.select().from(meetings).orderBy(asc(meetings.id))) {
    const items = await itemsOf(reader, meeting.id);
    const told = recorded.get(meeting.id);
    const held = meeting.state === 'decided' ? JSON.stringify(minutesOf(meeting, items)) : undefined;
    if (held !== told) faults.push({ where: `meeting ${meeting.id}`, what: 'meeting', detail: meeting.decisionNumber ?? '' });
    for (const item of items) if (!(await stands(reader, meeting, item))) faults.push({ where: item.number, what: 'meeting', detail: `meeting ${meeting.id}` });
    recorded.delete(meeting.id);
  }
  return [...faults, ...[...recorded.keys()].map((id): VerifyFault => ({ where: `meeting ${id}`, what: 'meeting', detail: '—' }))];
}

async function decisions(reader: Reader): Promise<Map<number, string>> {
  const rows = await reader.select({ payload: streamEvents.payload }).from(streamEvents).where(and(eq(streamEvents.stream, 'proceedings'), eq(streamEvents.type, 'MeetingDecided')));
  return new Map(rows.map(({ payload }) => {
    const { id }: { readonly id: number } = JSON.parse(payload);
    return [id, payload];
  }));
}

/** Does the finding's history say what the meeting says of it? */
async function stands(reader: Reader, { decisionNumber }: Meeting, { findingId, result, reason }: Item): Promise<boolean> {
  if (result === null || result === 'deferred') return true;
  const said = result === 'sentBack' ? sql`json_extract(${findingEvents.payload}, '$.missing') = ${reason}` : sql`json_extract(${findingEvents.payload}, '$.decisionNumber') = ${decisionNumber}`;
  const [found] = await reader.select({ seq: findingEvents.seq }).from(findingEvents).where(and(eq(findingEvents.findingId, findingId), eq(findingEvents.type, result === 'sentBack' ? 'SEND_BACK' : 'CLOSE'), said)).limit(1);
  return found !== undefined;
}
