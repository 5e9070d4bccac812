import type { EventDefinition, FieldDefinition } from '../../workflows/event.js';
import type { Refusal } from '../../workflows/types.js';
import { fitsOf } from '../findings/unit-facts.js';
import type { Loaded } from '../findings/queries.js';
import { bodyText } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import { unitsMeant } from '../organisation/unit-names.js';

/** As many are named of those that a part of a name may mean. */
const mostNamed = 6;

/** The unit that an action gives each finding to; undefined where it gives it to none. */
export function unitField({ fields }: EventDefinition): FieldDefinition | undefined {
  return fields.find(({ kind }) => kind === 'unit');
}

/** Fields of words and choices that a row may fill by itself. */
export function wordFields({ fields }: EventDefinition): readonly FieldDefinition[] {
  return fields.filter(({ perRow }) => perRow);
}

/** What a row says for itself, of its unit and in words; and what is wrong with that. */
export function ownTyped(definition: EventDefinition, body: unknown, number: string, row: Loaded | undefined, tree: UnitTree): Own {
  const unit = unitTyped(definition, body, number, row, tree);
  const words = wordFields(definition).map(({ name }) => [name, bodyText(body, `${name}.${number}`)] as const).filter(([, text]) => text !== '');
  return { ...unit, data: { ...unit.data, ...Object.fromEntries(words) } };
}

/** Of a row that says nothing for itself. */
export const nothingOwn: Own = Object.freeze({ data: {}, wrong: [] });

interface Own {
  readonly data: Readonly<Record<string, unknown>>;
  readonly wrong: readonly Refusal[];
}

/** The unit whose name stands in a row, by any of its names; or why that name is none. */
function unitTyped(definition: EventDefinition, body: unknown, number: string, row: Loaded | undefined, tree: UnitTree): Own {
  const field = unitField(definition);
  const name = bodyText(body, `unit.${number}`);
  if (!field || !row || name === '') return { data: {}, wrong: [] };
  const fitting = unitsMeant(tree, name, (unit) => fitsOf(unit, row.snapshot.context, tree).includes(field.fit ?? 'unit'), 'part');
  const [only, other] = fitting.map(({ id }) => id);
  if (only !== undefined && other === undefined) return { data: { [field.name]: only }, wrong: [] };
  const wrong = (rule: string, names: string): Refusal => ({ rule, kind: 'input', params: { name: name.slice(0, 60), names }, field: null });
  if (fitting.length > 1) return { data: {}, wrong: [wrong('bulk.unitAmbiguous', fitting.slice(0, mostNamed).map((unit) => unit.name).join('、'))] };
  return { data: {}, wrong: [wrong(tree.named(name).length > 0 ? 'bulk.unitUnfit' : 'bulk.unitUnknown', '')] };
}
