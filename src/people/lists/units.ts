import type { Refusal } from '../../../workflows/types.js';
import type { Unit, UnitTree } from '../../organisation/tree.js';
import { unitsMeant } from '../../organisation/unit-names.js';
import type { AdministrationScope } from '../scope.js';

/** Names of units that are told for a name that several have. */
const mostNamed = 4;

/**
 * Finds the unit of a row by any of its names; each name is looked for once. Where several have it, the one within the administrator's reach is meant; else what stands in the way:
 * nobody has it, several have, or it lies outside.
 */
export function unitReader(tree: UnitTree, scope: AdministrationScope): (name: string) => Unit | Refusal {
  const known = new Map<string, Unit | Refusal>();
  return (name) => {
    const found = known.get(name) ?? unitOrFault(name, tree, scope);
    known.set(name, found);
    return found;
  };
}

function unitOrFault(name: string, tree: UnitTree, { whole, unitIds }: AdministrationScope): Unit | Refusal {
  if (name === '') return fault('noUnit', {});
  const [unit, second, ...more] = unitsMeant(tree, name, ({ id }) => whole || unitIds.has(id), 'whole');
  if (unit && second) return fault('unitAmbiguous', { unit: name, units: [unit, second, ...more].slice(0, mostNamed).map((each) => each.name).join('、') });
  if (unit) return unit;
  return fault(!whole && unitsMeant(tree, name, () => true, 'whole').length > 0 ? 'unitOutside' : 'unitUnknown', { unit: name });
}

function fault(rule: string, params: Refusal['params']): Refusal {
  return { rule: `people.list.${rule}`, kind: 'input', params, field: 'unit' };
}

export function isUnit(found: Unit | Refusal): found is Unit {
  return 'path' in found;
}
