import { and, desc, eq, inArray, lt, or, sql, type SQL } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import type { Row } from '../../db/changeset.js';
import type { Reader } from '../../db/database.js';
import { findings, findingTexts, handovers, people, posts, waiting } from '../../db/schema/index.js';
import type { AdministrationScope } from '../people/scope.js';
import { stagesOpen } from '../organisation/left.js';

/** Rows of one hand-over; the rest is handed over the next time. */
export const mostRows = 500;
const mostPeople = 400;
const mostNamed = 50;

export interface Someone {
  readonly id: number;
  readonly name: string;
  readonly gone: boolean;
  /** where their first post is, so that two of one name are told apart; null when they have none left. */
  readonly unitId: number | null;
}

const someone = { id: people.id, name: people.name, gone: sql<number>`${people.disabledOn} is not null`, unitId: sql<number | null>`(select p.unit_id from posts p where p.person_id = ${people.id} order by p.id limit 1)` };

/** Who may have something to hand over to an office: those who wait by name on what it hosts, also when they are gone, and who looks after its jurisdiction. */
export async function handingOver(reader: Reader, offices: readonly number[], units: readonly number[]): Promise<readonly Someone[]> {
  const named = await reader.selectDistinct(someone).from(waiting).innerJoin(findings, eq(findings.id, waiting.findingId)).innerJoin(people, eq(people.id, waiting.personId)).where(inArray(findings.hostOfficeId, [...offices])).limit(mostPeople);
  const posted = await reader.selectDistinct(someone).from(posts).innerJoin(people, eq(people.id, posts.personId)).where(and(inUnits(posts.unitId, units), inArray(posts.role, ['inspector', 'office', 'leader', 'sector']))).orderBy(people.id).limit(mostPeople);
  return [...new Map([...named, ...posted].map(({ gone, ...each }) => [each.id, { ...each, gone: Boolean(gone) }])).values()];
}

/** Findings of these offices that wait for a verification by somebody, by name: one more than are handed over at once. */
export async function verificationsOf(reader: Reader, personId: number, offices: readonly number[]): Promise<readonly string[]> {
  const rows = await reader.select({ number: findings.number }).from(waiting).innerJoin(findings, eq(findings.id, waiting.findingId)).where(and(eq(waiting.personId, personId), inArray(findings.hostOfficeId, [...offices]))).orderBy(findings.number).limit(mostRows + 1);
  return [...new Set(rows.map(({ number }) => number))];
}

/** Present posts of somebody within these units, with how much rests on each and who else holds it. */
export async function restingOn(reader: Reader, personId: number, units: readonly number[], today: string): Promise<readonly { readonly post: Row<typeof posts>; readonly amount: number; readonly others: number }[]> {
  const held = await reader.select().from(posts).where(and(eq(posts.personId, personId), inUnits(posts.unitId, units), present(today)));
  return Promise.all(held.map(async (post) => {
    const [rests] = await reader.select({ amount: sql<number>`count(*)` }).from(waiting).where(and(eq(waiting.unitId, post.unitId), eq(waiting.role, post.role)));
    const [others] = await reader.select({ amount: sql<number>`count(distinct ${posts.personId})` }).from(posts).innerJoin(people, eq(people.id, posts.personId)).where(and(eq(posts.unitId, post.unitId), eq(posts.role, post.role), present(today), sql`${people.disabledOn} is null and ${people.id} <> ${personId}`));
    return { post, amount: rests?.amount ?? 0, others: others?.amount ?? 0 };
  }));
}

/** Open findings of these offices that name somebody in a text, by exactly this name: what is only written binds nobody, and no engine moves it. */
export async function namedIn(reader: Reader, name: string, offices: readonly number[]): Promise<readonly { readonly number: string; readonly title: string; readonly as: 'supervisor' | 'responsible' }[]> {
  const found = await Promise.all((['supervisor', 'responsible'] as const).map(async (as) => {
    const rows = await reader.select({ number: findings.number, title: findings.title }).from(findingTexts).innerJoin(findings, eq(findings.id, findingTexts.findingId)).where(and(eq(findingTexts[as], name), inArray(findings.hostOfficeId, [...offices]), inArray(findings.stage, [...stagesOpen]))).orderBy(findings.number).limit(mostNamed);
    return rows.map((row) => ({ ...row, as }));
  }));
  return found.flat();
}


/** Past hand-overs that somebody may see: an office those of its findings, an administrator those of posts in the scope; newest first. */
export async function pastHandovers(reader: Reader, offices: readonly number[], scope: AdministrationScope | null, before: number, limit: number): Promise<readonly Row<typeof handovers>[]> {
  const posted = scope && (scope.whole ? eq(handovers.kind, 'posts') : and(eq(handovers.kind, 'posts'), inUnits(handovers.unitId, [...scope.unitIds])));
  const either = or(offices.length > 0 ? and(eq(handovers.kind, 'verifications'), inArray(handovers.unitId, [...offices])) : undefined, posted ?? undefined);
  return reader.select().from(handovers).where(and(lt(handovers.id, before), either)).orderBy(desc(handovers.id)).limit(limit);
}

function inUnits(column: typeof posts.unitId | typeof handovers.unitId, units: readonly number[]): SQL {
  return sql`${column} in (select value from json_each(${asList(units)}))`;
}

function present(today: string): SQL {
  return sql`(${posts.untilOn} is null or ${posts.untilOn} >= ${today}) and (${posts.fromOn} is null or ${posts.fromOn} <= ${today})`;
}
