import { getNextTransitions, initialTransition, transition, type AnyMachineSnapshot, type AnyTransitionDefinition } from 'xstate';
import type { WorkflowDefinition } from './definition.js';
import { dataErrors } from './fields.js';
import { applies, standingInTheWay, type Conditions, type MachineEvent } from './guard.js';
import type { Actor, Availability, Calendar, Effect, EventDefinition, FindingContext, Refusal, RuleKind, Snapshot, StateValue, StepResult, WorkflowEvent } from './types.js';

/**
 * One event on one finding: moved, or refused with the names of the rules that stand in the way. Pure; `snapshot` is
 * null for a finding that does not exist yet. The only caller of XState's transition(): XState never says which guard
 * failed, and returns the same object for an accepted event without a target, so what was decided here is what counts.
 * Throws when XState and the rules disagree (a defect in a definition).
 */
export function step(definition: WorkflowDefinition, snapshot: Snapshot | null, asked: WorkflowEvent, calendar: Calendar): StepResult {
  const eventDefinition = definition.events[asked.type];
  if (!eventDefinition) return refused('unknown', [{ rule: 'unknownEvent', kind: 'state', params: { event: asked.type }, field: null }]);
  const before = restored(definition, snapshot);
  const from = stagePath(before.value);
  const event = dated(definition, contextOf(before), asked, calendar);
  const machineEvent: MachineEvent = { ...event, from };
  const choice = choose(definition, candidatesFor(before, asked.type), contextOf(before), machineEvent);
  if (!choice) return refused('state', [notInThisStage(asked.type, from)]);
  const reasons = withFields(choice.reasons, eventDefinition, asked.data);
  if (reasons.length > 0) return refused(kindOf(reasons), reasons);
  if (!choice.taken) throw new Error(`${asked.type} from ${from}: its data is complete and still no transition applies.`);
  return moved(definition, before, machineEvent, event, snapshot === null ? null : from);
}

/**
 * What each actor could do now: who and state rules only, before a form is filled in. An event is named when its stage
 * knows it and some actor's role could ever do it; the best answer over all actors counts.
 */
export function availability(definition: WorkflowDefinition, snapshot: Snapshot, actors: readonly Actor[], today: string): readonly Availability[] {
  const before = restored(definition, snapshot);
  const from = stagePath(before.value);
  const answers = new Map<string, Availability>();
  for (const actor of actors) {
    for (const [type, transitions] of transitionsByEvent(before)) {
      if (!transitions.some((each) => each.by.some((post) => post.startsWith(`${actor.role}:`)))) continue;
      const event: MachineEvent = { type, data: {}, actor, onBehalf: null, occurredAt: '', today, dates: {}, from };
      const refusals = bestRefusals(definition, transitions, contextOf(before), event);
      const known = answers.get(type);
      if (!known || (!known.allowed && refusals.length < known.refusals.length) || refusals.length === 0) answers.set(type, { event: type, allowed: refusals.length === 0, refusals });
    }
  }
  return [...answers.values()];
}

/** Runs a recorded history again: the same snapshot, years later. Throws when an event of the record would be refused today. */
export function replay(definition: WorkflowDefinition, history: readonly WorkflowEvent[]): Snapshot {
  let snapshot: Snapshot | null = null;
  for (const event of history) {
    const result = step(definition, snapshot, event, noCalendar);
    if (result.kind === 'refused') throw new Error(`${event.type} of ${event.occurredAt} would be refused: ${result.refusals.map((refusal) => refusal.rule).join(', ')}.`);
    snapshot = result.snapshot;
  }
  if (!snapshot) throw new Error('A history has at least one event.');
  return snapshot;
}

/** "rectifying.planning": the state value as rows hold it. Parallel regions are joined by "+". */
export function stagePath(value: StateValue): string {
  if (typeof value === 'string') return value;
  return Object.entries(value).map(([state, below]) => (below === undefined || (typeof below === 'object' && Object.keys(below).length === 0) ? state : `${state}.${stagePath(below)}`)).join('+');
}

/** Who and state come first; then each field once, its own fault before the rule about it. */
function withFields(reasons: readonly Refusal[], definition: EventDefinition, data: WorkflowEvent['data']): readonly Refusal[] {
  if (reasons.some((reason) => reason.kind !== 'input')) return reasons.filter((reason) => reason.kind !== 'input');
  const wrong = dataErrors(definition, data);
  if (wrong.length === 0) return reasons;
  return [...wrong, ...reasons.filter((reason) => !wrong.some((each) => each.field === reason.field))];
}

const noCalendar: Calendar = Object.freeze({ years: [], days: {} });

function restored(definition: WorkflowDefinition, snapshot: Snapshot | null): AnyMachineSnapshot {
  if (!snapshot) return initialTransition(definition.machine)[0];
  // resolveState throws at once on a state that this version does not know; createActor would fail late.
  return definition.machine.resolveState({ value: snapshot.value, context: snapshot.context });
}

function contextOf(snapshot: AnyMachineSnapshot): FindingContext {
  const context: FindingContext = snapshot.context;
  return context;
}

/** The record of the past brings its own dates; only a new event is reckoned. */
function dated(definition: WorkflowDefinition, context: FindingContext, event: WorkflowEvent, calendar: Calendar): WorkflowEvent {
  if (calendar === noCalendar) return event;
  const dates = definition.reckon(context, event, calendar);
  return dates === event.dates ? event : { ...event, dates };
}

function candidatesFor(snapshot: AnyMachineSnapshot, type: string): readonly Conditions[] {
  return getNextTransitions(snapshot).filter((each) => each.eventType === type).map(conditionsOf);
}

function transitionsByEvent(snapshot: AnyMachineSnapshot): ReadonlyMap<string, readonly Conditions[]> {
  const byEvent = new Map<string, Conditions[]>();
  for (const each of getNextTransitions(snapshot)) {
    const known = byEvent.get(each.eventType);
    if (known) known.push(conditionsOf(each));
    else byEvent.set(each.eventType, [conditionsOf(each)]);
  }
  return byEvent;
}

const conditionsByTransition = new WeakMap<AnyTransitionDefinition, Conditions>();

/** The conditions of a transition, which check() has found to be there; looked up once, since they never change. */
export function conditionsOf(transitionDefinition: AnyTransitionDefinition): Conditions {
  const known = conditionsByTransition.get(transitionDefinition);
  if (known) return known;
  const guard: unknown = transitionDefinition.guard;
  const params: unknown = typeof guard === 'object' && guard !== null ? Reflect.get(guard, 'params') : null;
  if (!areConditions(params)) throw new Error(`A transition on ${transitionDefinition.eventType} does not use the one guard "allowed" with its conditions.`);
  conditionsByTransition.set(transitionDefinition, params);
  return params;
}

function areConditions(params: unknown): params is Conditions {
  return typeof params === 'object' && params !== null && ['when', 'by', 'never', 'rules'].every((name) => Array.isArray(Reflect.get(params, name)));
}

/** The first transition that applies and is allowed; else why the nearest one is not. Null when the stage does not know the event. */
function choose(definition: WorkflowDefinition, candidates: readonly Conditions[], context: FindingContext, event: MachineEvent): { readonly taken: Conditions | null; readonly reasons: readonly Refusal[] } | null {
  const possible = candidates.filter((conditions) => mayApply(definition, conditions, context, event));
  if (possible.length === 0) return null;
  const applying = possible.filter((conditions) => applies(conditions, definition.rules, context, event));
  const answers = (applying.length > 0 ? applying : possible).map((conditions) => ({ taken: conditions, reasons: standingInTheWay(conditions, definition.rules, context, event) }));
  const best = answers.reduce((one, other) => (nearer(other.reasons, one.reasons) ? other : one));
  return best.reasons.length > 0 || applying.length === 0 ? { taken: null, reasons: best.reasons } : best;
}

/** Leaving out what is still to be typed: could this transition be the one? */
function mayApply(definition: WorkflowDefinition, conditions: Conditions, context: FindingContext, event: MachineEvent): boolean {
  const known = conditions.when.filter((name) => definition.rules[ruleName(name)]?.kind !== 'input');
  return applies({ ...conditions, when: known }, definition.rules, context, event);
}

function nearer(one: readonly Refusal[], other: readonly Refusal[]): boolean {
  const weight = (refusals: readonly Refusal[]): number => refusals.length + (refusals.some((refusal) => refusal.kind === 'who') ? 1000 : 0);
  return weight(one) < weight(other);
}

function bestRefusals(definition: WorkflowDefinition, transitions: readonly Conditions[], context: FindingContext, event: MachineEvent): readonly Refusal[] {
  const possible = transitions.filter((conditions) => mayApply(definition, conditions, context, event));
  if (possible.length === 0) return [notInThisStage(event.type, event.from)];
  return possible
    .map((conditions) => standingInTheWay(conditions, definition.rules, context, event).filter((refusal) => refusal.kind !== 'input'))
    .reduce((one, other) => (nearer(other, one) ? other : one));
}

function refused(because: RuleKind | 'unknown', refusals: readonly Refusal[]): StepResult {
  return { kind: 'refused', because, refusals };
}

function kindOf(refusals: readonly Refusal[]): RuleKind {
  if (refusals.some((refusal) => refusal.kind === 'who')) return 'who';
  return refusals.some((refusal) => refusal.kind === 'state') ? 'state' : 'input';
}

function notInThisStage(event: string, from: string): Refusal {
  return { rule: 'notInThisStage', kind: 'state', params: { event, state: from }, field: null };
}

function moved(definition: WorkflowDefinition, before: AnyMachineSnapshot, machineEvent: MachineEvent, event: WorkflowEvent, from: string | null): StepResult {
  const [after] = transition(definition.machine, before, machineEvent);
  // Every transition runs an action, so the context is a new object: the same one means that XState took none.
  if (after.context === before.context) throw new Error(`${event.type} from ${machineEvent.from}: the rules allow what the machine does not take.`);
  const context = contextOf(after);
  const to = stagePath(after.value);
  return { kind: 'moved', snapshot: { value: after.value, context }, from, to, event, effects: effectsOf(contextOf(before), context, machineEvent.from, to, definition) };
}

/** What follows for other findings: new parts, and the parent of a part that opens or closes. */
function effectsOf(before: FindingContext, after: FindingContext, from: string, to: string, definition: WorkflowDefinition): readonly Effect[] {
  const added = after.parts.slice(before.parts.length).map((part) => ({ type: 'createPart', number: part.number, unitId: part.unitId }) as const);
  const opened = isOpen(from, definition);
  const open = isOpen(to, definition);
  const told = after.parent !== null && from !== 'new' && opened !== open ? [{ type: 'tellParent', parent: after.parent, part: after.number, open } as const] : [];
  return added.length + told.length === 0 ? noEffects : [...added, ...told];
}

const noEffects: readonly Effect[] = Object.freeze([]);

function isOpen(path: string, definition: WorkflowDefinition): boolean {
  return !['closed', 'unfounded', 'merged', 'transferred', 'withdrawn'].includes(definition.stageOf(path));
}

function ruleName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(0, colon);
}
