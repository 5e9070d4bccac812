import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import type { Row } from '../../db/changeset.js';
import { personRequests } from '../../db/schema/index.js';
import type { House } from '../context.js';
import type { AdministrationScope } from '../people/scope.js';

export type PersonRequest = Row<typeof personRequests>;

/** A request that waits for this administrator, by the id in an address or a form; null when there is none, or none of theirs. */
export async function openRequest(house: House, scope: AdministrationScope, text: string): Promise<PersonRequest | null> {
  const [row] = /^\d{1,12}$/u.test(text) ? await house.db.reader.select().from(personRequests).where(and(eq(personRequests.id, Number(text)), eq(personRequests.state, 'open'))) : [];
  return row && (scope.whole || scope.unitIds.has(row.unitId)) ? row : null;
}

/** What waits for this administrator, newest first. */
export async function openRequests(house: House, { whole, unitIds }: AdministrationScope, before: number, limit: number): Promise<readonly PersonRequest[]> {
  const theirs = whole ? undefined : sql`${personRequests.unitId} in (select value from json_each(${asList([...unitIds])}))`;
  return house.db.reader.select().from(personRequests).where(and(eq(personRequests.state, 'open'), lt(personRequests.id, before), theirs)).orderBy(desc(personRequests.id)).limit(limit);
}

/** What somebody asked for, newest first. */
export async function ownRequests(house: House, personId: number, before: number, limit: number): Promise<readonly PersonRequest[]> {
  return house.db.reader.select().from(personRequests).where(and(eq(personRequests.askedBy, personId), lt(personRequests.id, before))).orderBy(desc(personRequests.id)).limit(limit);
}
