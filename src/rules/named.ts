import type { Reader } from '../../db/database.js';
import type { FieldDefinition } from '../../workflows/event.js';
import { extraOf } from '../findings/extra.js';
import { openColumns } from '../findings/origins.js';
import type { Loaded } from '../findings/queries.js';
import { fitsOf } from '../findings/unit-facts.js';
import { meaningOf } from '../imports/meanings.js';
import type { UnitTree } from '../organisation/tree.js';
import { unitsMeant } from '../organisation/unit-names.js';

/**
 * The unit that the list itself names for a row that has none yet, by number: a column of units or places (责任单位, 涉及县区) that the import kept as it was and that means one unit
 * and no other. Somebody reads what is proposed, so a part of a name is enough.
 */
export async function namedInLists(reader: Reader, { fit = 'unit' }: FieldDefinition, loaded: ReadonlyMap<string, Loaded>, tree: UnitTree): Promise<ReadonlyMap<string, number>> {
  const open = [...loaded].filter(([, { row }]) => row.leadUnitId === null);
  if (open.length === 0) return new Map();
  const columns = await openColumns(reader, open.map(([, { row }]) => row.id));
  // Three hundred rows name a dozen places: each is looked for once.
  const known = new Map<string, number | null>();
  const meant = (cell: string, { snapshot: { context } }: Loaded): number | null => {
    const key = `${context.hostOfficeId} ${cell}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const [only, other] = unitsMeant(tree, cell, (unit) => fitsOf(unit, context, tree).includes(fit), 'part');
    const found = only && !other ? only.id : null;
    known.set(key, found);
    return found;
  };
  return new Map(open.flatMap(([number, row]) => {
    const found = cellsNaming(columns.get(row.row.id)).map((cell) => meant(cell, row)).find((id) => id !== null);
    return found === undefined || found === null ? [] : [[number, found] as const];
  }));
}

/** The texts of columns of units and places, the likeliest first. */
function cellsNaming(extra: string | undefined): readonly string[] {
  return extraOf(extra).flatMap(([header, text]) => {
    const found = meaningOf(header);
    return found && (found.meaning === 'leadUnit' || found.meaning === 'responsibleUnits') ? [{ text, rank: found.rank }] : [];
  }).toSorted((one, other) => one.rank - other.rank).map(({ text }) => text);
}
