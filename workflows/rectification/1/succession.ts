import type { MachineEvent } from '../../guard.js';
import type { FindingContext } from '../../finding.js';
import { number, record } from './payload.js';

/** What a unit that ended had to do with it, its successor has now; who did what stands as it was. */
export function succeeded(context: FindingContext, { data }: MachineEvent): Partial<FindingContext> {
  const succession = record(data['succession']);
  const now = <T extends number | null>(unitId: T): T | number => number(succession[String(unitId)]) ?? unitId;
  const all = (unitIds: readonly number[]): readonly number[] => [...new Set(unitIds.map(now))];
  return {
    leadUnitId: now(context.leadUnitId), checkUnitId: now(context.checkUnitId), sectorUnitId: now(context.sectorUnitId), suggestedUnitId: now(context.suggestedUnitId),
    jointLeadUnitIds: all(context.jointLeadUnitIds), responsibleUnitIds: all(context.responsibleUnitIds), supportingUnitIds: all(context.supportingUnitIds),
    suggestedResponsibleIds: all(context.suggestedResponsibleIds), suggestedSupportingIds: all(context.suggestedSupportingIds),
    ...(context.handedOn ? { handedOn: { ...context.handedOn, unitId: now(context.handedOn.unitId) } } : {}),
    measures: context.measures.map((each) => ({ ...each, ownerUnitId: now(each.ownerUnitId) })), instructions: context.instructions.map((each) => ({ ...each, unitId: now(each.unitId) })),
  };
}
