import type { DiagramView } from '../../views/pages/workflow.js';
import type { WorkflowDefinition } from '../../workflows/definition.js';
import { isTravelled } from '../../workflows/diagram.js';
import type { Words } from '../words.js';

/** A way that was gone: an event from one state to another. */
export interface Went {
  readonly event: string;
  readonly from: string;
  readonly to: string;
}

/** The workflow's picture with the present state and the way travelled marked; nothing is marked for a workflow as such. Pure. */
export function diagramView(definition: WorkflowDefinition, here: string | null, way: readonly Went[], t: Words): DiagramView {
  const { layout } = definition;
  const been = new Set(way.flatMap((went) => [went.from, went.to]));
  return {
    label: t('workflow.picture'), box: `0 0 ${layout.width} ${layout.height}`,
    groups: layout.groups.map((group) => ({ x: group.x, y: group.y, w: group.w, h: group.h, label: t(group.path === 'ended' ? 'workflow.ended' : `stage.${group.path}`), labelX: group.x + 10, labelY: group.y + 20 })),
    nodes: layout.nodes.map((node) => ({ x: node.x, y: node.y, w: node.w, h: node.h, cx: node.x + node.w / 2, cy: node.y + node.h / 2, label: t(`state.${node.path}`), tone: node.path === here ? 'here' : been.has(node.path) ? 'been' : 'plain' })),
    edges: layout.edges.map((edge) => ({
      path: edge.points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' '),
      tone: way.some((went) => isTravelled(edge, went.event, went.from, went.to)) ? 'been' : 'plain',
      lines: linesOf(edge.label, edge.events.map((event) => t(`event.${event}`))),
    })),
  };
}

const lineHeight = 14;

function linesOf(at: readonly [number, number] | null, texts: readonly string[]): DiagramView['edges'][number]['lines'] {
  if (!at) return [];
  const top = at[1] - ((texts.length - 1) * lineHeight) / 2;
  return texts.map((text, index) => ({ text, x: at[0], y: top + index * lineHeight }));
}
