import type { MachineEvent } from '../../guard.js';
import type { FindingContext, Part } from '../../finding.js';
import { number, numbers, rectificationType, text } from './payload.js';

type Changes = Partial<FindingContext>;

/** A clue that is confirmed goes on to the unit that checked it: at once, or as a suggestion for the assignment. */
export function confirmed(context: FindingContext, event: MachineEvent): Changes {
  const { data, today } = event;
  const counted = { number: text(data['number']) ?? context.number, listedOn: today };
  if (data['straightOn'] === true) return { ...counted, ...assigned(context, event), acceptBy: null };
  return { ...counted, ...wanted(context, event), suggestedUnitId: number(data['leadUnitId']) ?? context.checkUnitId, deadline: text(data['deadline']) ?? context.deadline };
}

/** The original deadline is the first one a unit was given; it never changes afterwards. */
export function assigned(context: FindingContext, event: MachineEvent): Changes {
  const { data } = event;
  return {
    ...wanted(context, event), leadUnitId: number(data['leadUnitId']), suggestedUnitId: null, jointLeadUnitIds: numbers(data['jointLeadUnitIds']), responsibleUnitIds: numbers(data['responsibleUnitIds']),
    supportingUnitIds: numbers(data['supportingUnitIds']), sectorUnitId: number(data['sectorUnitId']) ?? context.sectorUnitId,
    assignedOn: event.today, originalDeadline: context.originalDeadline ?? text(data['deadline']), ...deadlines(context, event), ...window(event),
  };
}

function wanted(context: FindingContext, { data }: MachineEvent): Changes {
  return {
    requirement: text(data['requirement']) ?? context.requirement, closureStandard: text(data['closureStandard']) ?? context.closureStandard,
    rectificationType: rectificationType(data['rectificationType']) ?? context.rectificationType,
  };
}

/** Of an assignment that names no deadline, the one that stands. */
export function deadlines(context: FindingContext, event: MachineEvent): Changes {
  return { deadline: text(event.data['deadline']) ?? context.deadline };
}

/** Until when a unit may give it back. */
export function window(event: MachineEvent): Changes {
  return { acceptBy: event.dates['acceptBy'] ?? null };
}

/** Several responsible units each get a part, unless they have an open one from an earlier assignment; one alone is the finding itself. */
export function eachOfSeveral({ parts }: FindingContext, unitIds: readonly number[]): readonly number[] {
  const distinct = [...new Set(unitIds)];
  return distinct.length < 2 && parts.length === 0 ? [] : distinct.filter((unitId) => !parts.some((part) => part.open && part.unitId === unitId));
}

/** Parts are numbered on from those that stand; a number is never used again. */
export function partsOf(context: FindingContext, units: readonly Pick<Part, 'unitId' | 'deadline'>[]): readonly Part[] {
  return units.map(({ unitId, deadline }, index) => ({ number: partNumber(context.number, context.parts.length + index + 1), unitId, open: true, deadline }));
}

/** "ZG-2020-0001-03" */
function partNumber(parent: string, ordinal: number): string {
  return `${parent}-${String(ordinal).padStart(2, '0')}`;
}
