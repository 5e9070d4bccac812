import { deleteRows, insertRow, updateRow, type Statement } from '../../db/changeset.js';
import { findingScope, findingUnits, measures, timers, waiting } from '../../db/schema/index.js';
import type { Measure } from '../../workflows/finding.js';
import type { Waiting } from '../../workflows/types.js';
import { dayAfter } from '../clock.js';
import type { Projection } from './project.js';

/** What a finding's tables looked like before; null for a new one. */
export interface Before {
  readonly projection: Projection;
  readonly measures: readonly Measure[];
  /** it was given back, and nobody has answered. */
  readonly returned: boolean;
}

/** The statements that bring the tables beside `findings` from one projection to the next: only what changed is written. */
export function projectionChanges(findingId: number, before: Before | null, after: Before, { today, zone }: { readonly today: string; readonly zone: string }): readonly Statement[] {
  const old = before?.projection;
  const next = after.projection;
  return [
    ...scopeChanges(findingId, old, next),
    ...(same(old?.units, next.units) ? [] : [...(old ? [deleteRows(findingUnits, { findingId }, 'units of the finding')] : []), ...next.units.map((unit) => insertRow(findingUnits, { findingId, ...unit }))]),
    ...waitingChanges(findingId, waitsOf(before), waitsOf(after), today),
    ...(same(old?.timers ?? [], next.timers) ? [] : [
      ...(old && old.timers.length > 0 ? [deleteRows(timers, { findingId }, 'timers of the finding')] : []),
      ...next.timers.map((timer) => insertRow(timers, { findingId, name: timer.name, event: timer.event, dueAt: dayAfter(timer.lastDay, zone) })),
    ]),
    ...(same(before?.measures ?? [], after.measures) ? [] : [
      ...(before && before.measures.length > 0 ? [deleteRows(measures, { findingId }, 'measures of the finding')] : []),
      ...after.measures.map((measure) => insertRow(measures, { findingId, ...measure })),
    ]),
  ];
}

function scopeChanges(findingId: number, old: Projection | undefined, next: Projection): readonly Statement[] {
  if (old && same(old.scopeUnitIds, next.scopeUnitIds)) {
    if (same(old.scope, next.scope)) return [];
    const changed = Object.fromEntries(Object.entries(next.scope).filter(([column, value]) => Reflect.get(old.scope, column) !== value));
    return [updateRow(findingScope, changed, { findingId }, 'scope of the finding', { expect: next.scopeUnitIds.length })];
  }
  return [
    ...(old ? [deleteRows(findingScope, { findingId }, 'scope of the finding', old.scopeUnitIds.length)] : []),
    ...next.scopeUnitIds.map((unitId) => insertRow(findingScope, { unitId, findingId, ...next.scope })),
  ];
}

type Wait = Waiting & { readonly returned: boolean };

function waitsOf(state: Before | null): readonly Wait[] {
  return state?.projection.waiting.map((wait, ordinal) => ({ ...wait, returned: isReturned(ordinal, state.returned, state.projection.row.paused) })) ?? [];
}

/** Whoever is waited for as before has been since as before, though it be in another place; somebody else, or for something else, since today. */
function waitingChanges(findingId: number, old: readonly Wait[], next: readonly Wait[], today: string): readonly Statement[] {
  const kept = carriedOn(old, next);
  const stays = new Set(kept.map(({ from }) => from));
  const taken = new Set(kept.map(({ to }) => to));
  const change = ({ from, to }: Kept): readonly Statement[] => {
    const { dueOn, returned } = next[to] ?? {};
    const set = { ...(from === to ? {} : { ordinal: to }), ...(dueOn === old[from]?.dueOn ? {} : { dueOn }), ...(returned === old[from]?.returned ? {} : { returned }) };
    return Object.keys(set).length === 0 ? [] : [updateRow(waiting, set, { findingId, ordinal: from }, waitingName)];
  };
  return [
    ...old.flatMap((_, ordinal) => (stays.has(ordinal) ? [] : [deleteRows(waiting, { findingId, ordinal }, waitingName, 1)])),
    // A place is free before somebody moves there.
    ...kept.filter(({ from, to }) => to <= from).flatMap(change),
    ...kept.filter(({ from, to }) => to > from).reverse().flatMap(change),
    ...next.flatMap((is, ordinal) => (taken.has(ordinal) ? [] : [insertRow(waiting, { findingId, ordinal, ...is, sinceOn: today })])),
  ];
}

/** What the stage waits for was given back; not while nothing is to be done. */
export function isReturned(ordinal: number, returned: boolean, paused: boolean): boolean {
  return ordinal === 0 && returned && !paused;
}

interface Kept {
  readonly from: number;
  readonly to: number;
}

/** Which of the old is which of the next, in their order; of several alike the last, for what was asked first is mostly answered first. */
function carriedOn(old: readonly Wait[], next: readonly Wait[]): readonly Kept[] {
  let end = old.length;
  return [...next.entries()].reverse().flatMap(([to, is]) => {
    const from = old.slice(0, end).findLastIndex((was) => was.event === is.event && was.role === is.role && was.unitId === is.unitId && was.personId === is.personId);
    if (from < 0) return [];
    end = from;
    return [{ from, to }];
  }).reverse();
}

const waitingName = 'who the finding waits for';

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
