import { beforehand, notInThisStage, weight } from './choice.js';
import type { WorkflowDefinition } from './definition.js';
import { mayApply, whoRefusals, type Conditions, type MachineEvent } from './guard.js';
import { everyPlace, placeOf, type Place } from './snapshot.js';
import type { Actor, Role } from './actor.js';
import type { FindingContext, Snapshot } from './finding.js';
import type { Availability, Refusal } from './types.js';

/**
 * What somebody with these posts could do now: who and state rules only, before a form is filled in. Named are the events that
 * this state knows for one of their roles, and the main ones that its neighbours know (so that "apply for closure" stands there,
 * disabled, while the plan is written). The best answer over all posts counts.
 */
export function availability(definition: WorkflowDefinition, snapshot: Snapshot, actors: readonly Actor[], today: string): readonly Availability[] {
  const place = placeOf(definition.machine, snapshot.value);
  const answers = new Map<string, Availability>();
  for (const actor of actors) {
    for (const [type, conditions] of place.conditions) {
      if (!isFor(actor.role, conditions)) continue;
      const event: MachineEvent = { type, data: nothingYet, actor, onBehalf: null, occurredAt: '', today, dates: noDates, from: place.path };
      keepBest(answers, type, beforehand(conditions, definition.rules, snapshot.context, event));
    }
    for (const [type, conditions] of nextDoor(definition, place)) {
      if (isFor(actor.role, conditions) && !answers.has(type)) answers.set(type, { event: type, allowed: false, refusals: [notInThisStage(type, place.path)] });
    }
  }
  return [...answers.values()];
}

/** Could this post ever do it on this finding as it is (who closes it, by its severity and campaign), whatever its stage: post and separation of duties alone. Empty when yes. */
export function excludedFrom(definition: WorkflowDefinition, context: FindingContext, type: string, actor: Actor): readonly Refusal[] {
  const event: MachineEvent = { type, data: nothingYet, actor, onBehalf: null, occurredAt: '', today: '', dates: noDates, from: '' };
  const ways = everyPlace(definition.machine).flatMap((place) => place.conditions.get(type) ?? []);
  const open = ways.filter((conditions) => mayApply(conditions, definition.rules, context, event));
  const answers = (open.length > 0 ? open : ways).map((conditions) => whoRefusals(conditions, context, { actor, onBehalf: null }));
  return answers.length === 0 ? [] : answers.reduce((one, other) => (weight(other) < weight(one) ? other : one));
}

const nothingYet = Object.freeze({});
const noDates = Object.freeze({});

/** Does a transition with these conditions belong to this role, for whatever relation? */
export function isFor(role: Role, conditions: readonly Conditions[]): boolean {
  return conditions.some((each) => each.by.some((post) => post.startsWith(`${role}:`)));
}

function keepBest(answers: Map<string, Availability>, event: string, refusals: readonly Refusal[]): void {
  const known = answers.get(event);
  if (!known || weight(refusals) < weight(known.refusals)) answers.set(event, { event, allowed: refusals.length === 0, refusals });
}

const neighbours = new WeakMap<Place, ReadonlyMap<string, readonly Conditions[]>>();

/** The main events of the other states under the same stage, looked up once. */
function nextDoor(definition: WorkflowDefinition, place: Place): ReadonlyMap<string, readonly Conditions[]> {
  const known = neighbours.get(place);
  if (known) return known;
  const found = new Map<string, readonly Conditions[]>();
  for (const other of everyPlace(definition.machine).filter((each) => stageName(each) === stageName(place))) {
    for (const [type, conditions] of other.conditions) {
      if (definition.events[type]?.weight === 'main' && !place.conditions.has(type)) found.set(type, conditions);
    }
  }
  neighbours.set(place, found);
  return found;
}

function stageName(place: Place): string {
  return place.path.split('.', 1)[0] ?? '';
}
