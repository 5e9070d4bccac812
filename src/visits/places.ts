import { daysBetween } from '../../workflows/calendar.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';

/** Where one has to go for a finding. */
export interface Place {
  /** of a township, a county, or the city for its departments; 0 where no unit leads it. */
  readonly id: number;
  readonly label: string;
}

/** The township of a unit, else its county; whoever belongs to neither sits in the city. */
export function placeOf(unitId: number | null, tree: UnitTree, t: Words): Place {
  const path = unitId === null ? [] : (tree.unit(unitId)?.path ?? []).map((id) => tree.unit(id)).filter((unit) => unit !== undefined);
  const [root] = path;
  if (!root) return { id: 0, label: t('verification.nowhere') };
  const [county, township] = [path.find(({ kind }) => kind === 'county'), path.find(({ kind }) => kind === 'township')];
  if (!county) return { id: root.id, label: t('verification.cityUnits', { city: root.shortName }) };
  return township ? { id: township.id, label: `${county.shortName} · ${township.shortName}` } : { id: county.id, label: t('verification.countyUnits', { county: county.shortName }) };
}

/** Rows by place, in the order of the tree (the city, then each county with its townships); within a place in the order in which they came. */
export function byPlace<T extends { readonly leadUnitId: number | null }>(rows: readonly T[], tree: UnitTree, t: Words): readonly { readonly place: Place; readonly rows: readonly T[] }[] {
  const order = new Map(tree.all.map((unit, index) => [unit.id, index]));
  const groups = new Map<number, { readonly place: Place; readonly rows: T[] }>();
  for (const row of rows) {
    const place = placeOf(row.leadUnitId, tree, t);
    const group = groups.get(place.id) ?? { place, rows: [] };
    group.rows.push(row);
    groups.set(place.id, group);
  }
  return [...groups.values()].toSorted((one, other) => (order.get(one.place.id) ?? -1) - (order.get(other.place.id) ?? -1));
}

export type Urgency = (typeof urgencies)[number];
export const urgencies = ['over', 'week', 'month', 'later'] as const;

/** How soon something is due: over, within seven days, within thirty, later or without a date. */
export function urgencyOf(dueOn: string | null, today: string): Urgency {
  if (dueOn === null) return 'later';
  const days = daysBetween(today, dueOn);
  return days < 0 ? 'over' : days <= 7 ? 'week' : days <= 30 ? 'month' : 'later';
}

export function isUrgency(text: string): text is Urgency {
  return urgencies.some((each) => each === text);
}
