import type { Measure } from '../../workflows/finding.js';
import { bodyText } from '../forms.js';
import type { Progress, Written } from './drafts.js';
import { mostRows } from './grid.js';

/** The findings of which a row was sent. */
export function numbersIn(body: unknown): readonly string[] {
  const names = typeof body === 'object' && body !== null ? Object.keys(body) : [];
  return [...new Set(names.flatMap((name) => /^(?:text|nothing)\.([A-Z]{2}-\d{4}-[\d-]{4,12})$/u.exec(name)?.[1] ?? []))].slice(0, mostRows);
}

/** What was written in a finding's row. */
export function writtenIn(body: unknown, number: string, measures: readonly Measure[]): Written {
  return { text: bodyText(body, `text.${number}`), nothingNew: bodyText(body, `nothing.${number}`) === 'yes', progress: measures.flatMap((measure) => progressIn(body, number, measure)) };
}

/** Only a measure whose percentage or tick was changed; a page without its fields says nothing about it. */
function progressIn(body: unknown, number: string, measure: Measure): readonly Progress[] {
  const typed = bodyText(body, `progress.${number}.${measure.id}`);
  if (typed === '') return [];
  const [percent, done] = [/^\d{1,3}$/u.test(typed) ? Number(typed) : Number.NaN, bodyText(body, `done.${number}.${measure.id}`) === 'yes'];
  return percent === measure.percent && done === measure.done ? [] : [{ id: measure.id, percent, done: done || percent === 100 }];
}

/** Of several measures what was done of them all: each counts the same. Null where there are none. */
export function overallOf(measures: readonly Pick<Measure, 'percent'>[]): number | null {
  return measures.length === 0 ? null : Math.round(measures.reduce((sum, { percent }) => sum + percent, 0) / measures.length);
}

/** The version of the draft that the page showed; 0 for none. */
export function seenIn(body: unknown, number: string): number {
  const text = bodyText(body, `draft.${number}`);
  return /^\d{1,15}$/u.test(text) ? Number(text) : 0;
}
