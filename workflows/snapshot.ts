import { getNextTransitions, initialTransition, type AnyMachineSnapshot, type AnyStateMachine, type AnyStateNode, type AnyTransitionDefinition } from 'xstate';
import { conditionsOf, type Conditions } from './guard.js';
import type { StateValue } from './finding.js';

/** What is kept of a chart between two events, as JSON: for any chart, with parallel regions and history states. */
export interface Persisted {
  readonly value: StateValue;
  readonly context: unknown;
  readonly history?: Readonly<Record<string, readonly string[]>>;
}

/** A place in a chart, looked up once: XState's snapshot there, and the conditions of each event's transitions, nearest state first. */
export interface Place {
  readonly path: string;
  readonly snapshot: AnyMachineSnapshot;
  readonly conditions: ReadonlyMap<string, readonly Conditions[]>;
}

/** "rectifying.planning": the state value as rows hold it. Parallel regions are joined by "+". */
export function stagePath(value: StateValue): string {
  if (typeof value === 'string') return value;
  return Object.entries(value).map(([state, below]) => (below === undefined || isLeaf(below) ? state : `${state}.${stagePath(below)}`)).join('+');
}

/** XState's snapshot as plain JSON; what its history states remember goes along as state ids. */
export function persisted(snapshot: AnyMachineSnapshot): Persisted {
  const remembered = Object.entries(snapshot.historyValue).map(([id, nodes]) => [id, nodes.map((node) => node.id)] as const);
  const kept = { value: snapshot.value, context: snapshot.context };
  return remembered.length === 0 ? kept : { ...kept, history: Object.fromEntries(remembered) };
}

/** The way back. Throws at once on a state that this version of the chart does not know; createActor would fail late. */
export function restored(machine: AnyStateMachine, { value, context, history = {} }: Persisted): AnyMachineSnapshot {
  const historyValue = Object.fromEntries(Object.entries(history).map(([id, ids]) => [id, ids.map((each) => machine.getStateNodeById(each))]));
  return machine.resolveState({ value, context, historyValue });
}

/** The place of a state value, or where the chart begins. Looked up once per chart and path: resolving it each time took 3 µs. */
export function placeOf(machine: AnyStateMachine, value: StateValue | null): Place {
  const path = value === null ? beginning : stagePath(value);
  const known = placesOf(machine).get(path);
  if (known) return known;
  const snapshot = value === null ? initialTransition(machine)[0] : machine.resolveState({ value, context: undefined });
  const place = { path: stagePath(snapshot.value), snapshot, conditions: byEvent(getNextTransitions(snapshot)) };
  placesOf(machine).set(path, place);
  return place;
}

/** Every place a finding can be in, in document order. Charts with parallel regions have no such list. */
export function everyPlace(machine: AnyStateMachine): readonly Place[] {
  return leafValues(machine.root).map((value) => placeOf(machine, value));
}

const beginning = '';
const places = new WeakMap<AnyStateMachine, Map<string, Place>>();

function placesOf(machine: AnyStateMachine): Map<string, Place> {
  const known = places.get(machine);
  if (known) return known;
  const fresh = new Map<string, Place>();
  places.set(machine, fresh);
  return fresh;
}

function leafValues(node: AnyStateNode): readonly StateValue[] {
  return Object.values(node.states).flatMap((state): StateValue[] => {
    const below = leafValues(state);
    return below.length === 0 ? [state.key] : below.map((value) => ({ [state.key]: value }));
  });
}

function byEvent(transitions: readonly AnyTransitionDefinition[]): Place['conditions'] {
  const events = new Map<string, Conditions[]>();
  for (const each of transitions) events.set(each.eventType, [...(events.get(each.eventType) ?? []), conditionsOf(each)]);
  return events;
}

function isLeaf(below: StateValue): boolean {
  return typeof below === 'object' && Object.keys(below).length === 0;
}
