import type { EventDefinition, FieldDefinition, UnitFit } from '../../workflows/event.js';
import type { FindingContext } from '../../workflows/finding.js';
import type { Refusal } from '../../workflows/types.js';
import { fitsOf } from '../findings/unit-facts.js';
import type { Loaded } from '../findings/queries.js';
import { bodyText } from '../forms.js';
import type { Unit, UnitTree } from '../organisation/tree.js';
import { unitsMeant } from '../organisation/unit-names.js';

/** As many are named of those that a part of a name may mean. */
const mostNamed = 6;

/** The unit that an action gives each finding to; undefined where it gives it to none. */
export function unitField({ fields }: EventDefinition): FieldDefinition | undefined {
  return fields.find(({ kind }) => kind === 'unit');
}

/** How much rows say for themselves: nothing in a batch of a whole view; what differs by its nature; or everything that a row may say, when that is asked for. */
export type OwnWords = 'nothing' | 'usual' | 'everything';

/** Fields that a row may fill by itself, beside its unit. */
export function wordFields({ fields }: EventDefinition, words: OwnWords): readonly FieldDefinition[] {
  return words === 'nothing' ? [] : fields.filter(({ perRow }) => perRow === 'always' || (perRow === 'onRequest' && words === 'everything'));
}

/** What rows may say for themselves as well, when it is asked for. */
export function moreWords({ fields }: EventDefinition): readonly FieldDefinition[] {
  return fields.filter(({ perRow }) => perRow === 'onRequest');
}

/** What a row says for itself, of its unit and in words; and what is wrong with that. */
export function ownTyped(definition: EventDefinition, body: unknown, number: string, row: Loaded | undefined, tree: UnitTree, words: OwnWords): Own {
  if (words === 'nothing') return nothingOwn;
  const all = [unitTyped(definition, body, number, row, tree), ...wordFields(definition, words).map((field) => wordTyped(field, bodyText(body, `${field.name}.${number}`), row, tree))];
  return { data: Object.assign({}, ...all.map(({ data }) => data)), wrong: all.flatMap(({ wrong }) => wrong) };
}

/** Of a row that says nothing for itself. */
const nothingOwn: Own = Object.freeze({ data: {}, wrong: [] });

interface Own {
  readonly data: Readonly<Record<string, unknown>>;
  readonly wrong: readonly Refusal[];
}

function wordTyped(field: FieldDefinition, text: string, row: Loaded | undefined, tree: UnitTree): Own {
  if (text === '' || !row) return nothingOwn;
  if (field.kind !== 'units') return { data: { [field.name]: text }, wrong: [] };
  // A name of English has spaces: the whole is a name before its pieces are.
  const whole = unitNamed(field, text, row, tree);
  if (whole.id !== undefined) return { data: { [field.name]: [whole.id] }, wrong: [] };
  const found = text.split(/[、,，;；\n]+/u).map((name) => name.trim()).filter(Boolean).map((name) => unitNamed(field, name, row, tree));
  return { data: { [field.name]: [...new Set(found.flatMap(({ id }) => id ?? []))] }, wrong: found.flatMap(({ wrong }) => wrong ?? []) };
}

/** The unit whose name stands in a row, by any of its names; or why that name is none. */
function unitTyped(definition: EventDefinition, body: unknown, number: string, row: Loaded | undefined, tree: UnitTree): Own {
  const field = unitField(definition);
  const name = bodyText(body, `unit.${number}`);
  if (!field || !row || name === '') return nothingOwn;
  const { id, wrong } = unitNamed(field, name, row, tree);
  return id === undefined ? { data: {}, wrong: wrong ? [wrong] : [] } : { data: { [field.name]: id }, wrong: [] };
}

function unitNamed(field: FieldDefinition, name: string, row: Loaded, tree: UnitTree): { readonly id?: number; readonly wrong?: Refusal } {
  const fitting = meant(tree, name, field.fit ?? 'unit', row.snapshot.context);
  const [only, other] = fitting.map(({ id }) => id);
  if (only !== undefined && other === undefined) return { id: only };
  const wrong = (rule: string, names: string): Refusal => ({ rule, kind: 'input', params: { name: name.slice(0, 60), names }, field: null });
  if (fitting.length > 1) return { wrong: wrong('bulk.unitAmbiguous', fitting.slice(0, mostNamed).map((unit) => unit.name).join('、')) };
  return { wrong: wrong(tree.named(name).length > 0 ? 'bulk.unitUnfit' : 'bulk.unitUnknown', '') };
}

/** What names came to in a tree: five hundred rows name a few units, and each is looked for three times on the way from the form to what it does (2.3 s for 甘州 in seven hundred units). */
const remembered = new WeakMap<UnitTree, Map<string, readonly Unit[]>>();
const mostRemembered = 2000;

function meant(tree: UnitTree, name: string, fit: UnitFit, context: FindingContext): readonly Unit[] {
  const known = remembered.get(tree) ?? new Map<string, readonly Unit[]>();
  const key = JSON.stringify([name, fit, context.hostOfficeId, context.leadUnitId, context.supportingUnitIds]);
  const found = known.get(key) ?? unitsMeant(tree, name, (unit) => fitsOf(unit, context, tree).includes(fit), 'part');
  if (known.size >= mostRemembered) known.clear();
  remembered.set(tree, known.set(key, found));
  return found;
}
