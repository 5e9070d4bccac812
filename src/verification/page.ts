import { randomUUID } from 'node:crypto';
import type { Pages } from '../../views/pages.js';
import type { CrossFigure, Crosstab } from '../../views/pages/distribution.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import type { RowOutcome } from '../findings/commands/many.js';
import { faultsOf } from '../findings/form-page.js';
import { visitLight } from '../findings/lights.js';
import { scopeOf } from '../findings/policy.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import { bodyText, bodyTexts, checksField, choice, textField } from '../forms.js';
import { groupedRows, rowView } from '../batches/row-view.js';
import type { UnitTree } from '../organisation/tree.js';
import { peopleInRoles } from '../people/in-role.js';
import { peopleNames } from '../people/names.js';
import { sentenceOf } from '../refusals.js';
import { byPlace, isUrgency, placeOf, urgencies, urgencyOf, type Urgency } from '../visits/places.js';
import { mostVisits, type Visit } from '../visits/queries.js';
import type { Words } from '../words.js';
import { mostRows, tickedIn, type Dispatch } from './asked.js';
import { freeFor } from './free.js';
import { heldBy, loadOf, toDispatch } from './queries.js';

/** A dispatch as it is asked for: fresh, or after something was typed. */
export interface Asked {
  /** narrowed to a place and a due day; or what an inspector has, to be given to somebody else. */
  readonly query: unknown;
  readonly typed: unknown;
  readonly dispatch: Dispatch | null;
  readonly outcomes: readonly RowOutcome[] | null;
  readonly loaded: ReadonlyMap<string, Loaded>;
  readonly changed: boolean;
}

/** 派发核查: what waits to be verified, by place and due day, and what each inspector has already. */
export async function dispatchPage(house: House, person: Person, asked: Asked, t: Words): Promise<Pages['verification/show']> {
  const { reader } = house.db;
  const [tree, today] = [await house.tree(), house.clock.today()];
  const offices = officesOf(person);
  const scope = scopeOf(person, tree);
  const inspectors = (await peopleInRoles(reader, ['inspector'], today)).filter((each) => each.posts.some((post) => post.role === 'inspector' && offices.some((office) => tree.within(tree.jurisdictionOf(office), tree.jurisdictionOf(post.unitId)))));
  const holder = inspectors.find(({ id }) => String(id) === bodyText(asked.query, 'of')) ?? null;
  const found = holder ? await heldBy(reader, holder.id, scope) : await toDispatch(reader, offices);
  const all = found.slice(0, mostVisits);
  const { place, due } = narrowedBy(asked.query);
  const narrow = all.filter((row) => (place === '' || String(placeOf(row.leadUnitId, tree, t).id) === place) && (due === null || urgencyOf(row.dueOn, today) === due));
  const rows = narrow.slice(0, mostRows);
  const loads = await loadOf(reader, inspectors.map(({ id }) => id), scope, today);
  const groups = await groupsOf(house, { t, tree, today, offices, inspectors, loads, holder, asked, rows });
  return {
    title: holder ? t('verification.titleOf', { name: holder.name }) : t('nav.verification'), intro: t(holder ? 'verification.introOf' : 'verification.intro'), total: t('verification.total', { findings: all.filter(({ isPart }) => !isPart).length, parts: all.filter(({ isPart }) => isPart).length }),
    more: found.length > mostVisits ? t('visits.listMore', { most: mostVisits }) : narrow.length > rows.length ? t('verification.more', { most: mostRows }) : null,
    faults: faultsOf(asked.dispatch?.faults ?? [], t), changed: asked.changed ? t('bulk.changed') : null, table: all.length === 0 ? null : placesByDue(all, tree, today, t, t(holder ? 'verification.tableOf' : 'verification.table'), (narrowed) => addressOf(holder, narrowed)),
    filters: place === '' && due === null ? [] : [{ label: t('verification.due.all', { count: all.length }), href: addressOf(holder, ''), current: false }],
    dueLabel: t(holder ? 'field.verifyBy' : 'field.deadline'), key: randomUUID(), digest: asked.outcomes && asked.dispatch ? asked.dispatch.digest : '', narrowed: [{ name: 'of', value: holder ? String(holder.id) : '' }, { name: 'place', value: place }, { name: 'due', value: due ?? '' }].filter(({ value }) => value !== ''),
    preview: asked.outcomes && (await previewOf(house, asked, tree, t)), groups,
    load: inspectors.map((each) => loadView(each, loads.get(each.id), tree)), empty: { text: t(holder ? 'verification.emptyOf' : 'verification.empty'), href: holder ? '/verification' : '/', label: t(holder ? 'nav.verification' : 'nav.workbench') },
  };
}

export function officesOf({ posts }: Person): readonly number[] {
  return posts.filter(({ role }) => role === 'office').map(({ unitId }) => unitId);
}

/** One view has one address. */
function addressOf(holder: Person | null, narrowed: string): string {
  const query = [...(holder ? [`of=${holder.id}`] : []), ...(narrowed === '' ? [] : [narrowed])].join('&');
  return query === '' ? '/verification' : `/verification?${query}`;
}

function narrowedBy(query: unknown): { readonly place: string; readonly due: Urgency | null } {
  const [place, due] = [bodyText(query, 'place'), bodyText(query, 'due')];
  return { place: /^\d{1,12}$/u.test(place) ? place : '', due: isUrgency(due) ? due : null };
}

interface World {
  readonly t: Words;
  readonly tree: UnitTree;
  readonly today: string;
  readonly offices: readonly number[];
  readonly inspectors: readonly Person[];
  readonly loads: Awaited<ReturnType<typeof loadOf>>;
  readonly holder: Person | null;
  readonly asked: Asked;
  readonly rows: readonly Visit[];
}

/** Rows by place, each with who is free for it; a place with who is free for how many of its rows. */
async function groupsOf(house: House, world: World): Promise<Pages['verification/show']['groups']> {
  const { t, tree, today, offices, inspectors, loads, asked, rows } = world;
  const queries = findingQueries(house.db.reader);
  const loaded = (await Promise.all(rows.map(({ id }) => queries.byId(id)))).filter((row) => row !== null);
  const byNumber = new Map(loaded.map((row) => [row.row.number, row]));
  const free = await freeFor(inspectors, loaded, tree);
  const names = await peopleNames(house.db.reader, [...new Set(loaded.flatMap(({ snapshot }) => snapshot.context.verifierIds))]);
  const ticked = asked.typed === null ? null : new Set(tickedIn(asked.typed));
  return byPlace(rows, tree, t).map((group) => {
    const { id } = group.place;
    const mine = group.rows.filter(({ hostOfficeId }) => offices.includes(hostOfficeId));
    const freeHere = (inspector: Person): number => mine.filter(({ number }) => (free.get(number) ?? []).includes(inspector)).length;
    const offered = inspectors.filter((inspector) => freeHere(inspector) > 0 || bodyTexts(asked.typed, `who.${id}`).includes(String(inspector.id)));
    return {
      id: `place-${id}`, place: group.place.label, count: t('visits.count', { count: group.rows.length }), single: `/findings/verification-assignment?${new URLSearchParams(mine.map(({ number }): [string, string] => ['n', number])).toString()}`,
      who: checksField({ name: `who.${id}`, label: t('field.verifierIds'), hint: offered.length === 0 ? t('verification.nobodyFree') : null, choices: offered.map((inspector) => choice(inspector.id, t('verification.offer', { name: inspector.name, unit: unitOf(inspector, tree), open: loads.get(inspector.id)?.open ?? 0, free: freeHere(inspector), rows: mine.length }), bodyTexts(asked.typed, `who.${id}`).includes(String(inspector.id)))) }),
      by: textField({ name: `by.${id}`, label: t('field.verifyBy'), type: 'date', value: asked.typed === null ? sameDay(mine.map(({ number }) => byNumber.get(number)?.snapshot.context.verifyBy ?? null), today) : bodyText(asked.typed, `by.${id}`) }),
      rows: group.rows.map((row) => {
        const now = byNumber.get(row.number)?.snapshot.context.verifierIds ?? [];
        const freeNames = (free.get(row.number) ?? []).map(({ name }) => name).join(t('list.and'));
        return {
          number: row.number, seen: String(byNumber.get(row.number)?.row.movedSeq ?? 0), href: `/findings/${row.number}`, title: row.title, unit: tree.short(row.leadUnitId), deadline: row.dueOn ?? '',
          light: visitLight(row, today, t), chosen: ticked === null || ticked.has(row.number), mine: offices.includes(row.hostOfficeId),
          free: [now.length > 0 ? t('verification.has', { names: now.map((each) => names.get(each) ?? '').join(t('list.and')) }) : '', offices.includes(row.hostOfficeId) ? freeNames === '' ? t('verification.nobodyFree') : t('verification.free', { names: freeNames }) : t('verification.notMine', { office: tree.short(row.hostOfficeId) })].filter(Boolean).join(' '),
          error: errorOf(asked.outcomes?.find(({ number }) => number === row.number)?.refusals ?? [], t),
        };
      }),
    };
  });
}

/** Whoever takes over has the day that was set, when it is one and not over. */
function sameDay(days: readonly (string | null)[], today: string): string {
  const [day = null, ...others] = [...new Set(days)];
  return day !== null && others.length === 0 && day >= today ? day : '';
}

function errorOf(refusals: readonly Refusal[], t: Words): string | null {
  return refusals.map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
}

function unitOf(inspector: Person, tree: UnitTree): string {
  return tree.unit(inspector.posts.find(({ role }) => role === 'inspector')?.unitId ?? 0)?.shortName ?? '';
}

/** Who gets how many, and what of it the workflow refuses. */
async function previewOf(house: House, { outcomes, dispatch, loaded }: Asked, tree: UnitTree, t: Words): Promise<Pages['verification/show']['preview']> {
  const [rows, requests] = [outcomes ?? [], dispatch?.requests ?? []];
  const can = new Set(rows.filter(({ to }) => to !== null).map(({ number }) => number));
  const given = new Map<number, { total: number; can: number }>();
  for (const { number, data } of requests) {
    for (const id of Array.isArray(data['verifierIds']) ? data['verifierIds'].filter((each): each is number => typeof each === 'number') : []) {
      const known = given.get(id) ?? { total: 0, can: 0 };
      given.set(id, { total: known.total + 1, can: known.can + (can.has(number) ? 1 : 0) });
    }
  }
  const names = await peopleNames(house.db.reader, [...given.keys()]);
  return {
    summary: t('verification.summary', { total: rows.length, can: can.size, cannot: rows.length - can.size }), canConfirm: can.size > 0, confirm: t('verification.confirm', { count: can.size }),
    people: [...given].map(([id, each]) => ({ name: names.get(id) ?? String(id), total: String(each.total), can: String(each.can), cannot: String(each.total - each.can) })),
    groups: groupedRows(rows.map((row) => ({ row, view: rowView(row, loaded, true, tree, t) })), { previewed: true, isOpen: () => false }, t('event.ASSIGN_VERIFICATION'), t), units: [],
  };
}

/** Place by due day; every figure leads to its rows. */
function placesByDue(rows: readonly Visit[], tree: UnitTree, today: string, t: Words, caption: string, address: (narrowed: string) => string): Crosstab {
  const columns = urgencies.filter((urgency) => rows.some(({ dueOn }) => urgencyOf(dueOn, today) === urgency));
  const figure = (among: readonly Visit[], narrowed: readonly string[], urgency: Urgency | null): CrossFigure => {
    const amount = among.filter(({ dueOn }) => urgency === null || urgencyOf(dueOn, today) === urgency).length;
    return amount === 0 ? { text: '', href: null } : { text: String(amount), href: address([...narrowed, ...(urgency === null ? [] : [`due=${urgency}`])].join('&')) };
  };
  return {
    caption, corner: t('visits.place'), columns: columns.map((urgency) => t(`verification.column.${urgency}`)), sum: t('verification.sum'), beside: null, besideTotal: null,
    rows: byPlace(rows, tree, t).map(({ place, rows: here }) => ({ label: place.label, cells: columns.map((urgency) => figure(here, [`place=${place.id}`], urgency)), total: figure(here, [`place=${place.id}`], null), beside: null })),
    totals: columns.map((urgency) => figure(rows, [], urgency)), total: figure(rows, [], null),
  };
}

function loadView(inspector: Person, load: { readonly open: number; readonly over: number; readonly next: string | null } | undefined, tree: UnitTree): Pages['verification/show']['load'][number] {
  return { name: inspector.name, unit: unitOf(inspector, tree), open: String(load?.open ?? 0), href: load ? `/verification?of=${inspector.id}` : null, over: String(load?.over ?? 0), next: load?.next ?? '' };
}
