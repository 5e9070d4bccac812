/**
 * Lays a workflow version out once, by Graphviz, and writes workflows/<name>/<version>/layout.ts.
 * Run it after a transition was added: npx tsx scripts/layout-workflow.ts
 */
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { readFileSync, writeFileSync } from 'node:fs';
import { diagramOf, ended, type Diagram, type Layout, type Point } from '../workflows/diagram.js';
import { current } from '../workflows/registry.js';

interface Laid {
  readonly bb: string;
  readonly objects: readonly { readonly _gvid: number; readonly name: string; readonly pos?: string; readonly bb?: string; readonly width?: string; readonly height?: string }[];
  readonly edges: readonly { readonly pos: string; readonly lp?: string; readonly index: string }[];
}

const words: readonly Record<string, string>[] = ['zh-CN', 'en'].map((language) => JSON.parse(readFileSync(`views/locales/${language}/workflow.json`, 'utf8')));
const diagram = diagramOf(current);
const graphviz = await Graphviz.load();
const laid: Laid = JSON.parse(graphviz.layout(dotOf(diagram), 'json', 'dot'));
const target = `workflows/${current.name}/${current.version}/layout.ts`;
writeFileSync(target, source(layoutFrom(laid, diagram)));
process.stdout.write(`${target}: ${laid.bb}\n`);

function dotOf({ nodes, edges }: Diagram): string {
  const groups = [...new Set(nodes.flatMap((node) => node.group ?? []))];
  return [
    'digraph { compound=true; rankdir=TB; splines=polyline; nodesep=0.35; ranksep=0.5; node [shape=box fixedsize=true height=0.5]; edge [fontsize=11];',
    ...groups.map((group) => `subgraph "cluster_${group}" { margin=16; label=" "; ${nodes.filter((node) => node.group === group).map((node) => dotNode(node.path)).join(' ')} }`),
    ...nodes.filter((node) => node.group === null).map((node) => dotNode(node.path)),
    ...edges.map((edge, index) => dotEdge(edge, index, nodes)),
    '}',
  ].join('\n');
}

function dotNode(path: string): string {
  return `"${path}" [width=${(0.35 + widest(`state.${path}`) * 0.085).toFixed(2)} label=""];`;
}

/** Graphviz clips an arrow at a group when it is drawn to a node of it. */
function dotEdge({ from, to, events }: Diagram['edges'][number], index: number, nodes: Diagram['nodes']): string {
  const inside = (place: string): string => (nodes.some((node) => node.path === place) ? place : middleOf(nodes.filter((node) => node.group === place)));
  const clip = [nodes.some((node) => node.path === from) ? '' : `ltail="cluster_${from}"`, nodes.some((node) => node.path === to) ? '' : `lhead="cluster_${to}"`];
  const label = to === ended ? '' : `label="${events.map((event) => 'M'.repeat(Math.ceil(widest(`event.${event}`) * 0.62))).join('\\n')}"`;
  const weight = ['ASSIGN', 'ACCEPT', 'SUBMIT_PLAN', 'SIGN_PLAN', 'APPROVE_PLAN', 'CLAIM', 'SIGN_CLAIM', 'PASS', 'CLOSE'].some((event) => events.includes(event)) ? 'weight=8' : 'weight=1';
  if (isBack({ from, to }, nodes)) return `"${inside(to)}" -> "${inside(from)}" [index="${index}" dir=back ${clip.join(' ').replace('ltail', 'LHEAD').replace('lhead', 'ltail').replace('LHEAD', 'lhead')} ${label} ${weight}];`;
  return `"${inside(from)}" -> "${inside(to)}" [index="${index}" ${clip.join(' ')} ${label} ${weight}];`;
}

/** Drawn from its end to its beginning, so that the life of a finding runs downwards. */
function isBack({ from, to }: Pick<Diagram['edges'][number], 'from' | 'to'>, nodes: Diagram['nodes']): boolean {
  const at = (place: string): number => nodes.findIndex((node) => node.path === place || node.group === place);
  return at(to) < at(from);
}

function middleOf(nodes: Diagram['nodes']): string {
  return nodes[Math.floor((nodes.length - 1) / 2)]?.path ?? '';
}

/** Latin letters; a Chinese character is as wide as two. */
function widest(key: string): number {
  return Math.max(...words.map((language) => [...(language[key] ?? key)].reduce((width, letter) => width + (letter > '\u2e80' ? 2 : 1), 0)));
}

function layoutFrom({ bb, objects, edges }: Laid, { nodes, edges: drawn }: Diagram): Layout {
  const [, , width = 0, height = 0] = bb.split(',').map(Number);
  const box = (path: string, x: number, y: number, w: number, h: number) => ({ path, x: round(x), y: round(y), w: round(w), h: round(h) });
  return {
    width: round(width), height: round(height),
    groups: objects.filter((each) => each.name.startsWith('cluster_')).map(({ name, bb: corners = '' }) => {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = corners.split(',').map(Number);
      return box(name.slice('cluster_'.length), x1, height - y2, x2 - x1, y2 - y1);
    }),
    nodes: nodes.map(({ path, group }) => {
      const found = objects.find((each) => each.name === path);
      const [x = 0, y = 0] = (found?.pos ?? '').split(',').map(Number);
      const [w, h] = [Number(found?.width) * 72, Number(found?.height) * 72];
      return { ...box(path, x - w / 2, height - y - h / 2, w, h), group };
    }),
    edges: drawn.map((edge, index) => {
      const found = edges.find((each) => Number(each.index) === index);
      const at = (pair: string): Point => { const [x = 0, y = 0] = pair.split(',').map(Number); return [round(x), round(height - y)]; };
      return { ...edge, points: vertices(found?.pos ?? '', at), label: found?.lp ? at(found.lp) : null };
    }),
  };
}

/** "e,x,y p0 p1 …": a polyline's corners are every third control point; the arrow's tip comes first and belongs last. */
function vertices(pos: string, at: (pair: string) => Point): readonly Point[] {
  const pieces = pos.split(' ');
  const [end, start] = ['e,', 's,'].map((mark) => pieces.find((piece) => piece.startsWith(mark)));
  const corners = pieces.filter((piece) => !/^[es],/u.test(piece)).filter((_, index) => index % 3 === 0).map(at);
  if (start) return [...corners.toReversed(), at(start.slice(2))];
  return end ? [...corners, at(end.slice(2))] : corners;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function source(layout: Layout): string {
  const rows = (name: 'groups' | 'nodes' | 'edges'): string => `  ${name}: [\n${layout[name].map((each) => `    ${JSON.stringify(each)},`).join('\n')}\n  ],`;
  return [
    "import type { Layout } from '../../diagram.js';", '',
    '/** Where the diagram draws each state and arrow. Written by scripts/layout-workflow.ts; a test says when it is to be run again. */',
    'export const layout: Layout = {', `  width: ${layout.width}, height: ${layout.height},`, rows('groups'), rows('nodes'), rows('edges'), '};', '',
  ].join('\n');
}
