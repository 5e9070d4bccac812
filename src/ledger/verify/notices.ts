import { and, asc, count, eq, gt, isNotNull, max, notInArray, or, isNull } from 'drizzle-orm';
import type { Reader } from '../../../db/database.js';
import { assignmentNotices, findingEvents, noticeItems, series, streamEvents } from '../../../db/schema/index.js';
import { handingOut } from '../../assignment-notices/handing-out.js';
import { noticeFacts, noticeSeries, type NoticeFacts } from '../../assignment-notices/issue.js';
import type { VerifyFault } from './report.js';

const page = 500;

/**
 * Assignment notices: each says what the stream says of it (number, unit, and a digest of every word and row), was received by whom and when the stream says, is numbered without gaps, and lists
 * only what was handed out by that event.
 */
export async function noticeFaults(reader: Reader): Promise<readonly VerifyFault[]> {
  const { issued, received } = await recorded(reader);
  const faults: VerifyFault[] = [];
  const fault = (where: string, detail: string): void => { faults.push({ where, what: 'beside', detail }); };
  for (let after = 0; ;) {
    const rows = await reader.select().from(assignmentNotices).where(gt(assignmentNotices.id, after)).orderBy(asc(assignmentNotices.id)).limit(page);
    for (const notice of rows) {
      const { id, receivedBy, receivedName, receivedAt } = notice;
      const said = await reader.select().from(noticeItems).where(eq(noticeItems.noticeId, id)).orderBy(asc(noticeItems.ordinal));
      if (issued.get(id) !== JSON.stringify(await noticeFacts(notice, said)) || notice.items !== said.length) fault(`assignment_notices ${id}`, 'NoticesIssued');
      if (`${receivedBy ?? ''} ${receivedName ?? ''} ${receivedAt ?? ''}` !== (received.get(id) ?? '  ')) fault(`assignment_notices ${id}`, 'NoticeReceived');
      issued.delete(id);
    }
    after = rows.at(-1)?.id ?? after;
    if (rows.length < page) break;
  }
  for (const id of issued.keys()) fault(`assignment_notices ${id}`, '—');
  const strange = await reader.select({ id: noticeItems.noticeId, ordinal: noticeItems.ordinal }).from(noticeItems)
    .leftJoin(findingEvents, and(eq(findingEvents.findingId, noticeItems.findingId), eq(findingEvents.seq, noticeItems.seq))).where(or(isNull(findingEvents.type), notInArray(findingEvents.type, [...handingOut]))).limit(100);
  for (const { id, ordinal } of strange) fault(`notice_items ${id}`, String(ordinal));
  return [...faults, ...(await serialFaults(reader))];
}

async function recorded(reader: Reader): Promise<{ readonly issued: Map<number, string>; readonly received: Map<number, string> }> {
  const [issued, received] = [new Map<number, string>(), new Map<number, string>()];
  for (let after = 0; ;) {
    const rows = await reader.select().from(streamEvents).where(and(eq(streamEvents.stream, 'proceedings'), gt(streamEvents.seq, after))).orderBy(asc(streamEvents.seq)).limit(page);
    for (const { type, payload, actorId, actorName } of rows) {
      if (type === 'NoticesIssued') for (const facts of noticesIn(payload)) issued.set(facts.id, JSON.stringify(facts));
      if (type === 'NoticeReceived') { const { id, receivedAt } = receiptIn(payload); received.set(id, `${actorId} ${actorName} ${receivedAt}`); }
    }
    after = rows.at(-1)?.seq ?? after;
    if (rows.length < page) return { issued, received };
  }
}

function noticesIn(payload: string): readonly NoticeFacts[] {
  const { notices }: { readonly notices: readonly NoticeFacts[] } = JSON.parse(payload);
  return notices;
}

function receiptIn(payload: string): { readonly id: number; readonly receivedAt: string } {
  return JSON.parse(payload);
}

/** Of each office and year the numbers 1 to the last taken, each once (the index sees to that). */
async function serialFaults(reader: Reader): Promise<readonly VerifyFault[]> {
  const last = new Map((await reader.select().from(series).where(isNotNull(series.name))).map(({ name, last: taken }) => [name, taken]));
  const rows = await reader.select({ officeId: assignmentNotices.officeId, year: assignmentNotices.year, amount: count(), highest: max(assignmentNotices.serial) }).from(assignmentNotices).groupBy(assignmentNotices.officeId, assignmentNotices.year);
  const used = new Set(rows.map(({ officeId, year }) => noticeSeries(officeId, year)));
  return [
    ...rows.flatMap(({ officeId, year, amount, highest }): VerifyFault[] => { const name = noticeSeries(officeId, year); return amount === highest && last.get(name) === amount ? [] : [{ where: name, what: 'number', detail: `${amount}, ${highest ?? 0} ≠ ${last.get(name) ?? 0}` }]; }),
    ...[...last].filter(([name, taken]) => name.startsWith('JB-') && taken > 0 && !used.has(name)).map(([name, taken]): VerifyFault => ({ where: name, what: 'number', detail: `0 ≠ ${taken}` })),
  ];
}
