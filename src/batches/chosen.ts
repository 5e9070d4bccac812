import type { EventDefinition } from '../../workflows/event.js';
import type { House, Person } from '../context.js';
import { bodyText, bodyTexts } from '../forms.js';
import { addressOf, filtersFrom } from '../ledger-pages/filters.js';
import { pageOf, sightOf, viewOf } from '../ledger-pages/queries.js';
import { doneAndWaiting } from './next.js';
import { batchOf } from './queries.js';

/** More at once would hold the page for too long; the rest is a second go, and the page says so. */
export const mostAtOnce = 500;

/** Rows that were chosen to be done together, and whether there were more than can be done in one go. */
export interface Chosen {
  readonly numbers: readonly string[];
  readonly more: boolean;
  /** the address of the view that they are the first rows of, where the whole of it may be done piece by piece. */
  readonly whole: string | null;
  /** what the address said and was not understood: then nothing is chosen. */
  readonly ignored: readonly string[];
}

/** The rows ticked on a page of the ledger; with `after`, those that a batch of theirs did and that wait for this now; with `all=yes`, those of the whole view that do. */
export async function chosenRows(house: House, person: Person, event: EventDefinition, query: unknown): Promise<Chosen> {
  const after = bodyText(query, 'after');
  if (after !== '') return chosenAfter(house, person, event, after);
  if (bodyText(query, 'all') !== 'yes') return chosenIn(query);
  const { filters, order, ignored } = filtersFrom(query);
  if (ignored.length > 0) return { numbers: [], more: false, whole: null, ignored };
  const view = viewOf(await sightOf(house, person, filters), event.weight === 'main' ? { ...filters, waits: event.type } : filters);
  const { rows, more } = await pageOf(house.db.reader, view, order, null, mostAtOnce);
  return { numbers: rows.map((row) => row.number), more, whole: more ? `all=yes&${addressOf(filters, order).split('?')[1] ?? ''}` : null, ignored };
}

async function chosenAfter({ db: { reader } }: House, { id }: Person, { type }: EventDefinition, batchId: string): Promise<Chosen> {
  const batch = await batchOf(reader, batchId, id);
  const numbers = batch ? await doneAndWaiting(reader, batch.id, type, mostAtOnce + 1) : [];
  return { numbers: numbers.slice(0, mostAtOnce), more: numbers.length > mostAtOnce, whole: null, ignored: [] };
}

/** The rows that a submitted form names, each once. */
export function chosenIn(body: unknown): Chosen {
  const all = [...new Set(bodyTexts(body, 'n'))];
  return { numbers: all.slice(0, mostAtOnce), more: all.length > mostAtOnce, whole: bodyText(body, 'whole') || null, ignored: [] };
}

/** The view that a form was made for: the address of the ledger, one value or several for each name. */
export function viewIn(body: unknown): readonly (readonly [string, string | readonly string[]])[] {
  const query = new URLSearchParams(bodyText(body, 'whole').slice(0, 4000));
  return [...new Set(query.keys())].map((name) => [name, query.getAll(name)]);
}
