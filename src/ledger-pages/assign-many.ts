import { dataErrors } from '../../workflows/fields.js';
import { current } from '../../workflows/registry.js';
import type { EventDefinition, FindingContext, Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import type { Request } from '../findings/commands/act.js';
import { bodyText, bodyTexts } from '../forms.js';
import { dataFrom } from '../findings/parse.js';
import { scopeOf } from '../findings/policy.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import { filtersFrom } from './filters.js';
import { viewOf, pageOf, sightOf } from './queries.js';

/** More at once would hold the page for too long; the rest is a second go, and the page says so. */
export const mostAtOnce = 500;

/** Rows that were chosen to be assigned together, and whether there were more than can be done in one go. */
export interface Chosen {
  readonly numbers: readonly string[];
  readonly more: boolean;
}

/** The rows ticked on a page of the ledger, or with `all=yes` those of the whole view. */
export async function chosenRows(house: House, person: Person, query: unknown): Promise<Chosen> {
  if (bodyText(query, 'all') !== 'yes') return chosenIn(query);
  const { filters, order } = filtersFrom(query);
  const view = viewOf(await sightOf(house, person, filters), filters);
  const { rows, more } = await pageOf(house.db.reader, view, order, null, mostAtOnce);
  return { numbers: rows.map((row) => row.number), more };
}

/** The rows that a submitted form names, each once. */
export function chosenIn(body: unknown): Chosen {
  const all = [...new Set(bodyTexts(body, 'n'))];
  return { numbers: all.slice(0, mostAtOnce), more: all.length > mostAtOnce };
}

/** What the office is asked when it assigns. */
export function assignment(): EventDefinition {
  const definition = current.events['ASSIGN'];
  if (!definition) throw new Error('The current workflow assigns nothing.');
  return definition;
}

/** Every row is assigned with the shared fields; where one is empty, with what the row holds already or was suggested for it. */
export function requestsFor(numbers: readonly string[], loaded: ReadonlyMap<string, Loaded>, body: unknown): readonly Request[] {
  const shared = dataFrom(assignment(), body, []);
  const warn = bodyText(body, 'warned') !== 'yes';
  return numbers.map((number) => {
    const held = loaded.get(number)?.snapshot.context;
    return { number, event: 'ASSIGN', data: { ...(held ? ownOf(held) : {}), ...shared }, seen: null, onBehalf: null, files: [], warn };
  });
}

function ownOf({ requirement, closureStandard, rectificationType, deadline, leadUnitId, suggestedUnitId }: FindingContext): Readonly<Record<string, unknown>> {
  const own = { requirement, closureStandard, rectificationType, deadline, leadUnitId: suggestedUnitId ?? leadUnitId };
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null && value !== ''));
}

/** Those of the rows that the person may see. */
export async function visibleRows(house: House, person: Person, numbers: readonly string[]): Promise<ReadonlyMap<string, Loaded>> {
  const queries = findingQueries(house.db.reader);
  const scope = scopeOf(person, await house.tree());
  const found = new Map<string, Loaded>();
  for (const number of numbers) {
    const loaded = await queries.byNumber(number);
    if (loaded && (await queries.isVisible(loaded.row.id, scope))) found.set(number, loaded);
  }
  return found;
}

/** Faults of what was typed; fields left empty are a matter of each row. */
export function sharedFaults(body: unknown): readonly Refusal[] {
  return dataErrors(assignment(), dataFrom(assignment(), body, [])).filter((refusal) => refusal.rule !== 'field.required');
}
