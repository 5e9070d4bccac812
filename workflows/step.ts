import { transition } from 'xstate';
import { chosen, notInThisStage } from './choice.js';
import { keyOf, type WorkflowDefinition } from './definition.js';
import { dataErrors, onBehalfErrors } from './fields.js';
import type { MachineEvent } from './guard.js';
import { isOpen } from './stages.js';
import { persisted, placeOf, restored, stagePath, type Place } from './snapshot.js';
import type { EventDefinition } from './event.js';
import type { Duty } from './actor.js';
import type { FindingContext, Mark, Snapshot, Stage } from './finding.js';
import type { Calendar, Effect, Refusal, RuleKind, StepResult, WorkflowEvent } from './types.js';

export { availability } from './availability.js';
export { stagePath } from './snapshot.js';

/**
 * One event on one finding: moved, or refused with the names of the rules that stand in the way. Pure; `snapshot` is
 * null for a finding that does not exist yet. The only caller of XState's transition(): XState never says which guard
 * failed, and returns the same object for an accepted event without a target, so what was decided here is what counts.
 * Throws when XState and the rules disagree (a defect in a definition).
 */
export function step(definition: WorkflowDefinition, snapshot: Snapshot | null, asked: WorkflowEvent, calendar: Calendar): StepResult {
  const eventDefinition = definition.events[asked.type];
  if (!eventDefinition) return refused('unknown', [{ rule: 'unknownEvent', kind: 'state', params: { event: asked.type }, field: null }]);
  const place = placeOf(definition.machine, snapshot?.value ?? null);
  const context = snapshot?.context ?? findingIn(place.snapshot.context);
  const event = dated(definition, context, asked, calendar);
  const machineEvent: MachineEvent = { ...event, from: place.path };
  const choice = chosen(place.conditions.get(asked.type) ?? [], definition.rules, context, machineEvent);
  if (!choice) return refused('state', [notInThisStage(asked.type, place.path)]);
  const reasons = withFields(choice.reasons, eventDefinition, asked);
  if (reasons.length > 0) return refused(kindOf(reasons), reasons);
  if (!choice.taken) throw new Error(`${asked.type} from ${place.path}: its data is complete and still no transition applies.`);
  return moved(definition, place, snapshot, context, machineEvent, event);
}

/** Runs a recorded history again, with the dates it froze: the same snapshot, years later. Throws when an event of the record would be refused. */
export function replay(definition: WorkflowDefinition, history: readonly WorkflowEvent[]): Snapshot {
  let snapshot: Snapshot | null = null;
  for (const event of history) {
    const result = step(definition, snapshot, event, theRecord);
    if (result.kind === 'refused') throw new Error(`${event.type} of ${event.occurredAt} would be refused by ${keyOf(definition)}: ${result.refusals.map((refusal) => refusal.rule).join(', ')}.`);
    snapshot = result.snapshot;
  }
  if (!snapshot) throw new Error('A history has at least one event.');
  return snapshot;
}

/** No calendar: the dates stand in the record. */
const theRecord: Calendar = Object.freeze({ years: [], days: {} });

/** The past brings its own dates; only a new event is reckoned. */
function dated(definition: WorkflowDefinition, context: FindingContext, event: WorkflowEvent, calendar: Calendar): WorkflowEvent {
  if (calendar === theRecord || Object.keys(event.dates).length > 0) return event;
  return { ...event, dates: definition.reckon(context, event, calendar) };
}

/** Who and state come first; then each field once, its own fault before the rule about it. */
function withFields(reasons: readonly Refusal[], definition: EventDefinition, event: WorkflowEvent): readonly Refusal[] {
  if (event.onBehalf && !definition.onBehalf) return [{ rule: 'notOnBehalf', kind: 'who', params: { event: event.type }, field: null }];
  if (reasons.some((reason) => reason.kind !== 'input')) return reasons.filter((reason) => reason.kind !== 'input');
  const wrong = [...dataErrors(definition, event.data), ...(event.onBehalf ? onBehalfErrors(event.onBehalf, event.today) : [])];
  if (wrong.length === 0) return reasons;
  return [...wrong, ...reasons.filter((reason) => !wrong.some((each) => each.field === reason.field))];
}

function refused(because: RuleKind | 'unknown', refusals: readonly Refusal[]): StepResult {
  return { kind: 'refused', because, refusals };
}

function kindOf(refusals: readonly Refusal[]): RuleKind {
  if (refusals.some((refusal) => refusal.kind === 'who')) return 'who';
  return refusals.some((refusal) => refusal.kind === 'state') ? 'state' : 'input';
}

function moved(definition: WorkflowDefinition, place: Place, snapshot: Snapshot | null, finding: FindingContext, machineEvent: MachineEvent, event: WorkflowEvent): StepResult {
  const before = snapshot?.history ? restored(definition.machine, { ...snapshot, context: { finding } }) : { ...place.snapshot, context: { finding } };
  const [after] = transition(definition.machine, before, machineEvent);
  // Every transition runs an action, so the context is a new object: the same one means that XState took none.
  if (after.context === before.context) throw new Error(`${event.type} from ${place.path}: the rules allow what the machine does not take.`);
  const { value, history } = persisted(after);
  const context = findingIn(after.context);
  const to = stagePath(value);
  const from = snapshot === null ? null : place.path;
  const next = history ? { value, context, history } : { value, context };
  return { kind: 'moved', snapshot: next, from, to, event, effects: effectsOf(definition, { before: finding, after: context, from, to, type: event.type }) };
}

/** The machine keeps the finding under one key: XState copies its context key by key, 25 µs for fifty keys and under one for this. */
function findingIn(context: { readonly finding: FindingContext }): FindingContext {
  return context.finding;
}

/** What follows for other findings: new parts and pieces, what this one was merged into, the parent of a part that opens, closes or has another date, and the parts whose parent has another date. */
function effectsOf(definition: WorkflowDefinition, change: Change): readonly Effect[] {
  const { before, after, from } = change;
  if (from === null) return noEffects;
  const family = after.parent !== null || after.parts.length > 0 ? familyEffects(definition, { ...change, from }) : noEffects;
  const pieces = (after.splitInto ?? []).slice(before.splitInto?.length ?? 0).map((number) => ({ type: 'createPiece', number }) as const);
  const merged = after.mergedInto !== null && before.mergedInto === null ? [{ type: 'tellTarget', target: after.mergedInto, merged: after.number, marks: carriedBy(definition.carried.others, after) } as const] : [];
  return pieces.length + merged.length === 0 ? family : [...family, ...pieces, ...merged];
}

/** A finding before and after an event of some type, and the states that it led from and to. */
interface Change<From = string | null> {
  readonly before: FindingContext;
  readonly after: FindingContext;
  readonly from: From;
  readonly to: string;
  readonly type: string;
}

function familyEffects(definition: WorkflowDefinition, { before, after, from, to, type }: Change<string>): readonly Effect[] {
  const added = after.parts.slice(before.parts.length).map((part) => ({ type: 'createPart', number: part.number, unitId: part.unitId }) as const);
  const [end, unitId, marks] = [endOf(definition, to), holderOf(after), carriedBy(definition.carried.parts.flat(), after)];
  const otherDate = before.deadline !== after.deadline;
  // Whoever is newly bound here is bound in the family; what came from there is not told back.
  const bound = definition.carried.parts.some((duties) => boundBy(duties, after).some((personId) => !boundBy(duties, before).includes(personId)));
  const stands = !otherDate && endOf(definition, from) === end && holderOf(before) === unitId;
  const tells = !stands || (bound && type !== 'PARENT_CHANGED');
  const told = tells && after.parent !== null ? [{ type: 'tellParent', parent: after.parent, part: after.number, open: end === null, ended: end, deadline: after.deadline, unitId, marks, bindsOnly: stands } as const] : [];
  const below = otherDate || (bound && type !== 'PART_CHANGED') ? before.parts.map((part) => part.number) : [];
  return [...added, ...told, ...(below.length > 0 ? [{ type: 'tellParts', parts: below, deadline: after.deadline, marks, bindsOnly: !otherDate } as const] : [])];
}

/** The stage in which it ended; null while it is open. */
function endOf(definition: WorkflowDefinition, path: string): Stage | null {
  const stage = definition.stageOf(path);
  return isOpen(stage) ? null : stage;
}

/** Whose it is, or is to be. */
function holderOf({ leadUnitId, suggestedUnitId }: FindingContext): number | null {
  return leadUnitId ?? suggestedUnitId;
}

/** What was done on a finding, in any cycle and after its end, that binds elsewhere, too. */
export function carriedBy(duties: readonly Duty[], { marks }: FindingContext): readonly Mark[] {
  return marks.filter(({ duty }) => duties.includes(duty));
}

/** Who did one of these duties, in any cycle. */
export function boundBy(duties: readonly Duty[], context: FindingContext): readonly number[] {
  return carriedBy(duties, context).map(({ personId }) => personId);
}

const noEffects: readonly Effect[] = Object.freeze([]);
