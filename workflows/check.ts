import { keyOf, type WorkflowDefinition } from './definition.js';
import { verificationFaults, wayFaults } from './check-ways.js';
import { separationFaults } from './check-separation.js';
import { graphOf, type Edge } from './graph.js';
import { nameOf } from './guard.js';

/** What is wrong with a definition: locale key `check.<fault>`, with what its sentence names (events and states by their keys). */
export interface Fault {
  readonly fault: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Faults {
  readonly kind: 'faulty';
  readonly workflow: string;
  readonly faults: readonly Fault[];
}

/** What is proven of a definition; `shortest` is only "may reach": each rule was counted both true and false. */
export interface Certificate {
  readonly kind: 'sound';
  readonly workflow: string;
  readonly states: number;
  readonly transitions: number;
  /** how many pairs of state and marks of the watched person were explored. */
  readonly explored: number;
  readonly separations: readonly string[];
  readonly rules: number;
  /** for each state that is no end: the fewest events in which it may come to closure. */
  readonly shortest: readonly { readonly state: string; readonly way: readonly string[] }[];
}

/**
 * Proves a definition sound before it is used: every state is reached, may reach an end and has somebody who can act; nobody
 * combines what the separations forbid, whatever post they hold at any moment; nothing closes unverified but by adoption.
 * Pure; takes about 10 ms. A faulty definition is answered with every fault that was found, not only the first.
 * A chart that names a state that is not there does not come this far: XState refuses to make it.
 */
export function check(definition: WorkflowDefinition): Certificate | Faults {
  const workflow = keyOf(definition);
  const graph = graphOf(definition.machine);
  const ways = wayFaults(definition, graph);
  const separated = separationFaults(definition, graph);
  const faults = distinct([...eventFaults(definition, graph.edges), ...edgeFaults(definition, graph.edges), ...ways.faults, ...verificationFaults(definition, graph), ...separated.faults]);
  if (faults.length > 0) return { kind: 'faulty', workflow, faults };
  return {
    kind: 'sound', workflow, states: graph.states.length, transitions: graph.edges.length, explored: separated.explored,
    separations: definition.separations.map((each) => each.name), rules: Object.keys(definition.rules).length, shortest: ways.shortest,
  };
}

/** Events without a definition, definitions without a transition, and two events that would answer at one address. */
function eventFaults({ events }: WorkflowDefinition, edges: readonly Edge[]): readonly Fault[] {
  const used = new Set(edges.map((edge) => edge.event));
  const resources = Object.values(events).filter((each) => each.resource !== null);
  return [
    ...[...used].filter((event) => !events[event]).map((event) => ({ fault: 'unknownEvent', params: { event } })),
    ...Object.keys(events).filter((event) => !used.has(event)).map((event) => ({ fault: 'unusedEvent', params: { event } })),
    ...resources.filter((each, index) => resources.findIndex((other) => other.resource === each.resource) < index).map((each) => ({ fault: 'sameResource', params: { event: each.type, resource: each.resource ?? '' } })),
  ];
}

function edgeFaults(definition: WorkflowDefinition, edges: readonly Edge[]): readonly Fault[] {
  return edges.flatMap((edge) => {
    const at = { event: edge.event, state: edge.declaredBy };
    const { conditions } = edge;
    if (!conditions) return [{ fault: 'noGuard', params: at }];
    return [
      ...conditions.never.filter((never) => never !== 'belongs' && !edges.some((each) => each.recorded === never.split(':', 1)[0])).map((never) => ({ fault: 'unknownDuty', params: { ...at, duty: never.split(':', 1)[0] ?? '' } })),
      ...(conditions.by.length === 0 ? [{ fault: 'byNobody', params: at }] : []),
      ...(edge.recorded === undefined ? [{ fault: 'notRecorded', params: at }] : []),
      ...(edge.recorded !== undefined && edge.recorded !== conditions.duty ? [{ fault: 'dutyNotMarked', params: { ...at, duty: conditions.duty ?? '' } }] : []),
      ...roleFaults(definition, edge, at),
      ...ruleFaults(definition, [...conditions.when, ...conditions.rules], at),
    ];
  });
}

function roleFaults({ reserved }: WorkflowDefinition, { conditions }: Edge, at: { readonly event: string; readonly state: string }): readonly Fault[] {
  const roles = (conditions?.by ?? []).map((post) => post.split(':', 1)[0] ?? '');
  const bound = reserved.find((each) => each.duty === conditions?.duty);
  return [
    ...roles.filter((role) => role === 'admin' || role === 'auditor').map((role) => ({ fault: 'mayNotAct', params: { ...at, role } })),
    ...roles.filter((role) => bound && !bound.roles.some((each) => each === role)).map((role) => ({ fault: 'reservedDuty', params: { ...at, role, duty: bound?.duty ?? '' } })),
  ];
}

function ruleFaults({ rules, events }: WorkflowDefinition, names: readonly string[], at: { readonly event: string; readonly state: string }): readonly Fault[] {
  return names.flatMap((name) => {
    const rule = rules[nameOf(name)];
    if (!rule) return [{ fault: 'unknownRule', params: { ...at, rule: name } }];
    const fields = events[at.event]?.fields ?? [];
    if (rule.field && !fields.some((field) => field.name === rule.field)) return [{ fault: 'ruleWithoutField', params: { ...at, rule: name, column: rule.field } }];
    return [];
  });
}

function distinct(faults: readonly Fault[]): readonly Fault[] {
  const seen = new Set<string>();
  return faults.filter((each) => {
    const key = JSON.stringify(each);
    return seen.has(key) ? false : seen.add(key);
  });
}
