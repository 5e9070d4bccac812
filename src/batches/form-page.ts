import { randomUUID } from 'node:crypto';
import type { Pages } from '../../views/pages.js';
import type { BulkRow } from '../../views/pages/bulk.js';
import { blank } from '../../workflows/rectification/1/blank.js';
import { current } from '../../workflows/registry.js';
import { placeOf } from '../../workflows/snapshot.js';
import type { EventDefinition, FieldDefinition } from '../../workflows/event.js';
import type { FindingContext } from '../../workflows/finding.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { behalfFields, behalfIn } from '../findings/behalf.js';
import type { RowOutcome } from '../findings/commands/many.js';
import { heldBy, type FormWorld } from '../findings/fields.js';
import type { Loaded } from '../findings/queries.js';
import { faultsOf, standingOf } from '../findings/form-page.js';
import { formWorld, principals } from '../findings/form-world.js';
import { toldOf, type Told } from '../findings/told.js';
import { bodyText, choice, hasText } from '../forms.js';
import { namesOf } from '../ledger-pages/filters.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { digestOf, type Asked } from './asked.js';
import { mostAtOnce, type Chosen } from './chosen.js';
import { moreWords, unitField, wordFields, type OwnWords } from './own-fields.js';
import { byUnit, firstGroup, groupedRows, isWarned, nameOf, rowView } from './row-view.js';
import type { Rows } from './rows.js';
import { sharedFields } from './shared-fields.js';

interface Shown {
  readonly chosen: Chosen;
  readonly rows: Rows;
  /** what was typed; null for a fresh form. */
  readonly asked: Asked | null;
  /** what would happen to each row; null before a preview. */
  readonly outcomes: readonly RowOutcome[] | null;
  readonly faults: readonly Refusal[];
  /** said above everything: it was confirmed, but not done. */
  readonly notice: string | null;
  readonly ownWords: OwnWords;
}

/** The shared fields of an event, above the rows and what would become of each. */
export async function bulkPage(house: House, person: Person, definition: EventDefinition, t: Words, { chosen, rows, asked, outcomes, faults, notice, ownWords }: Shown): Promise<Pages['bulk/form']> {
  const { numbers, loaded } = rows;
  const tree = await house.tree();
  const typed = asked?.body ?? null;
  const wrong = [...faults, ...missingIn(outcomes ?? [])];
  const world = await worldOf(house, definition, loaded, { typed, refusals: wrong, kept: asked?.files ?? [] }, t);
  const others = await othersFor(house, person, definition, loaded, asked);
  const behalf = others.length > 0 ? behalfFields(others, { typed, refusals: faults, keptScan: asked?.scan ?? null }, t) : [];
  const told = await toldOf(house.db.reader, [...loaded.values()].map(({ row }) => row.id), t);
  const all = outcomes ?? numbers.map((number) => ({ number, to: null, next: null, refusals: [] }));
  const verb = t(`event.${definition.type}`);
  const can = outcomes?.filter((row) => row.to !== null).length ?? 0;
  const own = ownWords !== 'nothing' && unitField(definition) !== undefined;
  const wordsOfRow = wordFields(definition, ownWords);
  const fields = sharedFields(definition, rows, { ownWords, warns: (outcomes ?? []).some(isWarned) }, world);
  return {
    title: t('bulk.title', { verb }), labels: { can: t('bulk.can'), cannot: t('bulk.cannot') }, action: `/findings/${definition.resource ?? ''}`, multipart: behalf.length > 0 || ownWords === 'everything' || definition.fields.some(({ kind }) => kind === 'evidence'),
    key: randomUUID(), numbers: numbers.map((number) => ({ number, seen: loaded.get(number)?.row.movedSeq ?? 0 })), previewed: outcomes !== null, canConfirm: can > 0,
    confirm: t('bulk.confirm', { verb, count: can }), summary: outcomes ? summaryOf(outcomes, t, verb) : t('bulk.chosen', { count: numbers.length }),
    jump: outcomes !== null && can < outcomes.length ? { href: `#${firstGroup}`, label: t('bulk.jump') } : null,
    more: chosen.whole !== null || chosen.more ? t(chosen.whole === null ? 'bulk.more' : 'batch.more', { most: mostAtOnce }) : null, whole: chosen.whole === null ? null : { view: chosen.whole, label: t('batch.whole') },
    digest: outcomes === null || !asked ? '' : digestOf(definition, rows, asked, tree, ownWords), notice, faults: faultsOf(wrong, t), byUnit: outcomes ? byUnit(outcomes, loaded, world) : [], none: chosen.ignored.length > 0 ? t('bulk.ignored', { names: namesOf(chosen.ignored, t) }) : t('bulk.none', { verb }),
    own: ownWords === 'everything' ? 'yes' : '', each: ownWords === 'usual' && moreWords(definition).length > 0 ? { label: t('bulk.each', { fields: moreWords(definition).map(({ name }) => t(`field.${name}`)).join(t('list.and')) }), hint: t('bulk.eachHint') } : null,
    fields, behalf, hasBehalf: behalf.length > 0, behalfOpen: behalf.some((field) => field.error !== null || field.value !== ''), units: own ? unitNames(definition, world) : [], rowsHint: [own ? t('bulk.unitsHint') : '', wordsOfRow.length > 0 ? t('bulk.wordsHint') : ''].filter(Boolean).join(' ') || null,
    groups: groupedRows(all.map((row) => ({ row, view: {
      ...rowView(row, loaded, outcomes !== null, tree, t), about: aboutOf(told.get(loaded.get(row.number)?.row.id ?? 0)), ownUnit: own ? { name: `unit.${row.number}`, value: bodyText(typed, `unit.${row.number}`), label: `${t('bulk.ownUnit')} ${row.number}`, hint: hintOf(rows, row.number, tree, t) || t(`field.${unitField(definition)?.name ?? ''}`) } : null,
      words: wordsOfRow.map((field) => ownWord(field, row.number, loaded.get(row.number), typed, tree, t)),
    } })), { previewed: outcomes !== null, isOpen: (number) => own && hasNoUnit(definition, loaded.get(number)) }, verb, t),
  };
}

/** What rows lack and may be given above, once for each field: told where it can be typed, and not only in each of many rows. */
function missingIn(outcomes: readonly RowOutcome[]): readonly Refusal[] {
  const fields = new Map<string, number>();
  for (const { refusals } of outcomes) for (const { rule, field } of refusals) if (rule === 'field.required' && field !== null) fields.set(field, (fields.get(field) ?? 0) + 1);
  return [...fields].map(([field, count]) => ({ rule: 'bulk.missing', kind: 'input', params: { part: field, count }, field }));
}

/** What the form offers is asked of the first row's office and of the unit that checks it: rows of one batch lie with one office, and are handed on by one unit. */
async function worldOf(house: House, definition: EventDefinition, loaded: Rows['loaded'], asked: Pick<FormWorld, 'typed' | 'refusals' | 'kept'>, t: Words): Promise<FormWorld> {
  const [first] = loaded.values();
  const context: FindingContext = { ...blank, hostOfficeId: first?.row.hostOfficeId ?? 0, checkUnitId: first?.snapshot.context.checkUnitId ?? null };
  const inspectors = definition.fields.some((field) => field.kind === 'people') ? await principals(house, context, ['inspector']) : [];
  return formWorld(house, t, null, context, inspectors, asked, definition.fields.map(({ name }) => name));
}

/** For whom it may be entered, asked once of rows that stand alike (the same state, units and office); and for whom it was. */
async function othersFor(house: House, person: Person, definition: EventDefinition, loaded: Rows['loaded'], asked: Asked | null): Promise<readonly Person[]> {
  if (!definition.onBehalf) return [];
  const alike = new Map([...loaded.values()].filter(({ snapshot }) => placeOf(current.machine, snapshot.value).conditions.has(definition.type)).map((each) => [standsAs(each), each]));
  const found = new Map<number, Person>();
  for (const each of [...alike.values()].slice(0, mostAsked)) for (const other of (await standingOf(house, person, each, definition)).others) found.set(other.id, other);
  const named = asked ? (await behalfIn(house, definition, asked.body, asked.scan))?.person : null;
  if (named) found.set(named.id, named);
  return [...found.values()];
}

/** To ask the workflow for each person of each row would take seconds; five hundred rows are of far fewer kinds. */
const mostAsked = 40;

function standsAs({ row, snapshot: { value, context } }: Loaded): string {
  return JSON.stringify([value, row.hostOfficeId, row.severity, context.leadUnitId, context.jointLeadUnitIds, context.responsibleUnitIds, context.sectorUnitId]);
}

function hasNoUnit(definition: EventDefinition, row: Loaded | undefined): boolean {
  const field = unitField(definition);
  return field !== undefined && row !== undefined && heldBy(field, row.snapshot.context) === null;
}

/** Names to choose from while typing, each with the others it goes by. */
function unitNames(definition: EventDefinition, { units, tree }: FormWorld): Pages['bulk/form']['units'] {
  return units(unitField(definition)?.fit ?? 'unit').map((unit) => ({ name: unit.name, names: tree.namesOf(unit.id).join(' ') }));
}

/** A field of a row that it may fill by itself: what was typed there; else what the finding holds, unless something was said for all already: that comes before it, as it does where rows are not asked. */
function ownWord(field: FieldDefinition, number: string, row: Loaded | undefined, typed: unknown, tree: UnitTree, t: Words): BulkRow['words'][number] {
  const { name, choices, kind } = field;
  const said = hasText(typed, `${name}.${number}`) ? bodyText(typed, `${name}.${number}`) : bodyText(typed, name) === '' ? heldWords(field, row, tree) : '';
  const label = t(`field.${name}`);
  return {
    name: `${name}.${number}`, label: `${label} ${number}`, hint: label, value: said, isDate: kind === 'date', isLine: kind === 'units',
    choices: choices ? [choice('', t('bulk.asAll', { label }), said === ''), ...choices.map((each) => choice(each, t(`choice.${name}.${each}`), each === said))] : [],
  };
}

function heldWords(field: FieldDefinition, row: Loaded | undefined, tree: UnitTree): string {
  const held = row ? heldBy(field, row.snapshot.context) : null;
  if (Array.isArray(held)) return held.map((id: unknown) => (typeof id === 'number' ? tree.unit(id)?.name : '')).filter(Boolean).join('、');
  return typeof held === 'string' ? held : '';
}

/** Shown in the empty field of a row that has no unit: what a rule or its list proposes. */
function hintOf({ loaded, suggested }: Rows, number: string, tree: UnitTree, t: Words): string {
  const proposed = loaded.get(number)?.row.leadUnitId === null ? suggested.get(number) : undefined;
  return proposed ? t(`bulk.suggests.${proposed.by}`, { unit: nameOf(proposed.unitId, tree) }) : '';
}

/** What tells whose a row is to be: what it says, where it came from, and what else its list said of it. */
function aboutOf(told: Told | undefined): string {
  return told ? [told.description, told.category, told.original, told.extra].filter(Boolean).join(' · ') : '';
}

function summaryOf(rows: readonly RowOutcome[], t: Words, verb: string): string {
  const can = rows.filter((row) => row.to !== null).length;
  return t('bulk.summary', { verb, total: rows.length, can, cannot: rows.length - can });
}
