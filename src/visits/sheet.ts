import { definitionOf } from '../../workflows/registry.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { ChangedError, NotVisibleError, RefusedError } from '../errors.js';
import { act } from '../findings/commands/act.js';
import type { NewEvidence } from '../findings/commands/evidence.js';
import { dataFrom } from '../findings/parse.js';
import type { Loaded } from '../findings/queries.js';
import { bodyText, bodyTexts } from '../forms.js';

/** What may be found at a row of a sheet, and the event that says so. */
export interface Result {
  readonly value: string;
  readonly event: string;
  /** which of the event's fields holds what was written. */
  readonly note: 'note' | 'missing';
  readonly fixed: Readonly<Record<string, unknown>>;
}

/** The results of a kind of visit: a verdict on a claim, or a look at what was put right. */
export const verdicts: readonly Result[] = Object.freeze([
  { value: 'pass', event: 'PASS', note: 'note', fixed: {} }, { value: 'back', event: 'SEND_BACK', note: 'missing', fixed: {} },
]);

export function looks(event: 'LOOK_BACK' | 'SPOT_CHECK'): readonly Result[] {
  return [{ value: 'sound', event, note: 'note', fixed: { result: 'sound' } }, { value: 'unsound', event, note: 'note', fixed: { result: 'unsound' } }];
}

/** As many as somebody can record of one outing; more are a second sheet. */
export const mostOnASheet = 30;
/** Photos of all of them together. */
export const mostFiles = 60;

/** A sheet as it was sent: texts by "note.<number>" and "result.<number>", files by number. */
export interface Sent {
  readonly body: unknown;
  readonly key: string;
  readonly files: ReadonlyMap<string, readonly NewEvidence[]>;
  /** what was wrong with files that were not kept, by number. */
  readonly wrong: ReadonlyMap<string, readonly Refusal[]>;
}

/** What became of a sheet: rows that stand, and those that do not, each with why. */
export interface Recorded {
  readonly done: readonly { readonly number: string; readonly value: string; readonly event: string }[];
  readonly refused: ReadonlyMap<string, readonly Refusal[]>;
  /** what is wrong with what is asked once for all. Then nothing was done. */
  readonly faults: readonly Refusal[];
}

/** The numbers that a sheet or an address names, each once. */
export function numbersOf(body: unknown): readonly string[] {
  return [...new Set(bodyTexts(body, 'n'))].slice(0, mostOnASheet);
}

/**
 * Records what was found at each row, each in a transaction of its own under a key of its own: a row that is refused holds up nobody else's,
 * and a second sending of the sheet repeats none.
 */
export async function recordSheet(house: House, person: Person, results: readonly Result[], loaded: ReadonlyMap<string, Loaded>, sent: Sent): Promise<Recorded> {
  const numbers = numbersOf(sent.body);
  const faults = sharedFaults(sent, numbers);
  if (faults.length > 0) return { done: [], refused: new Map(), faults };
  const done: Recorded['done'][number][] = [];
  const refused = new Map<string, readonly Refusal[]>();
  for (const number of numbers) {
    const [result, wrong] = [results.find(({ value }) => value === bodyText(sent.body, `result.${number}`)), sent.wrong.get(number) ?? []];
    if (!result && !isFilledIn(sent, number)) continue;
    const refusals = wrong.length > 0 ? wrong : result ? await recordRow(house, person, result, loaded.get(number), number, sent) : [noResult];
    if (refusals.length > 0) refused.set(number, refusals);
    else if (result) done.push({ number, value: result.value, event: result.event });
  }
  return { done, refused, faults };
}

const noResult: Refusal = Object.freeze({ rule: 'visits.noResult', kind: 'input', params: {}, field: 'result' });

/** Whoever wrote or photographed something meant it, even when they chose no result. */
function isFilledIn({ body, files, wrong }: Sent, number: string): boolean {
  return bodyText(body, `note.${number}`) !== '' || (files.get(number) ?? []).length > 0 || wrong.has(number);
}

/** How and with whom is asked once; without it no row can stand. */
function sharedFaults(sent: Sent, numbers: readonly string[]): readonly Refusal[] {
  const required = (name: string): Refusal => ({ rule: 'field.required', kind: 'input', params: { name }, field: name });
  if (!numbers.some((number) => bodyText(sent.body, `result.${number}`) !== '' || isFilledIn(sent, number))) return [{ rule: 'visits.nothing', kind: 'input', params: {}, field: null }];
  return [...(bodyText(sent.body, 'method') === '' ? [required('method')] : []), ...(bodyTexts(sent.body, 'companions').length === 0 ? [required('companions')] : [])];
}

async function recordRow(house: House, person: Person, result: Result, loaded: Loaded | undefined, number: string, { body, key, files }: Sent): Promise<readonly Refusal[]> {
  const definition = loaded && definitionOf(loaded.row.workflow).events[result.event];
  if (!definition) return [gone(number)];
  const text = bodyText(body, `note.${number}`);
  const seen = bodyText(body, `seen.${number}`);
  const data = { ...dataFrom(definition, body, []), ...result.fixed, ...(text === '' ? {} : { [result.note]: text }) };
  try {
    await act(house, person, { number, event: result.event, data, seen: /^\d{1,9}$/u.test(seen) ? Number(seen) : null, onBehalf: null, files: files.get(number) ?? [] }, key);
    return [];
  } catch (error) {
    if (error instanceof RefusedError) return error.refusals;
    if (error instanceof ChangedError) return [{ rule: 'changedSince', kind: 'state', params: { number }, field: null }];
    if (error instanceof NotVisibleError) return [gone(number)];
    throw error;
  }
}

function gone(number: string): Refusal {
  return { rule: 'notThere', kind: 'who', params: { number }, field: null };
}
