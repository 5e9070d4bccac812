import { sql } from 'drizzle-orm';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';

/** How many units must put a finding right beside the one that leads it; a column of `findings` as a list selects it. */
export const otherUnits = sql<number>`(select count(*) from finding_units u where u.finding_id = findings.id and u.relation = 'responsible' and u.unit_id <> findings.lead_unit_id)`;

/** Who must put it right, as a list has room for it: 市扶贫办等 7 家. */
export function unitWords({ leadUnitId, otherUnits: others }: { readonly leadUnitId: number | null; readonly otherUnits: number }, tree: UnitTree, t: Words): string {
  const unit = tree.short(leadUnitId);
  return others > 0 ? t('finding.unitAndOthers', { unit, count: others + 1 }) : unit;
}
