import type { EventDefinition } from '../../workflows/event.js';
import type { House, Person } from '../context.js';
import { bodyText, bodyTexts } from '../forms.js';
import { addressOf, filtersFrom } from '../ledger-pages/filters.js';
import { pageOf, sightOf, viewOf } from '../ledger-pages/queries.js';
import { waitingForMe } from '../workbench/queries.js';
import { doneAndStanding, doneAndWaiting } from './next.js';
import { batchOf, refusedOutcomes, rowsThat } from './queries.js';

/** More at once would hold the page for too long; the rest is a second go, and the page says so. */
export const mostAtOnce = 500;

/** Fields of the largest form: a row brings its number, what was seen of it, its unit and up to five words of its own; the shared fields come on top. */
export const mostFields = 8 * mostAtOnce + 100;

/** Rows that were chosen to be done together, and whether there were more than can be done in one go. */
export interface Chosen {
  readonly numbers: readonly string[];
  readonly more: boolean;
  /** the address of the view that they are the first rows of, where the whole of it may be done piece by piece. */
  readonly whole: string | null;
  /** what the address said and was not understood: then nothing is chosen. */
  readonly ignored: readonly string[];
}

/** The rows ticked on a page of the ledger; with `again`, those that a batch of theirs left; with `after`, those that it did and that wait for this now; with `done`, those that it did and that may be taken back; with `mine=yes`, their own queue, parts too; with `all=yes`, those of the whole view that do. */
export async function chosenRows(house: House, person: Person, event: EventDefinition, query: unknown): Promise<Chosen> {
  const [after, again, done] = [bodyText(query, 'after'), bodyText(query, 'again'), bodyText(query, 'done')];
  if (done !== '') return chosenOf(house, person, done, (id) => doneAndStanding(house.db.reader, id, event.type, mostAtOnce + 1));
  if (after !== '') return chosenOf(house, person, after, (id) => doneAndWaiting(house.db.reader, id, event.type, mostAtOnce + 1));
  if (again !== '') return chosenOf(house, person, again, async (id) => (await rowsThat(house.db.reader, id, refusedOutcomes, 0, mostAtOnce + 1)).map(({ number }) => number));
  if (bodyText(query, 'mine') === 'yes') return chosenQueue(house, person, event);
  if (bodyText(query, 'all') !== 'yes') return chosenIn(query);
  const { filters, order, ignored } = filtersFrom(query);
  if (ignored.length > 0) return { numbers: [], more: false, whole: null, ignored };
  const view = viewOf(await sightOf(house, person, filters), event.weight === 'main' ? { ...filters, waits: event.type } : filters);
  const { rows, more } = await pageOf(house.db.reader, view, order, null, mostAtOnce);
  return { numbers: rows.map((row) => row.number), more, whole: more ? `all=yes&${addressOf(filters, order).split('?')[1] ?? ''}` : null, ignored };
}

/** What waits for this person, as their first page lists it: a view would hold what waits for others too, and no parts. Of more than a page may hold the whole is a view all the same. */
async function chosenQueue(house: House, person: Person, { type }: EventDefinition): Promise<Chosen> {
  const rows = await waitingForMe(house.db.reader, person, await house.tree(), type, mostAtOnce + 1);
  const more = rows.length > mostAtOnce;
  return { numbers: rows.slice(0, mostAtOnce).map(({ number }) => number), more, whole: more ? 'all=yes' : null, ignored: [] };
}

/** Rows of a batch of their own; of anybody else's none. */
async function chosenOf({ db: { reader } }: House, { id }: Person, batchId: string, rowsOf: (id: string) => Promise<readonly string[]>): Promise<Chosen> {
  const batch = await batchOf(reader, batchId, id);
  const numbers = batch ? await rowsOf(batch.id) : [];
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
