import { setImmediate } from 'node:timers/promises';
import { dataErrors } from '../../workflows/fields.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import type { Request } from '../findings/commands/act.js';
import { heldBy } from '../findings/fields.js';
import { dataFrom } from '../findings/parse.js';
import { scopeOf } from '../findings/policy.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import { bodyText, bodyTexts } from '../forms.js';
import { hashOf } from '../ledger/hash.js';
import { filledBy, ruleFor, rulesOf } from '../rules/suggest.js';
import { filtersFrom } from './filters.js';
import { pageOf, sightOf, viewOf } from './queries.js';

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

/** What is asked once for all rows: a file belongs to one finding, and what a row holds already need not be typed. */
export function sharedForm(definition: EventDefinition): EventDefinition {
  return { ...definition, fields: definition.fields.filter((field) => field.kind !== 'evidence').map((field) => (field.startsWith ? { ...field, required: false } : field)) };
}

/** The shared fields of a submitted form, as they were typed: what a batch keeps. */
export function sharedIn(definition: EventDefinition, body: unknown): Readonly<Record<string, unknown>> {
  const names = [...sharedForm(definition).fields.map(({ name }) => name), 'suggested', 'warned'];
  const typed = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(typed.filter(([name]) => names.some((each) => name === each || name.startsWith(`${each}.`))));
}

/** The view that a form was made for: the address of the ledger, one value or several for each name. */
export function viewIn(body: unknown): readonly (readonly [string, string | readonly string[]])[] {
  const query = new URLSearchParams(bodyText(body, 'whole').slice(0, 4000));
  return [...new Set(query.keys())].map((name) => [name, query.getAll(name)]);
}

/** Every row is done with the shared fields; where one is empty, with what the row holds already or was suggested for it. */
export function requestsFor(definition: EventDefinition, numbers: readonly string[], loaded: ReadonlyMap<string, Loaded>, body: unknown, suggested: Suggested): readonly Request[] {
  const shared = dataFrom(sharedForm(definition), body, []);
  const warn = bodyText(body, 'warned') !== 'yes';
  return numbers.map((number) => {
    const held = loaded.get(number)?.snapshot.context;
    const own = held ? definition.fields.flatMap((field) => { const value = heldBy(field, held); return value === null ? [] : [[field.name, value] as const]; }) : [];
    const proposed = bodyText(body, 'suggested') === 'yes' ? ofThisForm(definition, suggested.get(number)?.data ?? {}) : {};
    return { number, event: definition.type, data: { ...proposed, ...Object.fromEntries(own), ...shared }, seen: seenOf(body, number) ?? loaded.get(number)?.row.movedSeq ?? null, onBehalf: null, files: [], warn };
  });
}

/** What a form asks for and, where it takes them, what the rules fill in, in a few letters: a confirmation of something else than was previewed is previewed again. */
export function digestOf(definition: EventDefinition, { numbers }: Chosen, body: unknown, suggested: Suggested): string {
  const proposed = bodyText(body, 'suggested') === 'yes' ? [...suggested] : null;
  return hashOf([JSON.stringify([numbers, dataFrom(sharedForm(definition), body, []), proposed])]).slice(0, 22);
}

/** What the preview was made from: a row that moved on since is told, and not overwritten. */
function seenOf(body: unknown, number: string): number | null {
  const seen = bodyText(body, `seen.${number}`);
  return bodyText(body, 'step') === 'confirm' && /^\d{1,9}$/u.test(seen) ? Number(seen) : null;
}

function ofThisForm({ fields }: EventDefinition, data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(data).filter(([name]) => fields.some((field) => field.name === name)));
}

/** What the office's rules propose for rows: of which unit, and what they would fill in. */
export type Suggested = ReadonlyMap<string, { readonly unitId: number; readonly data: Readonly<Record<string, unknown>> }>;

/** Asks the rules of the host office about each row that is to be given to a unit. */
export async function suggestedFor(house: House, definition: EventDefinition, loaded: ReadonlyMap<string, Loaded>): Promise<Suggested> {
  const [first] = loaded.values();
  if (!first || !definition.fields.some(({ name }) => name === 'checkUnitId' || name === 'leadUnitId')) return new Map();
  const tree = await house.tree();
  const rules = await rulesOf(house.db.reader, first.row.hostOfficeId);
  return new Map([...loaded].flatMap(([number, { row }]) => {
    const rule = row.hostOfficeId === first.row.hostOfficeId ? ruleFor(rules, { categoryId: row.categoryId, unitId: row.leadUnitId }, tree) : null;
    return rule ? [[number, { unitId: rule.unitId, data: filledBy(rule, house.clock.today()) }] as const] : [];
  }));
}

/** The rules by which an office's rows are proposed to units, in a few letters. */
export async function rulesDigest(house: House, officeId: number): Promise<string> {
  return hashOf([JSON.stringify(await rulesOf(house.db.reader, officeId))]).slice(0, 22);
}

/** Those of the rows that the person may see. */
export async function visibleRows(house: House, person: Person, numbers: readonly string[]): Promise<ReadonlyMap<string, Loaded>> {
  const queries = findingQueries(house.db.reader);
  const scope = scopeOf(person, await house.tree());
  const found = new Map<string, Loaded>();
  for (const [index, number] of numbers.entries()) {
    // Answers come at once here: without a pause nobody else's page would come in between.
    if (index % 20 === 19) await setImmediate();
    const loaded = await queries.byNumber(number);
    if (loaded && (await queries.isVisible(loaded.row.id, scope))) found.set(number, loaded);
  }
  return found;
}

/** Faults of what was typed; a field that a row may fill by itself is a matter of that row. */
export function sharedFaults(definition: EventDefinition, body: unknown): readonly Refusal[] {
  const form = sharedForm(definition);
  const faults = dataErrors(form, dataFrom(form, body, []));
  // Where rules fill in, what is missing is a matter of each row.
  return bodyText(body, 'suggested') === 'yes' ? faults.filter(({ rule }) => rule !== 'field.required') : faults;
}
