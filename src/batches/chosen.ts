import type { EventDefinition } from '../../workflows/event.js';
import type { House, Person } from '../context.js';
import { bodyText, bodyTexts } from '../forms.js';
import { filtersFrom } from '../ledger-pages/filters.js';
import { pageOf, sightOf, viewOf } from '../ledger-pages/queries.js';

/** More at once would hold the page for too long; the rest is a second go, and the page says so. */
export const mostAtOnce = 500;

/** Rows that were chosen to be done together, and whether there were more than can be done in one go. */
export interface Chosen {
  readonly numbers: readonly string[];
  readonly more: boolean;
  /** what the address said and was not understood: then nothing is chosen. */
  readonly ignored: readonly string[];
}

/** The rows ticked on a page of the ledger, or with `all=yes` those of the whole view that wait for just this. */
export async function chosenRows(house: House, person: Person, event: EventDefinition, query: unknown): Promise<Chosen> {
  if (bodyText(query, 'all') !== 'yes') return chosenIn(query);
  const { filters, order, ignored } = filtersFrom(query);
  if (ignored.length > 0) return { numbers: [], more: false, ignored };
  const view = viewOf(await sightOf(house, person, filters), event.weight === 'main' ? { ...filters, waits: event.type } : filters);
  const { rows, more } = await pageOf(house.db.reader, view, order, null, mostAtOnce);
  return { numbers: rows.map((row) => row.number), more, ignored };
}

/** The rows that a submitted form names, each once. */
export function chosenIn(body: unknown): Chosen {
  const all = [...new Set(bodyTexts(body, 'n'))];
  return { numbers: all.slice(0, mostAtOnce), more: all.length > mostAtOnce, ignored: [] };
}

/** The view that a form was made for: the address of the ledger, one value or several for each name. */
export function viewIn(body: unknown): readonly (readonly [string, string | readonly string[]])[] {
  const query = new URLSearchParams(bodyText(body, 'whole').slice(0, 4000));
  return [...new Set(query.keys())].map((name) => [name, query.getAll(name)]);
}
