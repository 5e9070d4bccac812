import { and, asc, eq, gt, gte, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { findingEvents, findings, findingScope, findingSources, sources, waiting, waitingCounts as keptWaiting } from '../../db/schema/index.js';
import { isOpen } from '../../workflows/step.js';
import type { Person } from '../context.js';
import { isReturn } from '../findings/returned.js';
import type { UnitTree } from '../organisation/tree.js';

export interface WaitingFor {
  readonly id: number;
  readonly number: string;
  readonly title: string;
  readonly stage: typeof findings.$inferSelect.stage;
  readonly paused: boolean;
  readonly rectificationType: typeof findings.$inferSelect.rectificationType;
  readonly findingDueOn: string | null;
  readonly leadUnitId: number | null;
  readonly event: string;
  readonly unitId: number | null;
  readonly role: string;
  readonly sinceOn: string;
  readonly dueOn: string | null;
  /** the event that brought it here. */
  readonly last: string | null;
  /** what was last reported, shortened. */
  readonly latest: string | null;
}

const columns = {
  id: findings.id, number: findings.number, title: findings.title, stage: findings.stage, paused: findings.paused, rectificationType: findings.rectificationType, findingDueOn: findings.dueOn,
  leadUnitId: findings.leadUnitId, event: waiting.event, unitId: waiting.unitId, role: waiting.role, sinceOn: waiting.sinceOn, dueOn: waiting.dueOn, last: findingEvents.type, latest: findings.latest,
};
const lastMove = and(eq(findingEvents.findingId, findings.id), eq(findingEvents.seq, findings.movedSeq));

/** More are not looked at for one queue: they are in the order of their own dates already. */
const mostLooked = 300;

/** What waits for this person: at one of their posts, or for them by name; what came back first, then the most urgent. */
export async function waitingForMe(reader: Reader, person: Person, tree: UnitTree, event: string, limit: number): Promise<readonly WaitingFor[]> {
  // Written as the index is.
  const due = sql`coalesce(${waiting.dueOn}, '9999-12-31')`;
  const found: WaitingFor[] = [];
  for (const mine of mineConditions(person, tree)) {
    const first = reader.select({ findingId: waiting.findingId, ordinal: waiting.ordinal }).from(waiting).where(and(mine, eq(waiting.event, event))).orderBy(asc(due), asc(waiting.sinceOn)).limit(Math.max(limit, mostLooked)).as('first');
    found.push(...(await reader.select(columns).from(first).innerJoin(waiting, and(eq(waiting.findingId, first.findingId), eq(waiting.ordinal, first.ordinal))).innerJoin(findings, eq(findings.id, waiting.findingId)).leftJoin(findingEvents, lastMove)));
  }
  const distinct = [...new Map(found.map((row) => [row.number, row])).values()];
  const urgency = (row: WaitingFor): string => `${row.last !== null && isReturn(row.last) ? 0 : 1} ${row.dueOn ?? row.findingDueOn ?? '9999-12-31'} ${row.sinceOn} ${row.number}`;
  return distinct.toSorted((one, other) => (urgency(one) < urgency(other) ? -1 : 1)).slice(0, limit);
}

/** How many wait for this person, by what must be done. */
export async function waitingCounts(reader: Reader, person: Person, tree: UnitTree): Promise<ReadonlyMap<string, number>> {
  const posts = postsOf(person, tree).map(({ unitId, role }) => and(eq(keptWaiting.unitId, unitId), eq(keptWaiting.role, role)));
  const rows = await reader.select({ event: keptWaiting.event, amount: sql<number>`sum(${keptWaiting.amount})` }).from(keptWaiting).where(or(eq(keptWaiting.personId, person.id), ...posts)).groupBy(keptWaiting.event);
  return new Map(rows.filter(({ amount }) => amount > 0).map((row) => [row.event, row.amount]));
}

/** One for each index range: by name, and at each post. */
function mineConditions(person: Person, tree: UnitTree): readonly (SQL | undefined)[] {
  return [eq(waiting.personId, person.id), ...postsOf(person, tree).map(({ unitId, role }) => and(eq(waiting.unitId, unitId), eq(waiting.role, role)))];
}

/** What waits at which unit for which role is this person's. */
function postsOf(person: Person, tree: UnitTree): readonly { readonly unitId: number; readonly role: Person['posts'][number]['role'] }[] {
  return person.posts.flatMap((post) => unitsOfPost(post, tree).flatMap((unitId) => rolesOf(post.role).map((role) => ({ unitId, role }))));
}

/** A head may do what a handler of the unit may; both see it. */
function rolesOf(role: Person['posts'][number]['role']): Person['posts'][number]['role'][] {
  return role === 'head' ? ['head', 'handler'] : [role];
}

/** A leader's decisions wait under the office of their jurisdiction. */
function unitsOfPost(post: Person['posts'][number], tree: UnitTree): readonly number[] {
  if (post.role !== 'leader') return [post.unitId];
  const jurisdiction = tree.jurisdictionOf(post.unitId);
  return tree.all.filter((unit) => unit.kind === 'office' && unit.parentId === jurisdiction).map((unit) => unit.id);
}

/** The most urgent in somebody's scope that are stuck with others. */
export async function stuckElsewhere(reader: Reader, unitIds: readonly number[], limit: number): Promise<readonly WaitingFor[]> {
  if (unitIds.length === 0) return [];
  // Written as the index is.
  const due = sql<string>`coalesce(${findingScope.dueOn}, '9999-12-31')`;
  const urgent = await reader.selectDistinct({ id: findingScope.findingId, dueOn: due, number: findingScope.number }).from(findingScope)
    .where(and(inArray(findingScope.unitId, [...unitIds]), eq(findingScope.isPart, false), inArray(findingScope.stage, ['assigned', 'rectifying', 'verifying']), eq(findingScope.paused, false), sql`${findingScope.dueOn} is not null`))
    .orderBy(asc(due), asc(findingScope.number)).limit(limit);
  if (urgent.length === 0) return [];
  const rows = await reader.select(columns).from(waiting).innerJoin(findings, eq(findings.id, waiting.findingId)).leftJoin(findingEvents, lastMove).where(and(inArray(waiting.findingId, urgent.map((row) => row.id)), eq(waiting.ordinal, 0)));
  return rows.toSorted((one, other) => (one.findingDueOn ?? '').localeCompare(other.findingDueOn ?? '') || one.number.localeCompare(other.number));
}

/** How many of somebody's scope wait for others longer than they may, for one thing; and the first of them, the longest overdue first. */
export async function lateWithOthers(reader: Reader, unitIds: readonly number[], event: string, today: string, limit: number): Promise<{ readonly rows: readonly WaitingFor[]; readonly amount: number }> {
  const late = and(eq(waiting.event, event), lt(waiting.dueOn, today), sql`exists (select 1 from ${findingScope} where ${findingScope.findingId} = ${waiting.findingId} and ${inArray(findingScope.unitId, unitIds.length > 0 ? [...unitIds] : [0])})`);
  const rows = await reader.select(columns).from(waiting).innerJoin(findings, eq(findings.id, waiting.findingId)).leftJoin(findingEvents, lastMove).where(late).orderBy(asc(waiting.dueOn), asc(waiting.findingId)).limit(limit);
  if (rows.length < limit) return { rows, amount: rows.length };
  const [found] = await reader.select({ amount: sql<number>`count(*)` }).from(waiting).where(late);
  return { rows, amount: found?.amount ?? rows.length };
}

/** What waits at units and people of a subtree, for an office that looks after them: how many for each thing, and the first rows. */
export async function waitingBelow(reader: Reader, unitIds: readonly number[], limit: number): Promise<readonly WaitingFor[]> {
  if (unitIds.length === 0) return [];
  const due = sql`coalesce(${waiting.dueOn}, '9999-12-31')`;
  return reader.select(columns).from(waiting).innerJoin(findings, eq(findings.id, waiting.findingId)).leftJoin(findingEvents, lastMove)
    .where(and(inArray(waiting.unitId, [...unitIds]), inArray(waiting.role, ['handler', 'head']))).orderBy(asc(due), asc(waiting.sinceOn), asc(waiting.findingId)).limit(limit);
}

export interface HandedOn {
  readonly number: string;
  readonly title: string;
  readonly partsOpen: number;
  readonly partsTotal: number;
  /** the parts that are missing. */
  readonly open: readonly { readonly number: string; readonly leadUnitId: number | null; readonly state: string; readonly stage: WaitingFor['stage']; readonly dueOn: string | null; readonly paused: boolean; readonly rectificationType: WaitingFor['rectificationType']; readonly latest: string | null }[];
}

/** What units have handed on and not got back, the earliest date first; its open parts with it. */
export async function handedOn(reader: Reader, leadUnitIds: readonly number[], limit: number): Promise<readonly HandedOn[]> {
  if (leadUnitIds.length === 0) return [];
  const { id, number, title, partsOpen, partsTotal, parentId, leadUnitId, state, stage, dueOn, paused, rectificationType, latest } = findings;
  const parents = await reader.select({ id, number, title, partsOpen, partsTotal }).from(findings).where(and(inArray(leadUnitId, [...leadUnitIds]), gt(partsOpen, 0))).orderBy(asc(sql`coalesce(${dueOn}, '9999-12-31')`), asc(number)).limit(limit);
  const parts = parents.length === 0 ? [] : await reader.select({ parentId, number, leadUnitId, state, stage, dueOn, paused, rectificationType, latest }).from(findings).where(inArray(parentId, parents.map((parent) => parent.id))).orderBy(asc(number));
  return parents.map((parent) => ({ ...parent, open: parts.filter((part) => part.parentId === parent.id && isOpen(part.stage)) }));
}

/** How many of a scope, findings and not parts, were closed on a day or since. */
export async function closedSince(reader: Reader, unitIds: readonly number[], from: string): Promise<number> {
  const seen = sql`exists (select 1 from ${findingScope} where ${findingScope.findingId} = ${findings.id} and ${inArray(findingScope.unitId, unitIds.length > 0 ? [...unitIds] : [0])})`;
  const [found] = await reader.select({ amount: sql<number>`count(*)` }).from(findings).where(and(gte(findings.closedOn, from), eq(findings.stage, 'closed'), isNull(findings.parentId), seen));
  return found?.amount ?? 0;
}

/** The number that a finding has in the list it came from; nobody's, where the source is confidential. */
export async function originalNumbers(reader: Reader, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.select({ id: findingSources.findingId, number: findingSources.originalNumber }).from(findingSources).innerJoin(sources, eq(sources.id, findingSources.sourceId)).where(and(inArray(findingSources.findingId, [...ids]), eq(sources.confidential, false)));
  return new Map(rows.map((row) => [row.id, row.number]));
}
