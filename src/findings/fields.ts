import type { Choice, Field } from '../../views/pages.js';
import type { EventDefinition, FieldDefinition, UnitFit } from '../../workflows/event.js';
import type { FindingContext } from '../../workflows/finding.js';
import type { Refusal } from '../../workflows/types.js';
import { bodyText, bodyTexts, checksField, choice, fileField, longField, manyField, namesField, radioField, rowsField, selectField, textField, tickField } from '../forms.js';
import type { Unit, UnitTree } from '../organisation/tree.js';
import type { Offered } from './names.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';

/** What a form is made of beside the event's definition. */
export interface FormWorld {
  readonly t: Words;
  readonly context: FindingContext;
  readonly tree: UnitTree;
  /** units that fit, in the order of the tree. */
  readonly units: (fit: UnitFit) => readonly Unit[];
  /** units in which somebody has an account: of the others the form says that nobody does. */
  readonly manned: ReadonlySet<number>;
  /** what it may be filed under. */
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  /** who may be sent to verify. */
  readonly inspectors: readonly { readonly id: number; readonly name: string; readonly unit: string }[];
  /** who may be chosen where people are named, by field. */
  readonly names: ReadonlyMap<string, Offered>;
  /** evidence that is there already and may be cited. */
  readonly evidence: readonly { readonly id: string; readonly name: string }[];
  /** files that came with this form and wait for the rest of it. */
  readonly kept: readonly { readonly id: string; readonly name: string }[];
  /** what was typed, when the form comes back; null for a fresh one. */
  readonly typed: unknown;
  readonly refusals: readonly Refusal[];
}

/** The fields of an event's form, from its definition: the same for one finding, for many, and for the API's words. */
export function fieldsOf(definition: EventDefinition, asked: FormWorld): readonly Field[] {
  const { t, context } = asked;
  const world = { ...asked, refusals: namedHere(definition, asked.refusals, t) };
  const fields = definition.fields.filter((field) => field.kind !== 'measureProgress' || context.measures.length > 0);
  return fields.flatMap((field) => (field.kind === 'evidence' ? evidenceFields(field, world) : [{ ...fieldOf(field, world), label: t(`field.${nameHere(definition, field.name, t)}`) }]));
}

/** The text of an instruction is called otherwise than that of a report: some events have their own word for a field. */
function nameHere({ type }: Pick<EventDefinition, 'type'>, name: string, t: Words): string {
  const own = `field.${type}.${name}`;
  return t(own) === own ? name : `${type}.${name}`;
}

/** What is wrong with a field, under the name that its form gives it. */
export function namedHere(definition: Pick<EventDefinition, 'type'>, refusals: readonly Refusal[], t: Words): readonly Refusal[] {
  return refusals.map((refusal) => {
    const { name } = refusal.params;
    return typeof name === 'string' && name === refusal.field ? { ...refusal, params: { ...refusal.params, name: nameHere(definition, name, t) } } : refusal;
  });
}

function givenOf({ name, required, minLength }: FieldDefinition, { t, refusals }: FormWorld): Given {
  const errors = refusals.filter((refusal) => refusal.field === name).map((refusal) => sentenceOf(refusal, t));
  const hintKey = `field.${name}.hint`;
  const hint = t(hintKey);
  return { name, label: t(`field.${name}`), required, error: errors.length > 0 ? errors.join(' ') : null, hint: hint !== hintKey ? hint : minLength ? t('field.atLeast', { min: minLength }) : null };
}

/** New files; those that came along already and wait; and evidence of this finding that may be cited again. */
function evidenceFields(definition: FieldDefinition, world: FormWorld): readonly Field[] {
  const { t, typed, kept } = world;
  const ticks = (name: string, files: readonly { readonly id: string; readonly name: string }[], ticked: readonly string[]): readonly Field[] =>
    files.length === 0 ? [] : [checksField({ name, label: t(`field.${name}.there`), choices: files.map((file) => choice(file.id, file.name, ticked.includes(file.id))) })];
  return [
    fileField({ ...givenOf(definition, world), name: 'files', hint: t('field.files.hint') }),
    ...ticks('kept', kept, kept.map((file) => file.id)), ...ticks('evidence', world.evidence, bodyTexts(typed, 'evidence')),
  ];
}

function fieldOf(definition: FieldDefinition, world: FormWorld): Field {
  const { t, typed } = world;
  const { name } = definition;
  const given = givenOf(definition, world);
  const value = typed === null ? startOf(definition, world.context) : bodyText(typed, name);
  const chosen = typed === null ? startsOf(definition, world.context) : bodyTexts(typed, name);
  switch (definition.kind) {
    case 'longText': return longField({ ...given, value });
    case 'names': return namesField({ ...given, ...world.names.get(name), values: linesOf(chosen) });
    case 'date': return textField({ ...given, value, type: 'date' });
    case 'number': return textField({ ...given, value, type: 'number' });
    case 'yesNo': return tickField({ ...given, value: value === 'yes' || value === 'true' ? 'yes' : '' });
    case 'unit': return selectField({ ...given, choices: unitChoices(world.units(definition.fit ?? 'unit'), [value], world.tree, t, world.manned) });
    case 'category': return selectField({ ...given, choices: world.categories.map(({ id, name: label }) => choice(id, label, String(id) === value)) });
    case 'units': return manyField({ ...given, choices: unitChoices(world.units(definition.fit ?? 'unit'), chosen, world.tree, t, world.manned) });
    case 'people': return checksField({ ...given, choices: world.inspectors.map((person) => choice(person.id, `${person.name} · ${person.unit}`, chosen.includes(String(person.id)))) });
    case 'choice': return radioField({ ...given, choices: (definition.choices ?? []).map((each) => choice(each, t(`choice.${name}.${each}`), each === value)) });
    case 'checklist': return checksField({ ...given, choices: (definition.choices ?? []).map((each) => choice(each, t(`choice.${name}.${each}`), chosen.includes(each))) });
    case 'measures': return measureRows(given, world.units(definition.fit ?? 'unit'), world);
    case 'measureProgress': return progressRows(given, world);
    case 'pieces': return pieceRows(given, world);
    case 'parts': return partRows(given, world.units(definition.fit ?? 'unit'), world);
    default: return textField({ ...given, ...world.names.get(name), value });
  }
}

/** As many as there are, and some more; each may still hold several. */
function linesOf(chosen: readonly string[]): readonly string[] {
  return [...chosen, ...Array.from({ length: Math.max(1, 3 - chosen.length) }, () => '')];
}

/** What the finding holds already of a field; null when nothing. */
export function heldBy({ startsWith }: FieldDefinition, context: FindingContext): unknown {
  const value = startsWith?.split('.').reduce<unknown>((held, key) => (typeof held === 'object' && held !== null ? Reflect.get(held, key) : undefined), context);
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0) ? null : value;
}

/** Where a fresh form begins: with what the finding holds already. */
function startOf(definition: FieldDefinition, context: FindingContext): string {
  const value = heldBy(definition, context);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function startsOf(definition: FieldDefinition, context: FindingContext): readonly string[] {
  const value = heldBy(definition, context);
  return Array.isArray(value) ? value.map(String) : [];
}

/** "　　市交通运输局": indented by the tree, so that a long list can be read, and found by any of its names; where `manned` is given, with a word at those in which nobody has an account. */
export function unitChoices(units: readonly Unit[], chosen: readonly string[], tree: UnitTree, t: Words, manned: ReadonlySet<number> | null = null): readonly Choice[] {
  const labelOf = ({ id, path, name }: Unit): string => `${t('unit.indent').repeat(Math.max(0, path.length - 2))}${manned === null || manned.has(id) ? name : t('unit.unmanned', { unit: name })}`;
  return units.map((unit) => choice(unit.id, labelOf(unit), chosen.includes(String(unit.id)), tree.namesOf(unit.id).join(' ')));
}

type Given = Pick<Field, 'name' | 'label' | 'required' | 'error' | 'hint'>;
const spare = 3;

function measureRows(given: Given, owners: readonly Unit[], { t, tree, typed, context }: FormWorld): Field {
  const columns = ['text', 'ownerUnitId', 'owner', 'dueOn', 'deliverable'];
  const held = (index: number, column: string): string => {
    const measure = context.measures[index];
    const value: unknown = measure ? Reflect.get(measure, column) : '';
    return typed === null ? String(value ?? '') : bodyText(typed, `measures.${index}.${column}`);
  };
  const amount = typed === null ? context.measures.length + spare : filledRows(typed, 'measures', columns) + spare;
  return rowsField({
    ...given, columns: columns.map((column) => ({ label: t(`field.measures.${column}`) })),
    rows: Array.from({ length: amount }, (_, index) => ({
      number: index + 1, title: null,
      cells: columns.map((column) => cell(`measures.${index}.${column}`, t(`field.measures.${column}`), held(index, column), column === 'dueOn' ? 'date' : column === 'ownerUnitId' ? 'select' : 'text', column === 'ownerUnitId' ? unitChoices(owners, [held(index, column)], tree, t) : [])),
    })),
  });
}

function partRows(given: Given, units: readonly Unit[], { t, tree, manned, typed, context }: FormWorld): Field {
  const columns = ['unitId', 'deadline', 'requirement'];
  const held = (index: number, column: string): string => (typed === null ? (column === 'deadline' && index === 0 ? context.deadline ?? '' : '') : bodyText(typed, `parts.${index}.${column}`));
  return rowsField({
    ...given, columns: columns.map((column) => ({ label: t(`field.parts.${column}`) })),
    rows: Array.from({ length: 8 }, (_, index) => ({
      number: index + 1, title: null,
      cells: columns.map((column) => cell(`parts.${index}.${column}`, t(`field.parts.${column}`), index === 0 || typed !== null ? held(index, column) : '', column === 'deadline' ? 'date' : column === 'unitId' ? 'select' : 'text', column === 'unitId' ? unitChoices(units, [held(index, column)], tree, t, manned) : [])),
    })),
  });
}

function pieceRows(given: Given, { t, typed }: FormWorld): Field {
  const columns = ['title', 'description'];
  const amount = typed === null ? spare : Math.max(spare, filledRows(typed, 'pieces', columns) + 1);
  return rowsField({
    ...given, columns: columns.map((column) => ({ label: t(`field.pieces.${column}`) })),
    rows: Array.from({ length: amount }, (_, index) => ({ number: index + 1, title: null, cells: columns.map((column) => cell(`pieces.${index}.${column}`, t(`field.pieces.${column}`), bodyText(typed, `pieces.${index}.${column}`), 'text', [])) })),
  });
}

function progressRows(given: Given, { t, typed, context }: FormWorld): Field {
  return rowsField({
    ...given, columns: [{ label: t('field.progress.percent') }, { label: t('field.progress.done') }],
    rows: context.measures.map((measure) => ({
      number: measure.id, title: `${measure.text}(${measure.dueOn})`,
      cells: [
        cell(`progress.${measure.id}.percent`, t('field.progress.percent'), typed === null ? String(measure.percent) : bodyText(typed, `progress.${measure.id}.percent`), 'number', []),
        cell(`progress.${measure.id}.done`, t('field.progress.done'), (typed === null ? measure.done : bodyText(typed, `progress.${measure.id}.done`) === 'yes') ? 'yes' : '', 'tick', []),
      ],
    })),
  });
}

function cell(name: string, label: string, value: string, type: 'text' | 'date' | 'number' | 'select' | 'tick', choices: readonly Choice[]): Field['rows'][number]['cells'][number] {
  return { name, label, value, type, choices, isSelect: type === 'select', isTick: type === 'tick', isInput: type !== 'select' && type !== 'tick' };
}

function filledRows(typed: unknown, name: string, columns: readonly string[]): number {
  return Array.from({ length: 60 }, (_, index) => index).filter((index) => columns.some((column) => bodyText(typed, `${name}.${index}.${column}`) !== '')).length;
}
