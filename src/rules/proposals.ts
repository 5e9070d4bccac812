import type { EventDefinition } from '../../workflows/event.js';
import type { House } from '../context.js';
import type { Loaded } from '../findings/queries.js';
import { hashOf } from '../ledger/hash.js';
import { filledBy, ruleFor, rulesOf } from './suggest.js';

/** What the office's rules propose for rows: of which unit, and what they would fill in. */
export type Suggested = ReadonlyMap<string, { readonly unitId: number; readonly data: Readonly<Record<string, unknown>> }>;

/** Asks the rules of the host office about each row that is to be given to a unit. */
export async function suggestedFor(house: House, definition: EventDefinition, loaded: ReadonlyMap<string, Loaded>): Promise<Suggested> {
  const [first] = loaded.values();
  if (!first || !definition.fields.some(({ name }) => name === 'checkUnitId' || name === 'leadUnitId')) return new Map();
  const tree = await house.tree();
  const rules = await rulesOf(house.db.reader, first.row.hostOfficeId);
  return new Map([...loaded].flatMap(([number, { row }]) => {
    const rule = row.hostOfficeId === first.row.hostOfficeId ? ruleFor(rules, { categoryId: row.categoryId, unitId: row.leadUnitId }, tree) : null;
    return rule ? [[number, { unitId: rule.unitId, data: filledBy(rule, house.clock.today()) }] as const] : [];
  }));
}

/** The rules by which an office's rows are proposed to units, in a few letters. */
export async function rulesDigest(house: House, officeId: number): Promise<string> {
  return hashOf([JSON.stringify(await rulesOf(house.db.reader, officeId))]).slice(0, 22);
}
