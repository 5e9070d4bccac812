import { deleteRows, insertRow, updateRow, type Statement } from '../../db/changeset.js';
import { findingScope, findingUnits, measures, timers, waiting } from '../../db/schema/index.js';
import type { Measure } from '../../workflows/finding.js';
import type { Waiting } from '../../workflows/types.js';
import { dayAfter } from '../clock.js';
import { isReturn } from '../findings/returned.js';
import type { Projection } from './project.js';

/** What a finding's tables looked like before; null for a new one. */
export interface Before {
  readonly projection: Projection;
  readonly measures: readonly Measure[];
}

/** When an event happened, and its type where it moves the finding on. */
export interface Moment {
  readonly today: string;
  readonly zone: string;
  readonly movedBy: string | null;
}

/** The statements that bring the tables beside `findings` from one projection to the next: only what changed is written. */
export function projectionChanges(findingId: number, before: Before | null, after: Before, { today, zone, movedBy }: Moment): readonly Statement[] {
  const old = before?.projection;
  const next = after.projection;
  return [
    ...scopeChanges(findingId, old, next),
    ...(same(old?.units, next.units) ? [] : [...(old ? [deleteRows(findingUnits, { findingId }, 'units of the finding')] : []), ...next.units.map((unit) => insertRow(findingUnits, { findingId, ...unit }))]),
    ...waitingChanges(findingId, old?.waiting ?? [], next.waiting, today, movedBy),
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

/** Whoever is waited for as before has been since as before; somebody else, or for something else, since today. What the stage waits for knows whether it was given back. */
function waitingChanges(findingId: number, old: readonly Waiting[], next: readonly Waiting[], today: string, movedBy: string | null): readonly Statement[] {
  return Array.from({ length: Math.max(old.length, next.length) }, (_, ordinal) => {
    const [was, is] = [old[ordinal], next[ordinal]];
    const moved = ordinal === 0 && movedBy !== null ? { returned: isReturn(movedBy) } : {};
    if (was && is && same({ ...was, dueOn: null }, { ...is, dueOn: null })) {
      const changed = { ...(was.dueOn === is.dueOn ? {} : { dueOn: is.dueOn }), ...moved };
      return Object.keys(changed).length === 0 ? [] : [updateRow(waiting, changed, { findingId, ordinal }, waitingName)];
    }
    return [
      ...(was ? [deleteRows(waiting, { findingId, ordinal }, waitingName, 1)] : []),
      ...(is ? [insertRow(waiting, { findingId, ordinal, ...is, sinceOn: today, ...moved })] : []),
    ];
  }).flat();
}

const waitingName = 'who the finding waits for';

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
