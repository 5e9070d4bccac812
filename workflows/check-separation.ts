import type { Fault } from './check.js';
import { stageAt } from './check-ways.js';
import type { Separation, WorkflowDefinition } from './definition.js';
import type { Edge, graphOf } from './graph.js';

/** What one watched person has done of a separation's duties: ever, and in this cycle, one bit a duty. */
interface Watched {
  readonly state: string;
  readonly ever: number;
  readonly now: number;
  readonly way: readonly string[];
}

/**
 * Follows one person who may hold any post at any moment through every state: at each transition either they act or somebody else
 * does, and each rule is counted both true and false. A fault names the first way on which they combine what is forbidden.
 */
export function separationFaults(definition: WorkflowDefinition, graph: ReturnType<typeof graphOf>): { readonly faults: readonly Fault[]; readonly explored: number } {
  const outgoing = new Map(graph.states.map((state) => [state, graph.edges.filter((edge) => edge.from === state)]));
  const answers = definition.separations.map((separation) => followed(separation, graph.begins, outgoing, definition));
  return { faults: answers.flatMap((each) => each.faults), explored: answers.reduce((sum, each) => sum + each.explored, 0) };
}

function followed(separation: Separation, begins: string, outgoing: ReadonlyMap<string, readonly Edge[]>, definition: WorkflowDefinition): { readonly faults: readonly Fault[]; readonly explored: number } {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  const waiting: Watched[] = [];
  const follow = (at: Watched, edge: Edge, mark: number, leavesClosed: boolean): void => {
    const ever = at.ever | mark;
    // Leaving "closed" begins the next cycle.
    const now = leavesClosed && at.state !== edge.to ? 0 : at.now | mark;
    const key = `${edge.to} ${ever} ${now}`;
    if (seen.has(key)) return;
    seen.add(key);
    waiting.push({ state: edge.to, ever, now, way: [...at.way, edge.event] });
  };
  seen.add(`${begins} 0 0`);
  waiting.push({ state: begins, ever: 0, now: 0, way: [] });
  // It grows while it is walked: each place once, by the shortest way.
  for (const at of waiting) {
    const leavesClosed = stageAt(definition, at.state) === 'closed';
    for (const edge of outgoing.get(at.state) ?? []) {
      follow(at, edge, 0, leavesClosed);
      if (!mayAct(edge) || isExcluded(edge, separation, at)) continue;
      const breaks = broken(edge, separation, at);
      if (breaks) faults.push(breaks);
      else follow(at, edge, bit(separation, edge.conditions?.duty ?? ''), leavesClosed);
    }
  }
  return { faults: firstOfEach(faults), explored: seen.size };
}

function mayAct({ conditions }: Edge): boolean {
  return conditions?.by.some((post) => !post.startsWith('system:')) ?? false;
}

function bit(separation: Separation, duty: string): number {
  const index = separation.done.findIndex((each) => each === duty);
  return index < 0 ? 0 : 1 << index;
}

function isExcluded({ conditions }: Edge, separation: Separation, at: Watched): boolean {
  return (conditions?.never ?? []).some((never) => {
    if (never === 'belongs') return false;
    const [duty = '', within] = never.split(':');
    return (bit(separation, duty) & (within === 'any' ? at.ever : at.now)) !== 0;
  });
}

/** They act, nothing excludes them, and the separation forbids it. */
function broken({ event, from, conditions }: Edge, separation: Separation, at: Watched): Fault | null {
  const forbidden = separation.events.includes(event) || separation.duties.some((duty) => duty === conditions?.duty);
  if (!forbidden) return null;
  const params = { event, state: from, way: [...at.way, event].join(' ') };
  if ((separation.within === 'any' ? at.ever : at.now) !== 0) return { fault: `separation.${separation.name}`, params };
  return separation.belonging && !conditions?.never.includes('belongs') ? { fault: `separation.${separation.name}.belongs`, params: { ...params, way: event } } : null;
}

/** One way is enough to show each place where it goes wrong. */
function firstOfEach(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter((each, index) => faults.findIndex((other) => other.fault === each.fault && other.params['event'] === each.params['event'] && other.params['state'] === each.params['state']) === index);
}
