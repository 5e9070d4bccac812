import type { Fault } from './check.js';
import type { WorkflowDefinition } from './definition.js';
import type { Edge, graphOf } from './graph.js';
import type { Stage } from './finding.js';
import { isOpen } from './stages.js';

type Graph = ReturnType<typeof graphOf>;

/** Every state is reached, may reach an end and closure, and has somebody who can move it on. `shortest`: the fewest events to closure from each. */
export function wayFaults(definition: WorkflowDefinition, { begins, states, edges }: Graph): { readonly faults: readonly Fault[]; readonly shortest: readonly { readonly state: string; readonly way: readonly string[] }[] } {
  const reached = reachedFrom(begins, edges);
  const ended = waysTo(states.filter((state) => isEnd(definition, state)), edges);
  const closed = waysTo(states.filter((state) => stageAt(definition, state) === 'closed'), edges.filter((edge) => edge.event !== definition.adoption));
  const open = states.filter((state) => reached.has(state) && !isEnd(definition, state));
  return {
    faults: [
      ...states.filter((state) => !reached.has(state)).map((state) => ({ fault: 'unreachable', params: { state } })),
      ...open.filter((state) => !ended.has(state)).map((state) => ({ fault: 'noWayOut', params: { state } })),
      ...open.filter((state) => ended.has(state) && !closed.has(state)).map((state) => ({ fault: 'neverClosed', params: { state } })),
      ...open.filter((state) => !edges.some((edge) => edge.from === state && edge.to !== state && isHuman(edge))).map((state) => ({ fault: 'nobodyCanAct', params: { state } })),
    ],
    shortest: open.map((state) => ({ state, way: closed.get(state) ?? [] })),
  };
}

/**
 * Nothing is verified or closed without a verification that passed, on any way; sending back, an objection and reopening
 * take it away again. Only adoption may name a finding closed, and never verified.
 */
export function verificationFaults(definition: WorkflowDefinition, { begins, edges }: Graph): readonly Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  const waiting: (readonly [string, boolean])[] = [[begins, false]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [state, passed] = next;
    if (seen.has(`${state} ${passed}`)) continue;
    seen.add(`${state} ${passed}`);
    for (const edge of edges.filter((each) => each.from === state)) {
      const stage = stageAt(definition, edge.to);
      const done = stage === 'verified' || stage === 'closed';
      const adopted = state === begins && edge.event === definition.adoption && stage === 'closed';
      const verified = passed || (edge.conditions?.duty === 'pass' && stage === 'verified');
      if (done && !verified && !adopted) faults.push({ fault: stage === 'closed' ? 'closedUnverified' : 'verifiedUnverified', params: { event: edge.event, state } });
      waiting.push([edge.to, done && (verified || adopted)]);
    }
  }
  return faults;
}

/** The stage of a state; null for the one before the first event, which belongs to none. */
export function stageAt(definition: WorkflowDefinition, state: string): Stage | null {
  try {
    return definition.stageOf(state);
  } catch {
    return null;
  }
}

function isEnd(definition: WorkflowDefinition, state: string): boolean {
  const stage = stageAt(definition, state);
  return stage !== null && !isOpen(stage);
}

function isHuman({ conditions }: Edge): boolean {
  return conditions?.by.some((post) => !post.startsWith('system:')) ?? false;
}

function reachedFrom(begins: string, edges: readonly Edge[]): ReadonlySet<string> {
  const reached = new Set([begins]);
  for (const state of reached) for (const edge of edges) if (edge.from === state) reached.add(edge.to);
  return reached;
}

/** Backwards from the goals, one event at a time. */
function waysTo(goals: readonly string[], edges: readonly Edge[]): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>(goals.map((state) => [state, []]));
  for (let found = true; found;) {
    const fresh = edges.filter((edge) => !ways.has(edge.from) && ways.has(edge.to)).map((edge) => [edge.from, [edge.event, ...(ways.get(edge.to) ?? [])]] as const);
    for (const [state, way] of fresh) if (!ways.has(state)) ways.set(state, way);
    found = fresh.length > 0;
  }
  return ways;
}
