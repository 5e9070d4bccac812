import { and, eq, inArray } from 'drizzle-orm';
import { evidence } from '../../db/schema/index.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { House, Person } from '../context.js';
import type { Loaded } from '../findings/queries.js';
import { visibleRows } from '../findings/visible-rows.js';
import { bodyText, bodyTexts } from '../forms.js';
import { filtersFrom } from '../ledger-pages/filters.js';
import { pageOf, sightOf, viewOf } from '../ledger-pages/queries.js';
import { suggestedFor, type Suggested } from '../rules/proposals.js';
import { evidenceField } from './asked.js';

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

/** Rows with what an action on them may start from. */
export interface Rows {
  readonly numbers: readonly string[];
  /** those that the person may see. */
  readonly loaded: ReadonlyMap<string, Loaded>;
  /** what the office's rules propose. */
  readonly suggested: Suggested;
  /** files that the finding has already and that the action may cite, by number. */
  readonly citable: ReadonlyMap<string, readonly string[]>;
}

/** What stands there of these rows, for this person and this action. */
export async function rowsFor(house: House, person: Person, definition: EventDefinition, numbers: readonly string[]): Promise<Rows> {
  const loaded = await visibleRows(house, person, numbers);
  return { numbers, loaded, suggested: await suggestedFor(house, definition, loaded), citable: await citableFor(house, definition, loaded) };
}

async function citableFor({ db }: House, definition: EventDefinition, loaded: ReadonlyMap<string, Loaded>): Promise<Rows['citable']> {
  const field = evidenceField(definition);
  if (!field?.phase || loaded.size === 0) return new Map();
  const numbers = new Map([...loaded].map(([number, { row }]) => [row.id, number] as const));
  const files = await db.reader.select({ id: evidence.id, findingId: evidence.findingId }).from(evidence).where(and(inArray(evidence.findingId, [...numbers.keys()]), eq(evidence.phase, field.phase)));
  const found = new Map<string, readonly string[]>();
  for (const { id, findingId } of files) found.set(numbers.get(findingId) ?? '', [...(found.get(numbers.get(findingId) ?? '') ?? []), id]);
  return found;
}
