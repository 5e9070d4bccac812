import { and, eq, inArray, sql } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import type { Reader } from '../../db/database.js';
import { findings, findingUnits } from '../../db/schema/index.js';
import type { Stage } from '../../workflows/finding.js';
import { isOpen, stages } from '../../workflows/stages.js';
import type { Unit } from './tree.js';

/** Stages at which a unit still has something to do, as the ledger's "open" counts them, and clues that it checks. */
export const stagesOpen: readonly Stage[] = stages.filter(isOpen);

/** Findings (件) and parts (项), counted apart. */
export interface Left {
  readonly findings: number;
  readonly parts: number;
}

/** How many open findings and parts these units lead or check themselves, for some host offices or for all; units without any are left out. */
export async function leftOpen(reader: Reader, unitIds: readonly number[], hostOffices: readonly number[] | null): Promise<ReadonlyMap<number, Left>> {
  if (unitIds.length === 0) return new Map();
  const part = sql`${findings.parentId} is not null`;
  const rows = await reader.select({ unitId: findingUnits.unitId, parts: sql<number>`count(distinct case when ${part} then ${findings.id} end)`, findings: sql<number>`count(distinct case when ${part} then null else ${findings.id} end)` }).from(findingUnits).innerJoin(findings, eq(findings.id, findingUnits.findingId))
    .where(and(sql`${findingUnits.unitId} in (select value from json_each(${asList(unitIds)}))`, eq(findings.leadUnitId, findingUnits.unitId), inArray(findings.stage, [...stagesOpen]), hostOffices ? inArray(findings.hostOfficeId, [...hostOffices]) : undefined)).groupBy(findingUnits.unitId);
  return new Map(rows.map((row) => [row.unitId, { findings: row.findings, parts: row.parts }]));
}

/** Has it ended, is it to end on a day that is known, or is it told who follows it? */
export function isEnding({ endsOn, successorId }: Pick<Unit, 'endsOn' | 'successorId'>): boolean {
  return endsOn !== null || successorId !== null;
}

/** Does it go on for now: its end is still to come? */
export function goesOn({ disabledOn, endsOn }: Pick<Unit, 'disabledOn' | 'endsOn'>): boolean {
  return disabledOn === null && endsOn !== null;
}
