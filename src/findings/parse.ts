import type { EventDefinition, FieldDefinition } from '../../workflows/event.js';
import type { Measure } from '../../workflows/finding.js';
import { bodyText, bodyTexts } from '../forms.js';

/** How many rows a form of rows may have; more are refused by the field's own check. */
const mostRows = 60;

/** What was typed as the data of an event: numbers, dates, lists and rows by the event's own field definitions. Empty fields are left out. */
export function dataFrom(definition: EventDefinition, body: unknown, measures: readonly Measure[]): Readonly<Record<string, unknown>> {
  const entries = definition.fields.map((field) => [field.name, valueOf(field, body, measures)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function valueOf(field: FieldDefinition, body: unknown, measures: readonly Measure[]): unknown {
  switch (field.kind) {
    case 'yesNo': return bodyText(body, field.name) === 'yes' || bodyText(body, field.name) === 'true';
    case 'number':
    case 'category':
    case 'unit': return numberIn(bodyText(body, field.name));
    case 'units':
    case 'people': return full(bodyTexts(body, field.name).map(Number).filter(Number.isSafeInteger));
    case 'names': return full(bodyTexts(body, field.name).flatMap((text) => text.split(/[、,,;;\s]+/u)).filter(Boolean));
    case 'evidence': return full(bodyTexts(body, field.name));
    case 'checklist': return checklistIn(field, body);
    case 'measures': return full(rowsIn(body, field.name, ['text', 'ownerUnitId', 'owner', 'dueOn', 'deliverable']).map((row) => ({ ...row, ownerUnitId: numberIn(row['ownerUnitId'] ?? '') })));
    case 'pieces': return full(rowsIn(body, field.name, ['title', 'description']));
    case 'parts': return full(rowsIn(body, field.name, ['unitId', 'deadline', 'requirement']).map((row) => ({ ...row, unitId: numberIn(row['unitId'] ?? '') })));
    case 'measureProgress': return full(progressIn(body, measures));
    default: return bodyText(body, field.name) || undefined;
  }
}

function numberIn(text: string): number | undefined {
  return /^\d{1,15}$/u.test(text) ? Number(text) : undefined;
}

function full<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function checklistIn(field: FieldDefinition, body: unknown): Readonly<Record<string, boolean>> {
  const ticked = bodyTexts(body, field.name);
  return Object.fromEntries((field.choices ?? []).map((key) => [key, ticked.includes(key)]));
}

/** Rows "measures.0.text": those in which anything at all was typed. */
function rowsIn(body: unknown, name: string, columns: readonly string[]): readonly Readonly<Record<string, string>>[] {
  const rows = Array.from({ length: mostRows }, (_, index) => Object.fromEntries(columns.map((column) => [column, bodyText(body, `${name}.${index}.${column}`)])));
  return rows.filter((row) => Object.values(row).some((value) => value !== ''));
}

/** Only the measures whose percentage or tick was changed are progress. */
function progressIn(body: unknown, measures: readonly Measure[]): readonly { readonly id: number; readonly percent: number; readonly done: boolean }[] {
  return measures.flatMap((measure) => {
    const typed = bodyText(body, `progress.${measure.id}.percent`);
    const done = bodyText(body, `progress.${measure.id}.done`) === 'yes';
    const percent = typed === '' ? measure.percent : Number(typed);
    return percent === measure.percent && done === measure.done ? [] : [{ id: measure.id, percent, done: done || percent === 100 }];
  });
}
