import { applies, mayApply, standingInTheWay, type Conditions, type MachineEvent, type Rules } from './guard.js';
import type { FindingContext } from './finding.js';
import type { Refusal } from './types.js';

/** Which transition is taken, or why the nearest one is not. */
export interface Choice {
  readonly taken: Conditions | null;
  readonly reasons: readonly Refusal[];
}

/** The first transition that applies and is allowed; else why the nearest one is not. Null when the stage does not know the event. */
export function chosen(candidates: readonly Conditions[], rules: Rules, context: FindingContext, event: MachineEvent): Choice | null {
  let best: Choice | null = null;
  for (const conditions of candidates) {
    if (!mayApply(conditions, rules, context, event)) continue;
    const reasons = standingInTheWay(conditions, rules, context, event);
    const taken = applies(conditions, rules, context, event) ? conditions : null;
    if (taken && reasons.length === 0) return { taken, reasons };
    if (!best || isNearer({ taken, reasons }, best)) best = { taken, reasons };
  }
  return best && { taken: null, reasons: best.reasons };
}

/** Why somebody could not even begin, before a form is filled in: who and state only. Empty when the form may be opened. */
export function beforehand(candidates: readonly Conditions[], rules: Rules, context: FindingContext, event: MachineEvent): readonly Refusal[] {
  const answers = candidates.filter((conditions) => mayApply(conditions, rules, context, event)).map((conditions) => standingInTheWay(conditions, rules, context, event).filter((refusal) => refusal.kind !== 'input'));
  if (answers.length === 0) return [notInThisStage(event.type, event.from)];
  return answers.reduce((one, other) => (weight(other) < weight(one) ? other : one));
}

/** The stage does not know the event. */
export function notInThisStage(event: string, state: string): Refusal {
  return { rule: 'notInThisStage', kind: 'state', params: { event, state }, field: null };
}

/** Fewest reasons; somebody else's post last. */
export function weight(refusals: readonly Refusal[]): number {
  return refusals.length + (refusals.some((refusal) => refusal.kind === 'who') ? 1000 : 0);
}

/** A transition that applies tells more than one that may yet be chosen by what is typed. */
function isNearer(one: Choice, other: Choice): boolean {
  if ((one.taken === null) !== (other.taken === null)) return one.taken !== null;
  return weight(one.reasons) < weight(other.reasons);
}
