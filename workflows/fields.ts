import type { EventDefinition, FieldDefinition, OnBehalf, Refusal } from './types.js';

/** What is wrong with the data of an event, field by field: empty when its form is filled in as its definition asks. */
export function dataErrors(definition: EventDefinition, data: Readonly<Record<string, unknown>>): readonly Refusal[] {
  return definition.fields.flatMap((field) => fieldErrors(field, data[field.name]));
}

/** 代录 needs its paper: number and date of the basis, not later than the day it is decided on. */
export function onBehalfErrors({ basisNumber, basisDate }: OnBehalf, today: string): readonly Refusal[] {
  return [
    ...(basisNumber.trim() === '' ? [{ rule: 'field.required', kind: 'input', params: { name: 'basisNumber' }, field: 'basisNumber' } as const] : []),
    ...(isDate(basisDate) && basisDate <= today ? [] : [{ rule: 'basisDated', kind: 'input', params: { date: today }, field: 'basisDate' } as const]),
  ];
}

function fieldErrors(field: FieldDefinition, value: unknown): readonly Refusal[] {
  if (isEmpty(value)) return field.required ? [wrong('field.required', field)] : [];
  switch (field.kind) {
    case 'text':
    case 'longText':
    case 'finding': return textErrors(field, value);
    case 'date': return isDate(value) ? [] : [wrong('field.notADate', field)];
    case 'number': return isWhole(value) && value >= (field.min ?? 0) && value <= (field.max ?? Number.MAX_SAFE_INTEGER) ? [] : [wrong('field.notANumber', field, { min: field.min ?? 0, max: field.max ?? Number.MAX_SAFE_INTEGER })];
    case 'unit': return isWhole(value) && value > 0 ? [] : [wrong('field.notAChoice', field)];
    case 'choice': return typeof value === 'string' && (field.choices ?? []).includes(value) ? [] : [wrong('field.notAChoice', field)];
    case 'yesNo': return typeof value === 'boolean' ? [] : [wrong('field.notAChoice', field)];
    case 'units':
    case 'people': return each(field, value, isWhole);
    case 'names':
    case 'evidence': return each(field, value, (item) => typeof item === 'string' && item.trim() !== '' && item.length <= 100);
    case 'measures': return rowErrors(field, value, measureErrors);
    case 'parts': return rowErrors(field, value, partErrors);
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
    const missing = typeof row === 'object' && row !== null ? rule(row) : 'text';
    return missing ? [wrong('field.row', field, { row: index + 1, part: `${field.name}.${missing}` })] : [];
  });
}

function measureErrors(row: object): string | null {
  if (!filled(row, 'text')) return 'text';
  if (typeof Reflect.get(row, 'ownerUnitId') !== 'number') return 'ownerUnitId';
  if (!isDate(Reflect.get(row, 'dueOn'))) return 'dueOn';
  return filled(row, 'deliverable') ? null : 'deliverable';
}

function partErrors(row: object): string | null {
  if (typeof Reflect.get(row, 'unitId') !== 'number') return 'unitId';
  return isDate(Reflect.get(row, 'deadline')) ? null : 'deadline';
}

function progressErrors(row: object): string | null {
  const percent: unknown = Reflect.get(row, 'percent');
  if (typeof Reflect.get(row, 'id') !== 'number') return 'id';
  return percent === undefined || (typeof percent === 'number' && percent >= 0 && percent <= 100) ? null : 'percent';
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
