import { and, asc, desc, eq, gt, gte, inArray, sql, type SQL } from 'drizzle-orm';
import { among, asList } from '../../db/among.js';
import type { Reader } from '../../db/database.js';
import { prepared } from '../../db/prepared.js';
import { findingEvents, findings, findingScope, waiting, waitingCounts as keptWaiting } from '../../db/schema/index.js';
import { isOpen } from '../../workflows/stages.js';
import type { Person } from '../context.js';
import { isOf, turnsOf } from '../findings/turns.js';
import { seesAll } from '../findings/policy.js';
import { otherUnits } from '../findings/unit-words.js';
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
  readonly otherUnits: number;
  readonly event: string;
  readonly unitId: number | null;
  readonly role: string;
  readonly sinceOn: string;
  readonly dueOn: string | null;
  /** the event that gave it back, and nobody has answered. */
  readonly returned: string | null;
  /** of a clue: what its unit found. */
  readonly checkResult: typeof findingScope.$inferSelect.checkResult;
  /** what was last reported, shortened. */
  readonly latest: string | null;
}

const columns = {
  id: findings.id, number: findings.number, title: findings.title, stage: findings.stage, paused: findings.paused, rectificationType: findings.rectificationType, findingDueOn: findings.dueOn,
  leadUnitId: findings.leadUnitId, otherUnits, event: waiting.event, unitId: waiting.unitId, role: waiting.role, sinceOn: waiting.sinceOn, dueOn: waiting.dueOn, returned: sql<string | null>`case when ${waiting.returned} then ${findingEvents.type} end`, latest: findings.latest,
  checkResult: sql<typeof findingScope.$inferSelect.checkResult>`(select ${findingScope.checkResult} from ${findingScope} where ${findingScope.findingId} = ${findings.id} limit 1)`,
};
const lastReturn = and(eq(findingEvents.findingId, findings.id), eq(findingEvents.seq, findings.returnedSeq));

/** What waits for this person: at one of their posts, or for them by name; what came back first, then by the date of the step itself, then what has waited longest. */
export async function waitingForMe(reader: Reader, person: Person, tree: UnitTree, event: string, limit: number): Promise<readonly WaitingFor[]> {
  const { byName, atPost } = heads(reader);
  const found = [...(await byName.all({ event, limit, personId: person.id }))];
  for (const turn of turnsOf(person, tree)) if (isOf(turn, event)) found.push(...(await atPost.all({ event, limit, unitId: turn.unitId, role: turn.role })));
  const distinct = [...new Map(found.map((head) => [`${head.id} ${head.ordinal}`, head])).values()];
  return rowsOf(reader, distinct.toSorted((one, other) => (urgencyOf(one) < urgencyOf(other) ? -1 : 1)).slice(0, limit));
}

/** The first of a queue: at a post in the order of its index, by name (a person has few) sorted. */
const heads = prepared((reader) => {
  const { findingId, ordinal, sinceOn, dueOn, returned } = waiting;
  // Written as the index is.
  const due = sql`coalesce(${dueOn}, '9999-12-31')`;
  const first = (mine: SQL | undefined) => reader.select({ id: findingId, ordinal, sinceOn, dueOn, returned }).from(waiting).where(and(mine, eq(waiting.event, sql.placeholder('event')))).orderBy(desc(returned), asc(due), asc(sinceOn), asc(findingId)).limit(sql.placeholder('limit')).prepare();
  return { byName: first(eq(waiting.personId, sql.placeholder('personId'))), atPost: first(and(eq(waiting.unitId, sql.placeholder('unitId')), eq(waiting.role, sql.placeholder('role')))) };
});

interface Head {
  readonly id: number;
  readonly ordinal: number;
  readonly sinceOn: string;
  readonly dueOn: string | null;
  readonly returned: boolean;
}

function urgencyOf({ id, ordinal, sinceOn, dueOn, returned }: Head): string {
  return `${returned ? 0 : 1} ${dueOn ?? '9999-12-31'} ${sinceOn} ${String(id).padStart(12, '0')} ${String(ordinal).padStart(4, '0')}`;
}

/** Whole rows, in the order of these. */
async function rowsOf(reader: Reader, wanted: readonly Pick<Head, 'id' | 'ordinal'>[]): Promise<readonly WaitingFor[]> {
  if (wanted.length === 0) return [];
  const rows = new Map((await wholeRows(reader).all({ ids: asList(wanted.map(({ id }) => id)) })).map((row) => [`${row.id} ${row.ordinal}`, row]));
  return wanted.flatMap(({ id, ordinal }) => rows.get(`${id} ${ordinal}`) ?? []);
}

const wholeRows = prepared((reader) => reader.select({ ...columns, ordinal: waiting.ordinal }).from(waiting).innerJoin(findings, eq(findings.id, waiting.findingId)).leftJoin(findingEvents, lastReturn).where(among(waiting.findingId, 'ids')).prepare());

/** How many wait for this person, by what must be done. */
export async function waitingCounts(reader: Reader, person: Person, tree: UnitTree): Promise<ReadonlyMap<string, number>> {
  const { byName, atPost } = counted(reader);
  const counts = new Map<string, number>();
  const rows = await byName.all({ personId: person.id });
  for (const turn of turnsOf(person, tree)) rows.push(...(await atPost.all({ unitId: turn.unitId, role: turn.role })).filter(({ event }) => isOf(turn, event)));
  for (const { event, amount } of rows) if (amount > 0) counts.set(event, (counts.get(event) ?? 0) + amount);
  return counts;
}

const counted = prepared((reader) => {
  const { event, amount, unitId, role, personId } = keptWaiting;
  const of = (mine: SQL | undefined) => reader.select({ event, amount }).from(keptWaiting).where(mine).prepare();
  return { byName: of(eq(personId, sql.placeholder('personId'))), atPost: of(and(eq(unitId, sql.placeholder('unitId')), eq(role, sql.placeholder('role')), eq(personId, 0))) };
});

/** The most urgent in somebody's scope that are stuck with others. */
export async function stuckElsewhere(reader: Reader, unitIds: readonly number[], limit: number): Promise<readonly WaitingFor[]> {
  const found = new Map<number, { readonly id: number; readonly dueOn: string | null; readonly number: string }>();
  // A range of the index for each unit and stage: over all stages at once what is verified and closed would be read before what is open (17 ms at 100,000).
  for (const unitId of unitIds) for (const stage of ['assigned', 'rectifying', 'verifying'] as const) for (const row of await urgent(reader).all({ unitId, stage, limit })) found.set(row.id, row);
  const first = [...found.values()].toSorted((one, other) => (one.dueOn ?? '').localeCompare(other.dueOn ?? '') || one.number.localeCompare(other.number)).slice(0, limit);
  return rowsOf(reader, first.map(({ id }) => ({ id, ordinal: 0 })));
}

const urgent = prepared((reader) => {
  const { findingId: id, dueOn, number, unitId, isPart, stage, paused } = findingScope;
  // Written as the index is.
  const due = sql`coalesce(${dueOn}, '9999-12-31')`;
  return reader.select({ id, dueOn, number }).from(findingScope).where(and(eq(unitId, sql.placeholder('unitId')), eq(isPart, false), eq(stage, sql.placeholder('stage')), sql`${due} < '9999-12-31'`, eq(paused, false)))
    .orderBy(asc(due), asc(number)).limit(sql.placeholder('limit')).prepare();
});

/** How many of somebody's scope wait for others longer than they may, for one thing; and the first of them, the longest overdue first. */
export async function lateWithOthers(reader: Reader, unitIds: readonly number[], tree: UnitTree, event: string, today: string, limit: number): Promise<{ readonly rows: readonly WaitingFor[]; readonly amount: number }> {
  const { whole, seen } = lateQueries(reader);
  // Asking for each row whether they see it took most of the time.
  const late = seesAll(unitIds, tree) ? whole : seen;
  const asked = { event, today, ids: asList(unitIds) };
  const first = await late.first.all({ ...asked, limit });
  return { rows: await rowsOf(reader, first), amount: first.length < limit ? first.length : (await late.amount.get(asked))?.amount ?? first.length };
}

const lateQueries = prepared((reader) => {
  const of = (also: SQL | undefined) => {
    const late = and(eq(waiting.event, sql.placeholder('event')), sql`${waiting.dueOn} < ${sql.placeholder('today')}`, also);
    return {
      first: reader.select({ id: waiting.findingId, ordinal: waiting.ordinal }).from(waiting).where(late).orderBy(asc(waiting.dueOn), asc(waiting.findingId)).limit(sql.placeholder('limit')).prepare(),
      amount: reader.select({ amount: sql<number>`count(*)` }).from(waiting).where(late).prepare(),
    };
  };
  return { whole: of(undefined), seen: of(sql`exists (select 1 from ${findingScope} where ${findingScope.findingId} = ${waiting.findingId} and ${among(findingScope.unitId, 'ids')})`) };
});

/** What waits at units and people of a subtree, for an office that looks after them: how many for each thing, and the first rows. */
export async function waitingBelow(reader: Reader, unitIds: readonly number[], limit: number): Promise<readonly WaitingFor[]> {
  if (unitIds.length === 0) return [];
  const due = sql`coalesce(${waiting.dueOn}, '9999-12-31')`;
  return reader.select(columns).from(waiting).innerJoin(findings, eq(findings.id, waiting.findingId)).leftJoin(findingEvents, lastReturn)
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

/** How many of a scope, findings and not parts, were closed on a day or since. By the plus SQLite takes the index of the days, and does not walk through all that is no part (14 ms at 100,000). */
export async function closedSince(reader: Reader, unitIds: readonly number[], from: string): Promise<number> {
  const seen = sql`exists (select 1 from ${findingScope} where ${findingScope.findingId} = ${findings.id} and ${inArray(findingScope.unitId, unitIds.length > 0 ? [...unitIds] : [0])})`;
  const [found] = await reader.select({ amount: sql<number>`count(*)` }).from(findings).where(and(gte(findings.closedOn, from), eq(findings.stage, 'closed'), sql`+${findings.parentId} is null`, seen));
  return found?.amount ?? 0;
}
