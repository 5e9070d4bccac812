import type { AnyStateMachine } from 'xstate';
import type { WorkflowDefinition } from './definition.js';
import { graphOf, type Edge } from './graph.js';

/** The chart as a picture shows it: states in groups, and one arrow between two of them for all their events. */
export interface Diagram {
  readonly nodes: readonly { readonly path: string; readonly group: string | null }[];
  readonly edges: readonly DiagramEdge[];
}

/** From and to are states or whole groups ("rectifying"; "ended" for the ends beside closure). */
export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  readonly events: readonly string[];
}

/** A diagram laid out once per version; positions in points, y downwards, nodes and groups by their upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly groups: readonly Box[];
  readonly nodes: readonly (Box & { readonly group: string | null })[];
  /** `label` is the middle of the events' names, one below the other; null where the arrow speaks for itself. */
  readonly edges: readonly (DiagramEdge & { readonly points: readonly Point[]; readonly label: Point | null })[];
}
/** In points, from the upper left. */
export type Point = readonly [x: number, y: number];
/** A rectangle by its upper left corner. */
export interface Box {
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** The chart without what stays where it is and without adoption, which leads everywhere: arrows of a whole stage are drawn once. */
export function diagramOf({ machine, adoption }: Pick<WorkflowDefinition, 'machine' | 'adoption'>): Diagram {
  const { begins, states, edges } = graphOf(machine);
  const moving = edges.filter((edge) => edge.from !== edge.to && edge.event !== adoption && !isWithinItself(edge));
  const group = (path: string): string | null => groupOf(machine, path, begins);
  const drawn = new Map<string, { from: string; to: string; events: Set<string> }>();
  for (const edge of moving) {
    const from = edge.declaredBy;
    const to = headOf(edge, moving, group);
    const known = drawn.get(`${from} ${to}`) ?? { from, to, events: new Set() };
    drawn.set(`${from} ${to}`, { ...known, events: known.events.add(edge.event) });
  }
  return { nodes: states.map((path) => ({ path, group: group(path) })), edges: [...drawn.values()].map(({ from, to, events }) => ({ from, to, events: [...events] })) };
}

/** Was this arrow travelled by an event that went from one state to another? */
export function isTravelled(edge: DiagramEdge, event: string, from: string, to: string): boolean {
  return edge.events.includes(event) && isAt(edge.from, from) && isAt(edge.to, to);
}

/** The group of the ends beside closure. */
export const ended = 'ended';

function isAt(place: string, path: string): boolean {
  return place === path || path.startsWith(`${place}.`) || (place === ended && !path.includes('.'));
}

function groupOf(machine: AnyStateMachine, path: string, begins: string): string | null {
  const dot = path.indexOf('.');
  if (dot >= 0) return path.slice(0, dot);
  return path !== begins && machine.root.states[path]?.type === 'final' ? ended : null;
}

/** An event that leads to three or more states of a group, or a stage that leads to three ends, has one arrow to the whole group. */
function headOf(edge: Edge, all: readonly Edge[], group: (path: string) => string | null): string {
  const whole = group(edge.to);
  if (whole === null) return edge.to;
  const alike = all.filter((each) => each.declaredBy === edge.declaredBy && group(each.to) === whole && (whole === ended || each.event === edge.event));
  return new Set(alike.map((each) => each.to)).size >= 2 && group(edge.from) !== whole ? whole : edge.to;
}

/** A stage's own event that ends where one of its children stands already is drawn for the others. */
function isWithinItself(edge: Edge): boolean {
  return edge.declaredBy === edge.to;
}
