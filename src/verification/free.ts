import { setImmediate } from 'node:timers/promises';
import { excludedFrom } from '../../workflows/availability.js';
import { definitionOf } from '../../workflows/registry.js';
import type { Person } from '../context.js';
import { actorsOf } from '../findings/actors.js';
import type { Loaded } from '../findings/queries.js';
import type { UnitTree } from '../organisation/tree.js';

/** Who of these people may verify each finding: their post reaches it, and nothing that they did or where they belong keeps them from it. Asked of the workflow. */
export async function freeFor(people: readonly Person[], rows: readonly Loaded[], tree: UnitTree): Promise<ReadonlyMap<string, readonly Person[]>> {
  const free = new Map<string, readonly Person[]>();
  for (const [index, row] of rows.entries()) {
    // A hundred rows and ten inspectors take a tenth of a second: other people's pages come in between.
    if (index % 20 === 19) await setImmediate();
    free.set(row.row.number, people.filter((person) => isFree(person, row, tree)));
  }
  return free;
}

function isFree(person: Person, { row, snapshot: { context } }: Loaded, tree: UnitTree): boolean {
  const definition = definitionOf(row.workflow);
  return actorsOf(person, context, tree).some((actor) => actor.role === 'inspector' && excludedFrom(definition, context, 'PASS', actor).length === 0);
}
