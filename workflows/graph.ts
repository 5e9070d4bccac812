import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { conditionsOf, type Conditions } from './guard.js';

/** A transition as an arrow between two leaf states; `declaredBy` is the state that declares it for all its children. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly declaredBy: string;
  readonly event: string;
  /** null where the transition does not use the one guard. */
  readonly conditions: Conditions | null;
  /** the duty that its action marks; undefined where it records nothing at all. */
  readonly recorded: string | null | undefined;
}

/** A chart as leaf states and arrows, in document order. */
export function graphOf(machine: AnyStateMachine): { readonly begins: string; readonly states: readonly string[]; readonly edges: readonly Edge[] } {
  const leaves = leavesOf(machine.root);
  return { begins: pathOf(entered(machine.root)), states: leaves.map(pathOf), edges: leaves.flatMap(edgesFrom) };
}

function leavesOf(node: AnyStateNode): readonly AnyStateNode[] {
  const below = Object.values(node.states);
  return below.length === 0 ? [node] : below.flatMap(leavesOf);
}

function edgesFrom(leaf: AnyStateNode): readonly Edge[] {
  return lineage(leaf).flatMap((node) => [...node.transitions.values()].flat().map((transition) => edge(leaf, node, transition)));
}

function lineage(node: AnyStateNode): readonly AnyStateNode[] {
  return node.parent ? [node, ...lineage(node.parent)] : [node];
}

function edge(leaf: AnyStateNode, declaring: AnyStateNode, transition: AnyTransitionDefinition): Edge {
  const target: AnyStateNode | undefined = transition.target?.[0];
  return {
    from: pathOf(leaf), to: pathOf(target ? entered(target) : leaf), declaredBy: pathOf(declaring), event: transition.eventType,
    conditions: guarded(transition), recorded: recordedBy(transition),
  };
}

/** The leaf that is entered when a state is. */
function entered(node: AnyStateNode): AnyStateNode {
  const first: AnyStateNode | undefined = Object.keys(node.states).length === 0 ? undefined : node.initial.target[0];
  return first ? entered(first) : node;
}

function guarded(transition: AnyTransitionDefinition): Conditions | null {
  try {
    return conditionsOf(transition);
  } catch {
    return null;
  }
}

function recordedBy(transition: AnyTransitionDefinition): string | null | undefined {
  const action: unknown = transition.actions.find((each: unknown) => typeof each === 'object' && each !== null && Reflect.get(each, 'type') === 'record');
  const params: unknown = typeof action === 'object' && action !== null ? Reflect.get(action, 'params') : undefined;
  const duty: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, 'duty') : undefined;
  return typeof duty === 'string' || duty === null ? duty : undefined;
}

function pathOf(node: AnyStateNode): string {
  return node.path.join('.');
}
