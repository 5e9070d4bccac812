import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { findings, waiting } from '../../db/schema/index.js';
import type { RectificationType } from '../../workflows/finding.js';

/** Something that waits to be verified, or to be given to somebody who verifies it. */
export interface Visit {
  readonly id: number;
  readonly number: string;
  readonly title: string;
  readonly leadUnitId: number | null;
  readonly hostOfficeId: number;
  readonly isPart: boolean;
  /** the finding's own deadline. */
  readonly deadline: string | null;
  /** by when it is to be verified, when that was said; else the deadline. */
  readonly dueOn: string | null;
  /** what the light on the way to that day depends on, as on every other page. */
  readonly rectificationType: RectificationType | null;
  readonly sinceOn: string;
  readonly latest: string | null;
}

/** More are not shown on one page; they are in the order of their dates already. */
export const mostVisits = 300;

/** What waits for the verdict of this person, the earliest first. */
export function visitsOf(reader: Reader, personId: number): Promise<readonly Visit[]> {
  return visitsWhere(reader, givenTo(personId));
}

/** What waits for the verdict of a person, as a condition. */
export function givenTo(personId: number): SQL | undefined {
  return and(eq(waiting.personId, personId), eq(waiting.event, 'PASS'));
}

/** Waiting rows of a condition with their findings, in the order of their dates; one more than fits on a page tells that there is more. */
export async function visitsWhere(reader: Reader, where: SQL | undefined): Promise<readonly Visit[]> {
  const rows = await visitsQuery(reader, where);
  return rows.map(({ parentId, verifyBy, ...row }) => ({ ...row, isPart: parentId !== null, dueOn: verifyBy ?? row.deadline }));
}

export function visitsQuery(reader: Reader, where: SQL | undefined) {
  return reader.select({
    id: findings.id, number: findings.number, title: findings.title, leadUnitId: findings.leadUnitId, hostOfficeId: findings.hostOfficeId, parentId: findings.parentId,
    deadline: findings.dueOn, verifyBy: waiting.dueOn, rectificationType: findings.rectificationType, sinceOn: waiting.sinceOn, latest: findings.latest,
  }).from(waiting).innerJoin(findings, eq(findings.id, waiting.findingId)).where(where)
    .orderBy(asc(sql`coalesce(${waiting.dueOn}, ${findings.dueOn}, '9999-12-31')`), asc(findings.number)).limit(mostVisits + 1);
}
