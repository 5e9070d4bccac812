import { randomUUID } from 'node:crypto';
import type { Field, Pages } from '../../views/pages.js';
import { blank } from '../../workflows/rectification/1/blank.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { FindingContext } from '../../workflows/finding.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { behalfFields } from '../findings/behalf.js';
import type { RowOutcome } from '../findings/commands/many.js';
import { fieldsOf, type FormWorld } from '../findings/fields.js';
import { faultsOf, standingOf } from '../findings/form-page.js';
import { formWorld, principals } from '../findings/form-world.js';
import type { Loaded } from '../findings/queries.js';
import { toldOf, type Told } from '../findings/told.js';
import { bodyText, tickField } from '../forms.js';
import { namesOf } from '../ledger-pages/filters.js';
import type { UnitTree } from '../organisation/tree.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { digestOf, sharedForm, type Asked } from './asked.js';
import { mostAtOnce, type Chosen, type Rows } from './chosen.js';
import { unitField } from './own-units.js';

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
  /** the address of a view that holds more rows than a page may: the whole of it is done piece by piece; '' when these are all. */
  readonly whole: string;
}

/** The shared fields of an event, above the rows and what would become of each. */
export async function bulkPage(house: House, person: Person, definition: EventDefinition, t: Words, { chosen, rows, asked, outcomes, faults, notice, whole }: Shown): Promise<Pages['bulk/form']> {
  const { numbers, loaded } = rows;
  const tree = await house.tree();
  const typed = asked?.body ?? null;
  const world = await worldOf(house, definition, loaded, { typed, refusals: faults, kept: asked?.files ?? [] }, t);
  const others = await othersFor(house, person, definition, loaded);
  const behalf = others.length > 0 ? behalfFields(others, { typed, refusals: faults, keptScan: asked?.scan ?? null }, t) : [];
  const fields = await sharedFields(definition, rows, outcomes, world);
  const told = await toldOf(house.db.reader, [...loaded.values()].map(({ row }) => row.id), t);
  const all = outcomes ?? numbers.map((number) => ({ number, to: null, next: null, refusals: [] }));
  const verb = t(`event.${definition.type}`);
  const can = outcomes?.filter((row) => row.to !== null).length ?? 0;
  const own = whole === '' && unitField(definition) !== undefined;
  return {
    title: t('bulk.title', { verb }), labels: { can: t('bulk.can'), cannot: t('bulk.cannot') }, action: `/findings/${definition.resource ?? ''}`, multipart: behalf.length > 0 || definition.fields.some(({ kind }) => kind === 'evidence'),
    key: randomUUID(), numbers: numbers.map((number) => ({ number, seen: loaded.get(number)?.row.movedSeq ?? 0 })), previewed: outcomes !== null, canConfirm: can > 0,
    confirm: t('bulk.confirm', { verb, count: can }), summary: outcomes ? summaryOf(outcomes, t, verb) : t('bulk.chosen', { count: numbers.length }),
    more: chosen.more || whole !== '' ? t('batch.more', { most: mostAtOnce }) : null, whole: whole === '' ? null : { view: whole, label: t('batch.whole') },
    digest: outcomes === null || !asked ? '' : digestOf(definition, rows, asked), notice, faults: faultsOf(faults, t), byUnit: outcomes ? byUnit(outcomes, loaded, tree, t) : [], none: chosen.ignored.length > 0 ? t('bulk.ignored', { names: namesOf(chosen.ignored, t) }) : t('bulk.none', { verb }),
    fields, behalf, hasBehalf: behalf.length > 0, behalfOpen: behalf.some((field) => field.error !== null || field.value !== ''), units: own ? unitNames(definition, world) : [], unitsHint: own ? t('bulk.unitsHint') : null,
    rows: all.map((row) => ({
      ...rowView(row, loaded, outcomes === null ? null : 'before', tree, t), about: aboutOf(told.get(loaded.get(row.number)?.row.id ?? 0)), ownUnit: own ? { name: `unit.${row.number}`, value: bodyText(typed, `unit.${row.number}`), label: `${t('bulk.ownUnit')} ${row.number}`, hint: hintOf(rows, row.number, tree, t) } : null,
    })),
  };
}

/** What the form offers is asked of the office of the first row: rows of one batch lie with one office. */
async function worldOf(house: House, definition: EventDefinition, loaded: Rows['loaded'], asked: Pick<FormWorld, 'typed' | 'refusals' | 'kept'>, t: Words): Promise<FormWorld> {
  const context: FindingContext = { ...blank, hostOfficeId: [...loaded.values()][0]?.row.hostOfficeId ?? 0 };
  const inspectors = definition.fields.some((field) => field.kind === 'people') ? await principals(house, context, ['inspector']) : [];
  return formWorld(house, t, null, context, inspectors, asked, definition.fields.map(({ name }) => name));
}

/** For whom it may be entered, as it is for the first row that stands where it may be done. */
async function othersFor(house: House, person: Person, definition: EventDefinition, loaded: Rows['loaded']): Promise<readonly Person[]> {
  if (!definition.onBehalf) return [];
  for (const each of [...loaded.values()].slice(0, mostAsked)) {
    const { others } = await standingOf(house, person, each, definition);
    if (others.length > 0) return others;
  }
  return [];
}
const mostAsked = 5;

async function sharedFields(definition: EventDefinition, { suggested, citable }: Rows, outcomes: readonly RowOutcome[] | null, world: FormWorld): Promise<readonly Field[]> {
  const { t, typed } = world;
  const warned = bodyText(typed, 'warned');
  const own = unitField(definition);
  const fields = fieldsOf(sharedForm(definition), world).map((field) => (field.name === own?.name ? { ...field, label: t('bulk.allUnit', { label: field.label }) } : field));
  return [
    ...(suggested.size > 0 ? [tickField({ name: 'suggested', label: t('bulk.suggested', { count: suggested.size }), hint: t('bulk.suggestedHint'), value: bodyText(typed, 'suggested') })] : []), ...fields,
    ...(citable.size > 0 ? [tickField({ name: 'cited', label: t('bulk.cited', { count: citable.size }), hint: t('bulk.citedHint'), value: bodyText(typed, 'cited') })] : []),
    ...(warned === 'yes' || (outcomes ?? []).some(isWarned) ? [tickField({ name: 'warned', label: t('field.warned'), value: warned })] : []),
  ];
}

/** Names to choose from while typing, each with the others it goes by. */
function unitNames(definition: EventDefinition, { units, tree }: FormWorld): Pages['bulk/form']['units'] {
  return units(unitField(definition)?.fit ?? 'unit').map((unit) => ({ name: unit.name, names: tree.namesOf(unit.id).join(' ') }));
}

/** Shown in the empty field of a row: what a rule proposes, or the unit that its list names. */
function hintOf({ loaded, suggested }: Rows, number: string, tree: UnitTree, t: Words): string {
  const proposed = nameOf(suggested.get(number)?.unitId ?? null, tree);
  if (proposed !== '') return t('bulk.suggests', { unit: proposed });
  const row = loaded.get(number);
  return row?.row.leadUnitId ? '' : nameOf(row?.snapshot.context.suggestedUnitId ?? null, tree);
}

/** What tells whose a row is to be: what it says, where it came from, and what else its list said of it. */
function aboutOf(told: Told | undefined): string {
  return told ? [told.description, told.category, told.original, told.extra].filter(Boolean).join(' · ') : '';
}

function summaryOf(rows: readonly RowOutcome[], t: Words, verb: string): string {
  const can = rows.filter((row) => row.to !== null).length;
  return t('bulk.summary', { verb, total: rows.length, can, cannot: rows.length - can });
}

/** Whose the finding will be, or is. */
function holderOf({ number, next }: RowOutcome, loaded: ReadonlyMap<string, Loaded>): number | null {
  return (next ?? loaded.get(number))?.row.leadUnitId ?? null;
}

/** How many fall to each unit; the sum is the number of rows. */
function byUnit(rows: readonly RowOutcome[], loaded: ReadonlyMap<string, Loaded>, tree: UnitTree, t: Words): Pages['bulk/form']['byUnit'] {
  const units = new Map<number | null, { can: number; cannot: number }>();
  for (const row of rows) {
    const unit = holderOf(row, loaded);
    const counted = units.get(unit) ?? { can: 0, cannot: 0 };
    counted[row.to === null ? 'cannot' : 'can'] += 1;
    units.set(unit, counted);
  }
  return [...units].toSorted(([, one], [, other]) => other.can + other.cannot - one.can - one.cannot).map(([id, { can, cannot }]) => ({ unit: nameOf(id, tree) || t('bulk.noUnit'), total: can + cannot, can, cannot }));
}

function nameOf(id: number | null, tree: UnitTree): string {
  return id === null ? '' : tree.unit(id)?.shortName ?? '';
}

/** What would become of a row; `when` is null before anything was asked. */
export function rowView(row: RowOutcome, loaded: ReadonlyMap<string, Loaded>, when: 'before' | null, tree: UnitTree, t: Words): Pages['bulk/form']['rows'][number] {
  const { number, to, next, refusals } = row;
  const shown = next ?? loaded.get(number);
  const parts = next?.row.partsTotal ?? 0;
  const about = {
    number: shown && shown.row.number !== number ? `${number} → ${shown.row.number}` : number, href: `/findings/${shown?.row.number ?? number}`, title: shown?.row.title ?? '', unit: nameOf(holderOf(row, loaded), tree), parts: parts > 0 ? t('bulk.parts', { count: parts, names: (next?.snapshot.context.parts ?? []).filter((part) => part.open).map((part) => nameOf(part.unitId, tree)).join('、') }) : '', deadline: shown?.row.dueOn ?? '', about: '', ownUnit: null,
  };
  const { checkResult } = loaded.get(number)?.snapshot.context ?? { checkResult: null };
  const checked = checkResult === null ? '' : `${t('field.checkResult')}：${t(`choice.result.${checkResult}`)}`;
  if (when === null) return { ...about, can: { label: t('bulk.notYet'), tone: 'quiet' }, what: checked };
  if (to !== null) return { ...about, can: { label: t('bulk.can'), tone: 'good' }, what: [t('bulk.becomes', { state: t(`state.${to}`) }), checked].filter(Boolean).join(' ') };
  return { ...about, can: isWarned({ refusals }) ? { label: t('bulk.warned'), tone: 'warn' } : { label: t('bulk.cannot'), tone: 'bad' }, what: [...refusals.map((refusal) => sentenceOf(refusal, t)), checked].filter(Boolean).join(' ') };
}

/** Held back by a warning alone. */
function isWarned({ refusals }: Pick<RowOutcome, 'refusals'>): boolean {
  return refusals.length > 0 && refusals.every((refusal) => refusal.field === 'warned');
}
