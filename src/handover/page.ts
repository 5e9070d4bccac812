import { randomUUID } from 'node:crypto';
import type { Field, Pages } from '../../views/pages.js';
import { isDate } from '../../workflows/fields.js';
import { blank } from '../../workflows/rectification/1/blank.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { previewMany, type RowOutcome } from '../findings/commands/many.js';
import { faultsOf } from '../findings/form-page.js';
import { principals } from '../findings/form-world.js';
import type { Loaded } from '../findings/queries.js';
import { bodyText, bodyTexts, choice, longField, selectField, textField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { reassignments } from './commands.js';
import { handingOver, mostRows, namedIn, restingOn, verificationsOf, type Someone } from './queries.js';

/** An office, and what a hand-over in its name may touch. */
export interface OfficeAt {
  readonly person: Person;
  /** the offices that it acts for. */
  readonly offices: readonly number[];
  /** their jurisdictions, with all below. */
  readonly units: readonly number[];
}

/** Who hands over and who takes over, as chosen; null where nobody of the lists was. */
export interface Pair {
  readonly from: Someone | null;
  readonly to: Person | null;
  readonly verifyBy: string | null;
  readonly senders: readonly Someone[];
  readonly takers: readonly Person[];
}

/** Reads the pair from a form or an address. */
export async function pairFrom(house: House, { offices, units }: OfficeAt, typed: unknown): Promise<Pair> {
  const senders = await handingOver(house.db.reader, offices, units);
  const takers = await principals(house, { ...blank, hostOfficeId: offices[0] ?? 0 }, ['inspector']);
  const by = bodyText(typed, 'verifyBy');
  return {
    senders, takers, from: senders.find(({ id }) => String(id) === bodyText(typed, 'from')) ?? null, to: takers.find(({ id }) => String(id) === bodyText(typed, 'to')) ?? null, verifyBy: isDate(by) ? by : null,
  };
}

/** What is wrong with the pair, before any row is looked at. */
export function pairFaults({ from, to }: Pair, typed: unknown): readonly Refusal[] {
  const by = bodyText(typed, 'verifyBy');
  return [
    ...(from ? [] : [missing('from', 'handoverFrom')]), ...(to ? [] : [missing('to', 'handoverTo')]),
    ...(from && to && from.id === to.id ? [{ rule: 'handover.same', kind: 'input' as const, params: {}, field: 'to' }] : []), ...(by === '' || isDate(by) ? [] : [{ rule: 'field.notADate', kind: 'input' as const, params: { name: 'verifyBy' }, field: 'verifyBy' }]),
  ];
}

/** The form; with a pair, what handing over would do to each row, nothing of it written. */
export async function handoverPage(house: House, office: OfficeAt, pair: Pair, typed: unknown, refusals: readonly Refusal[], t: Words): Promise<Pages['handover/show']> {
  const tree = await house.tree();
  const error = (name: string): string | null => refusals.filter(({ field }) => field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
  const fields: readonly Field[] = [
    selectField({ name: 'from', label: t('field.handoverFrom'), required: true, error: error('from'), choices: pair.senders.map((each) => choice(each.id, senderName(each, tree, t), each.id === pair.from?.id)) }),
    selectField({ name: 'to', label: t('field.handoverTo'), required: true, error: error('to'), choices: pair.takers.map((each) => choice(each.id, `${each.name} · ${tree.unit(each.posts.find(({ role }) => role === 'inspector')?.unitId ?? 0)?.shortName ?? ''}`, each.id === pair.to?.id)) }),
    textField({ name: 'verifyBy', label: t('handover.verifyBy'), type: 'date', value: bodyText(typed, 'verifyBy'), hint: t('handover.verifyByHint'), error: error('verifyBy') }),
  ];
  const ready = pair.from !== null && pair.to !== null && pair.from.id !== pair.to.id;
  return { key: randomUUID(), faults: faultsOf(refusals, t), fields, preview: ready ? await previewOf(house, office, { ...pair, from: pair.from, to: pair.to }, typed, error, tree, t) : null };
}

async function previewOf(house: House, { person, offices, units }: OfficeAt, { from, to, verifyBy }: { readonly from: Someone; readonly to: Person; readonly verifyBy: string | null }, typed: unknown, error: (name: string) => string | null, tree: UnitTree, t: Words): Promise<NonNullable<Pages['handover/show']['preview']>> {
  const { reader } = house.db;
  const all = await verificationsOf(reader, from.id, offices);
  const asked = await reassignments(house, all.slice(0, mostRows), from.id, to.id, verifyBy);
  const outcomes = await previewMany(house, person, asked.map(({ request }) => request));
  const chosen = new Set(bodyTexts(typed, 'n'));
  const loaded = new Map(asked.map((each) => [each.request.number, each.loaded]));
  const can = outcomes.filter((row) => row.to !== null).length;
  const resting = await restingOn(reader, from.id, units, house.clock.today());
  const named = await namedIn(reader, from.name, offices);
  return {
    summary: t('handover.summary', { from: from.name, to: to.name, total: outcomes.length, can, cannot: outcomes.length - can }), more: all.length > mostRows ? t('bulk.more', { most: mostRows }) : null,
    rows: outcomes.map((row) => ({ ...rowView(row, loaded.get(row.number) ?? null, tree, t), chosen: row.to !== null && (chosen.size === 0 || chosen.has(row.number)), seen: loaded.get(row.number)?.row.movedSeq ?? 0 })),
    posts: resting.map(({ post, amount, others }) => ({ text: `${tree.unit(post.unitId)?.name ?? ''} ${t(`role.${post.role}`)}`, resting: t('handover.resting', { count: amount, others }) })),
    named: named.map(({ number, title, as }) => ({ number, href: `/findings/${number}`, title, as: t(`field.${as}`) })),
    basis: longField({ name: 'basis', label: t('field.handoverBasis'), value: bodyText(typed, 'basis'), required: true, hint: t('handover.basisHint'), error: error('basis') }),
    hidden: [{ name: 'from', value: String(from.id) }, { name: 'to', value: String(to.id) }, { name: 'verifyBy', value: verifyBy ?? '' }], canConfirm: can > 0, nothing: outcomes.length === 0 ? t('handover.nothing', { name: from.name }) : null,
  };
}

function senderName({ name, gone, unitId }: Someone, tree: UnitTree, t: Words): string {
  return [gone ? t('handover.gone', { name }) : name, tree.short(unitId)].filter(Boolean).join(' · ');
}

function rowView({ number, to, refusals }: RowOutcome, loaded: Loaded | null, tree: UnitTree, t: Words) {
  const row = loaded?.row;
  return {
    number, href: `/findings/${number}`, title: row?.title ?? '', unit: row?.leadUnitId ? tree.short(row.leadUnitId) : '', parts: '', deadline: loaded?.snapshot.context.verifyBy ?? '',
    can: to === null ? { label: t('handover.stays'), tone: 'bad' as const } : { label: t('bulk.can'), tone: 'good' as const }, what: refusals.map((refusal) => sentenceOf(refusal, t)).join(' '),
  };
}

function missing(field: string, name: string): Refusal {
  return { rule: 'field.required', kind: 'input', params: { name }, field };
}
