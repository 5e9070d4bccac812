import { marksIn, type MachineEvent } from '../../guard.js';
import type { FindingContext } from '../../finding.js';
import { window } from './handing.js';
import { withMarks } from './marks.js';
import { isText, number, numbers, record, rectificationType, text } from './payload.js';

/** A finding at its beginning, as it is listed. */
export function listed(context: FindingContext, event: MachineEvent): Partial<FindingContext> {
  const { data } = event;
  const suspected = data['suspected'] === true;
  return {
    number: text(data['number']) ?? '', title: text(data['title']) ?? '', requirement: text(data['requirement']) ?? '', closureStandard: text(data['closureStandard']) ?? '',
    parent: text(data['parent']), parentDeadline: text(data['parentDeadline']), hostOfficeId: number(data['hostOfficeId']) ?? 0,
    severity: data['severity'] === 'major' ? 'major' : 'ordinary', rectificationType: rectificationType(data['rectificationType']),
    switches: { ...context.switches, ...(record(data['switches'])) }, suggestedUnitId: number(data['leadUnitId']), suggestedResponsibleIds: numbers(data['responsibleUnitIds']), suggestedSupportingIds: numbers(data['supportingUnitIds']), sectorUnitId: number(data['sectorUnitId']),
    deadline: text(data['deadline']), listedOn: suspected ? null : event.today, marks: withMarks(context, marksIn(data['marks'])), ...(isText(data['splitFrom']) ? { splitFrom: data['splitFrom'] } : {}),
  };
}

/** What was taken over from an older ledger stands where that ledger says. */
export function adoptedAt(event: MachineEvent): Partial<FindingContext> {
  const { data, today } = event;
  const listedOn = text(data['listedOn']) ?? today;
  if (data['stage'] === 'listed') return { listedOn };
  const handed = { listedOn, assignedOn: listedOn, originalDeadline: text(data['deadline']), leadUnitId: number(data['leadUnitId']), suggestedUnitId: null, responsibleUnitIds: numbers(data['responsibleUnitIds']), supportingUnitIds: numbers(data['supportingUnitIds']), suggestedResponsibleIds: [], suggestedSupportingIds: [] };
  switch (data['stage']) {
    case 'assigned': return { ...handed, ...window(event) };
    case 'verifying': return { ...handed, claimedOn: today };
    case 'continuing': return { ...handed, reviewOn: text(data['reviewOn']) ?? text(data['deadline']) };
    case 'closed': return { ...handed, ...adoptedClosure(text(data['closedOn']) ?? today, text(data['basis']) ?? '') };
    default: return handed;
  }
}

function adoptedClosure(on: string, basis: string): Partial<FindingContext> {
  return { closedOn: on, outcome: 'rectified', closures: [{ cycle: 1, on, decision: basis, outcome: 'rectified' }] };
}
