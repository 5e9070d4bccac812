import type { EventDefinition } from '../../workflows/event.js';
import type { House } from '../context.js';
import type { Loaded } from '../findings/queries.js';
import { hashOf } from '../ledger/hash.js';
import { namedInLists } from './named.js';
import { filledBy, ruleFor, rulesOf } from './suggest.js';

/** What is proposed for a row: which unit, who says so, and what it would fill in. */
export interface Proposal {
  readonly unitId: number;
  readonly by: 'rule' | 'list';
  readonly data: Readonly<Record<string, unknown>>;
}

/** Proposals by the number of the row. */
export type Suggested = ReadonlyMap<string, Proposal>;

/** Asks the rules of the host office about each row that is to be given to a unit, and where none fits the list that it came from; a rule for a region knows the region by that list, too. */
export async function suggestedFor(house: House, definition: EventDefinition, loaded: ReadonlyMap<string, Loaded>): Promise<Suggested> {
  const [first] = loaded.values();
  const field = definition.fields.find(({ name }) => name === 'checkUnitId' || name === 'leadUnitId');
  if (!first || !field) return new Map();
  const tree = await house.tree();
  const rules = await rulesOf(house.db.reader, first.row.hostOfficeId);
  const named = await namedInLists(house.db.reader, field, loaded, tree);
  return new Map([...loaded].flatMap(([number, { row }]): readonly (readonly [string, Proposal])[] => {
    if (row.hostOfficeId !== first.row.hostOfficeId) return [];
    const listed = named.get(number);
    const rule = ruleFor(rules, { categoryId: row.categoryId, unitId: row.leadUnitId ?? listed ?? null }, tree);
    if (rule) return [[number, { unitId: rule.unitId, by: 'rule', data: filledBy(rule, house.clock.today()) }]];
    return listed === undefined ? [] : [[number, { unitId: listed, by: 'list', data: { [field.name]: listed } }]];
  }));
}

/** The rules and the names by which an office's rows are proposed to units, in a few letters. */
export async function rulesDigest(house: House, officeId: number): Promise<string> {
  const tree = await house.tree();
  return hashOf([JSON.stringify([await rulesOf(house.db.reader, officeId), tree.all.map(({ id, disabledOn }) => [id, disabledOn, tree.namesOf(id)])])]).slice(0, 22);
}
