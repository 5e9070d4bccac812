import type { OnBehalf } from './actor.js';
import type { EventDefinition, FieldDefinition, Given, UnitFacts, UnitFit } from './event.js';
import type { Refusal } from './types.js';

/** What is wrong with the data of an event, field by field: empty when its form is filled in as its definition asks, and holds nothing else. */
export function dataErrors(definition: EventDefinition, data: Readonly<Record<string, unknown>>): readonly Refusal[] {
  const facts = factsIn(data['unitFacts']);
  return [...definition.fields.flatMap((field) => fieldErrors(field, data[field.name], facts)), ...unknownErrors(definition, data)];
}

/** 代录 needs its paper: number and date of the basis, not later than the day it is decided on, and the scan. */
export function onBehalfErrors({ basisNumber, basisDate, scan }: Omit<OnBehalf, 'principal'>, today: string): readonly Refusal[] {
  return [
    ...(scan === null ? [{ rule: 'field.required', kind: 'input', params: { name: 'scan' }, field: 'scan' } as const] : []),
    ...(basisNumber.trim() === '' ? [{ rule: 'field.required', kind: 'input', params: { name: 'basisNumber' }, field: 'basisNumber' } as const] : []),
    ...(isDate(basisDate) && basisDate <= today ? [] : [{ rule: 'basisDated', kind: 'input', params: { date: today }, field: 'basisDate' } as const]),
  ];
}

/** The names under which the shell adds what nobody may type. */
const givenNames: Readonly<Record<Given, readonly string[]>> = Object.freeze({
  number: ['number'], numbers: ['numbers'], succession: ['succession'], before: ['before'], absorbed: ['merged', 'sources', 'marks'], verifiers: ['verifiers'], category: ['categoryWas', 'categoryIs'], companions: ['companionActors'], target: ['targetFacts'], units: ['unitFacts'],
  files: ['files'], filing: ['number', 'filed', 'hostOfficeId', 'switches', 'parent', 'parentDeadline', 'leadUnitId', 'responsibleUnitIds', 'supportingUnitIds', 'sectorUnitId', 'text', 'splitFrom', 'marks'], part: ['part', 'open', 'deadline', 'unitId', 'marks', 'ended', 'bindsOnly'], parent: ['deadline', 'marks', 'bindsOnly'],
});

/** An event that brought more than its definition names could change what nobody asked about. */
function unknownErrors(definition: EventDefinition, data: Readonly<Record<string, unknown>>): readonly Refusal[] {
  const known = new Set([...definition.fields.map((field) => field.name), ...definition.given.flatMap((given) => givenNames[given])]);
  return Object.keys(data).filter((name) => !known.has(name)).map((name) => ({ rule: 'unknownField', kind: 'input', params: { key: name.slice(0, 40) }, field: null }));
}

function factsIn(value: unknown): UnitFacts | null {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : null;
}

/** Nothing is known of the units of a record, nor of those that the engine itself chose. */
function unitErrors(field: FieldDefinition, ids: readonly unknown[], facts: UnitFacts | null, fit: UnitFit = field.fit ?? 'unit'): readonly Refusal[] {
  if (facts === null) return [];
  const wrongOnes = ids.flatMap((id): readonly string[] => {
    const fits = facts[String(id)] ?? [];
    return fits.includes(fit) ? [] : [fits.length === 0 ? 'field.noSuchUnit' : `field.unitUnfit.${fit}`];
  });
  const [rule] = wrongOnes;
  return rule === undefined ? [] : [wrong(rule, field, { count: wrongOnes.length })];
}

function fieldErrors(field: FieldDefinition, value: unknown, facts: UnitFacts | null): readonly Refusal[] {
  if (isEmpty(value)) return field.required ? [wrong('field.required', field)] : [];
  switch (field.kind) {
    case 'text':
    case 'longText':
    case 'finding': return textErrors(field, value);
    case 'date': return isDate(value) ? [] : [wrong('field.notADate', field)];
    case 'number': return isWhole(value) && value >= (field.min ?? 0) && value <= (field.max ?? Number.MAX_SAFE_INTEGER) ? [] : [wrong('field.notANumber', field, { min: field.min ?? 0, max: field.max ?? Number.MAX_SAFE_INTEGER })];
    case 'unit': return isWhole(value) && value > 0 ? unitErrors(field, [value], facts) : [wrong('field.notAChoice', field)];
    case 'category': return isWhole(value) && value > 0 ? [] : [wrong('field.notAChoice', field)];
    case 'choice': return typeof value === 'string' && (field.choices ?? []).includes(value) ? [] : [wrong('field.notAChoice', field)];
    case 'yesNo': return typeof value === 'boolean' ? [] : [wrong('field.notAChoice', field)];
    case 'units': return Array.isArray(value) && each(field, value, isWhole).length === 0 ? unitErrors(field, value, facts) : [wrong('field.notAChoice', field)];
    case 'people': return each(field, value, isWhole);
    case 'names':
    case 'evidence': return each(field, value, (item) => typeof item === 'string' && item.trim() !== '' && item.length <= 100);
    case 'measures': return rowsOfUnits(field, value, facts, measureErrors, 'ownerUnitId');
    case 'parts': return rowsOfUnits(field, value, facts, partErrors, 'unitId');
    case 'pieces': return rowErrors(field, value, pieceErrors);
    case 'measureProgress': return rowErrors(field, value, progressErrors);
    case 'checklist': return checklistErrors(field, value);
  }
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);
}

function textErrors(field: FieldDefinition, value: unknown): readonly Refusal[] {
  if (typeof value !== 'string') return [wrong('field.notText', field)];
  const length = [...value.trim()].length;
  if (field.minLength && length < field.minLength) return [wrong('field.tooShort', field, { length, min: field.minLength })];
  if (field.maxLength && length > field.maxLength) return [wrong('field.tooLong', field, { length, max: field.maxLength })];
  return [];
}

/** "2020-02-30" has the form of a date and is none. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/u.test(value) || value < '1900-01-01') return false;
  const instant = new Date(`${value}T00:00:00.000Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value);
}

function each(field: FieldDefinition, value: unknown, fits: (item: unknown) => boolean): readonly Refusal[] {
  return Array.isArray(value) && value.length <= 200 && value.every(fits) ? [] : [wrong('field.notAChoice', field)];
}

type RowRule = (row: object) => string | null;

function rowErrors(field: FieldDefinition, value: unknown, rule: RowRule): readonly Refusal[] {
  if (!Array.isArray(value) || value.length > 200) return [wrong('field.notAChoice', field)];
  return value.flatMap((row: unknown, index) => {
    const missing = rule(typeof row === 'object' && row !== null ? row : {});
    return missing ? [wrong('field.row', field, { row: index + 1, part: `${field.name}.${missing}` })] : [];
  });
}

/** Rows, each of which names a unit: what is wrong with a row comes before what is wrong with its unit. */
function rowsOfUnits(field: FieldDefinition, value: unknown, facts: UnitFacts | null, rule: RowRule, unit: string): readonly Refusal[] {
  const faults = rowErrors(field, value, rule);
  return faults.length > 0 || !Array.isArray(value) ? faults : unitErrors(field, value.map((row: unknown) => (typeof row === 'object' && row !== null ? Reflect.get(row, unit) : undefined)), facts);
}

function measureErrors(row: object): string | null {
  if (!filled(row, 'text')) return 'text';
  if (!isWhole(Reflect.get(row, 'ownerUnitId'))) return 'ownerUnitId';
  if (!isShort(Reflect.get(row, 'owner'))) return 'owner';
  if (!isDate(Reflect.get(row, 'dueOn'))) return 'dueOn';
  return filled(row, 'deliverable') ? null : 'deliverable';
}

/** A name, or none. */
function isShort(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.length <= 60);
}

function partErrors(row: object): string | null {
  if (!isWhole(Reflect.get(row, 'unitId'))) return 'unitId';
  return isDate(Reflect.get(row, 'deadline')) ? null : 'deadline';
}

function pieceErrors(row: object): string | null {
  const title: unknown = Reflect.get(row, 'title');
  if (!filled(row, 'title') || (typeof title === 'string' && [...title].length > 200)) return 'title';
  return filled(row, 'description') ? null : 'description';
}

function progressErrors(row: object): string | null {
  const percent: unknown = Reflect.get(row, 'percent');
  if (typeof Reflect.get(row, 'id') !== 'number') return 'id';
  return percent === undefined || (isWhole(percent) && percent >= 0 && percent <= 100) ? null : 'percent';
}

function filled(row: object, name: string): boolean {
  const value: unknown = Reflect.get(row, name);
  return typeof value === 'string' && value.trim() !== '' && value.length <= 2000;
}

function checklistErrors(field: FieldDefinition, value: unknown): readonly Refusal[] {
  const answered = typeof value === 'object' && value !== null && (field.choices ?? []).every((key) => typeof Reflect.get(value, key) === 'boolean');
  return answered ? [] : [wrong('field.checklist', field, { count: field.choices?.length ?? 0 })];
}

function wrong(rule: string, field: FieldDefinition, params: Refusal['params'] = {}): Refusal {
  return { rule, kind: 'input', params: { ...params, name: field.name }, field: field.name };
}
