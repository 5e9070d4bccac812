import { and, eq, sql } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import type { Reader } from '../../db/database.js';
import { findingEvents, leadReports } from '../../db/schema/index.js';
import { latestOf } from '../findings/commands/write.js';

/** What a lead unit last said of a finding; "" when that was that there is nothing new. */
export interface LastReport {
  readonly text: string;
  readonly on: string;
}

/** The last report of each: what others wrote since (an instruction, what was missing) is no report. */
export async function lastReports(reader: Reader, findingIds: readonly number[]): Promise<ReadonlyMap<number, LastReport>> {
  const last = reader.select({ findingId: leadReports.findingId, seq: sql<number>`max(${leadReports.seq})`.as('last_seq') }).from(leadReports)
    .where(sql`${leadReports.findingId} in (select value from json_each(${asList(findingIds)}))`).groupBy(leadReports.findingId).as('last');
  const rows = await reader.select({ findingId: findingEvents.findingId, payload: findingEvents.payload, on: findingEvents.occurredOn }).from(last)
    .innerJoin(findingEvents, and(eq(findingEvents.findingId, last.findingId), eq(findingEvents.seq, last.seq)));
  return new Map(rows.map(({ findingId, payload, on }) => {
    const data: Readonly<Record<string, unknown>> = JSON.parse(payload);
    return [findingId, { text: latestOf(data) ?? '', on }];
  }));
}
