import { randomUUID } from 'node:crypto';
import { dataErrors, onBehalfErrors } from '../../workflows/fields.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { Refusal } from '../../workflows/types.js';
import type { House } from '../context.js';
import { behalfIn, behalfTowards, nobody, type BehalfTyped } from '../findings/behalf.js';
import type { Request } from '../findings/commands/act.js';
import { heldBy } from '../findings/fields.js';
import { dataFrom } from '../findings/parse.js';
import type { Received } from '../findings/received.js';
import { bodyText, hasText } from '../forms.js';
import { hashOf } from '../ledger/hash.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Rows } from './rows.js';
import { moreWords, ownTyped, unitField, wordFields, type OwnWords } from './own-fields.js';

/** What is typed once for all rows: texts, files that each of them gets, and the signed paper of an entry on behalf. */
export type Asked = Pick<Received, 'body' | 'files' | 'scan'>;

/** Where rows say everything themselves. */
export const nothingAsked: Asked = Object.freeze({ body: {}, files: [], scan: null });

/** What is asked once for all rows: what a row holds already, or where rows may speak says for itself, need not be typed. */
export function sharedForm(definition: EventDefinition, words: OwnWords): EventDefinition {
  const own = wordFields(definition, words);
  return { ...definition, fields: definition.fields.map((field) => (field.startsWith || field.kind === 'evidence' || own.includes(field) ? { ...field, required: false } : field)) };
}

/** Names of a form that are no field of its event. */
export const besideFields = ['own', 'suggested', 'cited', 'warned', 'replaceUnits', 'behalfPersonId', 'basisNumber', 'basisDate'];

/**
 * Every row is done with the shared fields; where one is empty, with what the row holds already or was suggested for it. What a row says for itself comes first.
 * A unit above is for rows that have none: one that a row has already it replaces only where that was ticked (ten units typed above had changed 256 others).
 */
export async function requestsFor(house: House, definition: EventDefinition, { numbers, loaded, suggested, citable }: Rows, { body, files, scan }: Asked, words: OwnWords): Promise<readonly Request[]> {
  const [tree, shared] = [await house.tree(), dataFrom(definition, body, [])];
  const behalf = await behalfIn(house, definition, body, scan);
  const warn = bodyText(body, 'warned') !== 'yes';
  return numbers.map((number) => {
    const row = loaded.get(number);
    const cleared = emptied(definition, body, number, words);
    const held = row ? definition.fields.filter(({ name }) => !cleared.has(name)).flatMap((field) => { const value = heldBy(field, row.snapshot.context); return value === null ? [] : [[field.name, value] as const]; }) : [];
    const proposed = bodyText(body, 'suggested') === 'yes' ? ofThisForm(definition, suggested.get(number)?.data ?? {}) : {};
    const own = ownTyped(definition, body, number, row, tree, words);
    const unit = bodyText(body, 'replaceUnits') === 'yes' ? undefined : unitField(definition)?.name;
    const onBehalf = row && behalf ? behalfTowards(row, paperOf(behalf), tree) : null;
    const cited = bodyText(body, 'cited') === 'yes' ? citable.get(number) ?? [] : [];
    return {
      number, event: definition.type, data: { ...proposed, ...Object.fromEntries(held), ...shared, ...Object.fromEntries(held.filter(([name]) => name === unit)), ...own.data, ...(cited.length > 0 ? { evidence: cited } : {}) }, seen: seenOf(body, number) ?? row?.row.movedSeq ?? null,
      onBehalf, files: files.map((file) => ({ ...file, id: randomUUID() })), warn, wrong: own.wrong,
    };
  });
}

/** Fields of a row that were shown with what it holds and come back empty: what a page shows is what is done, so what was taken out there is not held on to. */
function emptied(definition: EventDefinition, body: unknown, number: string, words: OwnWords): ReadonlySet<string> {
  const shown = words === 'everything' ? moreWords(definition) : [];
  return new Set(shown.filter(({ name }) => hasText(body, `${name}.${number}`) && bodyText(body, `${name}.${number}`) === '').map(({ name }) => name));
}

/** Each finding keeps the signed paper as its own. */
function paperOf(behalf: BehalfTyped): BehalfTyped {
  return { ...behalf, scan: behalf.scan && { ...behalf.scan, id: randomUUID() } };
}

/** What a form asks for and what it comes to (units by their names, proposals of rules, evidence that is cited), in a few letters: a confirmation of something else than was previewed is previewed again. */
export function digestOf(definition: EventDefinition, { numbers, loaded, suggested, citable }: Rows, { body, files, scan }: Asked, tree: UnitTree, words: OwnWords): string {
  const proposed = bodyText(body, 'suggested') === 'yes' ? [...suggested] : null;
  const cited = bodyText(body, 'cited') === 'yes' ? [...citable] : null;
  const own = words === 'nothing' ? [] : numbers.map((number) => ownTyped(definition, body, number, loaded.get(number), tree, words));
  const more = [...besideFields.map((name) => bodyText(body, name)), ...files.map(({ sha256 }) => sha256), scan?.sha256 ?? ''];
  return hashOf([JSON.stringify([numbers, dataFrom(definition, body, []), proposed, cited, own, more])]).slice(0, 22);
}

/** What the preview was made from: a row that moved on since is told, and not overwritten. */
function seenOf(body: unknown, number: string): number | null {
  const seen = bodyText(body, `seen.${number}`);
  return bodyText(body, 'step') === 'confirm' && /^\d{1,9}$/u.test(seen) ? Number(seen) : null;
}

function ofThisForm({ fields }: EventDefinition, data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(data).filter(([name]) => fields.some((field) => field.name === name)));
}

/** Faults of what was typed once; a field that a row may fill by itself is a matter of that row. */
export async function sharedFaults(house: House, definition: EventDefinition, { body, scan }: Pick<Asked, 'body' | 'scan'>, words: OwnWords): Promise<readonly Refusal[]> {
  const form = sharedForm(definition, words);
  const faults = dataErrors(form, dataFrom(form, body, []));
  const behalf = await behalfIn(house, definition, body, scan);
  return [
    // Where rules fill in, what is missing is a matter of each row.
    ...(bodyText(body, 'suggested') === 'yes' ? faults.filter(({ rule }) => rule !== 'field.required') : faults),
    ...(behalf ? behalfFaults(behalf, house.clock.today()) : []),
  ];
}

function behalfFaults({ person, basisNumber, basisDate, scan }: BehalfTyped, today: string): readonly Refusal[] {
  return [...(person ? [] : [nobody]), ...onBehalfErrors({ basisNumber, basisDate, scan: scan?.id ?? null }, today)];
}
