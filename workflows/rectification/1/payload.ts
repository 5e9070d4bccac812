import type { RectificationType } from '../../finding.js';

// Reading what an event brought: its fields have been checked, and a record years old is read the same way.

/** A text that says something, or null. */
export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A number, or null. */
export function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** A list; anything else is an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The numbers of a list: ids of units or people. */
export function numbers(value: unknown): readonly number[] {
  return list(value).filter((each): each is number => typeof each === 'number');
}

/** The rows of a table field. */
export function rows(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return list(value).map(record);
}

/** A row's own cells; anything else has none. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** Is it a text, and not the empty one? */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Is it a text of more than blanks? */
export function filled(value: unknown): boolean {
  return isText(value) && value.trim() !== '';
}

/** One of the three types of rectification, or null. */
export function rectificationType(value: unknown): RectificationType | null {
  return value === 'immediate' || value === 'staged' || value === 'continuing' ? value : null;
}
