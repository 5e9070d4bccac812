import { plusDays, yearsAfter } from '../../calendar.js';
import { actorsIn, doer, excluded, type MachineEvent } from '../../guard.js';
import type { FindingContext } from '../../finding.js';
import { filled, isText, list, numbers, rows } from './payload.js';
import { notTheRectifier } from './transitions.js';

/** None left: true, else how many there are. */
export function counted(count: number): true | { count: number } {
  return count === 0 || { count };
}

/** After the given date, where both are there. */
export function laterThan(date: unknown, than: string | null): true | { date: string } {
  return !isText(date) || than === null || date > than || { date: than };
}

/** On or before the limit, where both are there. */
export function notAfter(date: unknown, limit: string | null): true | { date: string } {
  return !isText(date) || limit === null || date <= limit || { date: limit };
}

/** Immediate ≤ 60 days, staged ≤ 1 year, continuing ≤ 5 years from the assignment. */
export function withinTermOfType(context: FindingContext, { data, today }: MachineEvent): true | { date: string } {
  const type = data['rectificationType'] ?? context.rectificationType;
  if (type === 'immediate') return notAfter(data['deadline'], plusDays(today, 60));
  return notAfter(data['deadline'], yearsAfter(today, type === 'staged' ? 1 : 5));
}

/** All five aspects, problem aside, which stands already. */
export function missingAspects(_context: FindingContext, { data }: MachineEvent): true | { count: number } {
  return counted(['leadUnitId', 'requirement', 'closureStandard', 'rectificationType', 'deadline'].filter((name) => data[name] === undefined || data[name] === null || data[name] === '').length);
}

/** No measure is due after the finding. */
export function measuresWithinDeadline(context: FindingContext, { data }: MachineEvent): true | { date: string; row: number } {
  const row = list(data['measures']).findIndex((measure) => context.deadline !== null && dateIn(measure, 'dueOn') > context.deadline);
  return row < 0 || { date: context.deadline ?? '', row: row + 1 };
}

/** No part is due after the finding. */
export function partsWithinDeadline(context: FindingContext, { data }: MachineEvent): true | { date: string; row: number } {
  const row = list(data['parts']).findIndex((part) => context.deadline !== null && dateIn(part, 'deadline') > context.deadline);
  return row < 0 || { date: context.deadline ?? '', row: row + 1 };
}

/** A unit puts right one part of a finding at a time. */
export function partsDistinct({ parts }: FindingContext, { data }: MachineEvent): true | { row: number } {
  const units = list(data['parts']).map((row) => (typeof row === 'object' && row !== null ? Number(Reflect.get(row, 'unitId')) : 0));
  const row = units.findIndex((unitId, index) => units.indexOf(unitId) < index || parts.some((part) => part.open && part.unitId === unitId));
  return row < 0 || { row: row + 1 };
}

/** The units that have to do with a finding. */
export function unitsInvolved(context: FindingContext): readonly (number | null)[] {
  return [context.hostOfficeId, context.leadUnitId, context.sectorUnitId, ...context.jointLeadUnitIds, ...context.responsibleUnitIds, ...context.supportingUnitIds];
}

function dateIn(row: unknown, name: string): string {
  const value = typeof row === 'object' && row !== null ? Reflect.get(row, name) : undefined;
  return isText(value) ? value : '';
}

/** Every point of the closure checklist holds. */
export function checklistAnswered(answers: unknown): true | { count: number } {
  if (typeof answers !== 'object' || answers === null) return { count: 5 };
  return counted(Object.values(answers).filter((answer) => answer !== true).length);
}

/** Progress is reported on measures of this plan. */
export function progressOfKnownMeasures(context: FindingContext, { data }: MachineEvent): true | { row: number } {
  const known = new Set(context.measures.map((measure) => measure.id));
  const row = list(data['progress']).findIndex((each) => typeof each !== 'object' || each === null || !known.has(Number(Reflect.get(each, 'id'))));
  return row < 0 || { row: row + 1 };
}

/** Refused already when they are named, not only when they give their verdict (separation of duties). */
export function verifiersFree(context: FindingContext, { data }: MachineEvent): true | { names: string; count: number } {
  const actors = actorsIn(data['verifiers']);
  const unknown = numbers(data['verifierIds']).filter((id) => !actors.some((actor) => actor.personId === id));
  const unfit = actors.filter((actor) => actor.role !== 'inspector' || !actor.relations.includes('jurisdiction') || notTheRectifier.some((never) => excluded(actor, never, context)));
  const names = [...unfit.map((actor) => actor.name), ...unknown.map(String)];
  return names.length === 0 || { names: names.join('、'), count: names.length };
}

/** "At least two people": somebody else than the one who gives the verdict. */
export function twoPeople(_context: FindingContext, event: MachineEvent): true | Record<string, never> {
  const [own, alone] = [folded(doer(event).name), doer(event).personId];
  const others = actorsIn(event.data['companionActors']).some((actor) => actor.personId !== alone);
  return others || list(event.data['companions']).some((name) => isText(name) && folded(name) !== own) || {};
}

/** Two ways of writing one name, with a blank or a full stop, are one name. */
function folded(name: string): string {
  return name.normalize('NFKC').replace(/[\s\p{P}]+/gu, '');
}

/** Asked of the sector department only where it is none of those that put it right. */
export function isReviewedBySector({ switches, sectorUnitId, leadUnitId, jointLeadUnitIds, responsibleUnitIds, supportingUnitIds }: FindingContext): boolean {
  return switches.sectorReview && sectorUnitId !== null && ![leadUnitId, ...jointLeadUnitIds, ...responsibleUnitIds, ...supportingUnitIds].includes(sectorUnitId);
}

/** Parts go to units below the one that hands them on; the host office may choose any that it decides for. */
export function partsBelowLead(_context: FindingContext, event: MachineEvent): true | { row: number } {
  const facts = event.data['unitFacts'];
  if (typeof facts !== 'object' || facts === null) return true;
  const decides = doer(event).role === 'office' && doer(event).relations.includes('host');
  const row = rows(event.data['parts']).findIndex((part) => !list(Reflect.get(facts, String(part['unitId']))).includes(decides ? 'rectifier' : 'belowLead'));
  return row < 0 || { row: row + 1 };
}

/** A part that is due in the past says why, like a finding. */
export function pastPartsNeedReason(_context: FindingContext, { data, today }: MachineEvent): true | { date: string } {
  const past = rows(data['parts']).map((part) => part['deadline']).filter(isText).find((deadline) => deadline < today);
  return past === undefined || filled(data['lateReason']) || { date: past };
}

/** No open part is due after its parent. */
export function notBeforeParts({ parts }: FindingContext, { data }: MachineEvent): true | { date: string } {
  const latest = parts.filter((part) => part.open).map((part) => part.deadline ?? '').reduce((one, other) => (other > one ? other : one), '');
  return !isText(data['deadline']) || data['deadline'] >= latest || { date: latest };
}

/** A finding is merged into an open one of the same office, not into itself, not in a circle; one that counts not into one that does not yet. */
export function targetFits(context: FindingContext, { data }: MachineEvent): true | { target: string } {
  const target = data['target'];
  const facts = data['targetFacts'];
  const fits = typeof facts === 'object' && facts !== null && Reflect.get(facts, 'open') === true
    && Reflect.get(facts, 'hostOfficeId') === context.hostOfficeId && Reflect.get(facts, 'mergedInto') !== context.number && target !== context.number
    && (context.listedOn === null || isText(Reflect.get(facts, 'listedOn')));
  return fits || { target: isText(target) ? target : '' };
}
