import { eq } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { assignmentRules } from '../../db/schema/index.js';
import { plusDays } from '../../workflows/calendar.js';
import type { UnitTree } from '../organisation/tree.js';

export type AssignmentRule = typeof assignmentRules.$inferSelect;

/** An office's rules, the oldest first. */
export async function rulesOf(reader: Reader, officeId: number): Promise<readonly AssignmentRule[]> {
  return reader.select().from(assignmentRules).where(eq(assignmentRules.hostOfficeId, officeId)).orderBy(assignmentRules.id);
}

/** What is known of a finding that is to be handed out: its category, and the unit that its list names. */
export interface Known {
  readonly categoryId: number | null;
  readonly unitId: number | null;
}

/** The rule that fits best: one of the category before one of any, and of those the one with the smallest region. Null when none does. */
export function ruleFor(rules: readonly AssignmentRule[], { categoryId, unitId }: Known, tree: UnitTree): AssignmentRule | null {
  const fitting = rules.filter((rule) => (rule.categoryId === null || rule.categoryId === categoryId) && (rule.regionUnitId === null || (unitId !== null && tree.within(unitId, rule.regionUnitId))) && tree.unit(rule.unitId)?.disabledOn === null);
  const depth = ({ regionUnitId }: AssignmentRule): number => (regionUnitId === null ? 0 : tree.unit(regionUnitId)?.path.length ?? 0);
  return fitting.toSorted((one, other) => Number(other.categoryId !== null) - Number(one.categoryId !== null) || depth(other) - depth(one))[0] ?? null;
}

/** What a rule would fill in, by the names of fields: a form takes those that it has. */
export function filledBy({ unitId, sectorUnitId, supervisor, days }: AssignmentRule, today: string): Readonly<Record<string, unknown>> {
  const date = days === null ? undefined : plusDays(today, days);
  const all = { checkUnitId: unitId, leadUnitId: unitId, sectorUnitId: sectorUnitId ?? undefined, supervisor: supervisor || undefined, checkBy: date, deadline: date };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
