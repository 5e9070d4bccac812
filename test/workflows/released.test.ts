import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keyOf } from '../../workflows/definition.js';
import { diagramOf } from '../../workflows/diagram.js';
import { allDefinitions, current, definitionOf } from '../../workflows/registry.js';
import { sha256 } from './cast.js';

const released: Readonly<Record<string, string>> = JSON.parse(readFileSync('workflows/released.json', 'utf8'));

it.each(allDefinitions)('the folder of $name@$version is what was released', (definition) => {
  // A history replays years later only if its version stands still: change a released one by adding the next version beside it.
  expect(hashOf(`workflows/${definition.name}/${definition.version}`)).toBe(released[keyOf(definition)]);
});

it('every released version is still here, and no other', () => {
  expect(Object.keys(released)).toEqual(allDefinitions.map(keyOf));
  expect(() => definitionOf('rectification@99')).toThrow('rectification@99');
});

it('the diagram was laid out for this chart: every state and every arrow has its place', () => {
  const { nodes, edges } = diagramOf(current);
  expect(current.layout.nodes.map(({ path, group }) => ({ path, group }))).toEqual(nodes);
  expect(current.layout.edges.map(({ from, to, events }) => ({ from, to, events }))).toEqual(edges);
  expect(current.layout.edges.every((edge) => edge.points.length >= 2 && edge.points.every(([x, y]) => x >= -1 && y >= -1 && x <= current.layout.width + 1 && y <= current.layout.height + 1))).toBe(true);
});

/** Over what decides; where the diagram draws it is not frozen. */
function hashOf(folder: string): string {
  const files = readdirSync(folder).filter((name) => name !== 'layout.ts').sort();
  return sha256(files.map((name) => `${name}\n${readFileSync(join(folder, name), 'utf8')}`).join('\n'));
}
