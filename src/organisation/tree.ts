import type { UnitKind } from '../../db/schema/index.js';

export interface Unit {
  readonly id: number;
  readonly name: string;
  readonly shortName: string;
  readonly kind: UnitKind;
  readonly parentId: number | null;
  /** ids from the root to the unit itself. */
  readonly path: readonly number[];
  readonly phone: string | null;
  /** the day since which it has ended; null while it is there. */
  readonly disabledOn: string | null;
  /** the day on which it ends or ended, also when that is still to come. */
  readonly endsOn: string | null;
  readonly successorId: number | null;
}

/** The organisation in memory: a few hundred to a few thousand units, read once and rebuilt when it changes. */
export interface UnitTree {
  /** in reading order: a unit before those below it, departments before counties, counties before their townships. */
  readonly all: readonly Unit[];
  unit(id: number): Unit | undefined;
  /** What it is called in lists; nothing where there is none. */
  short(id: number | null | undefined): string;
  /** Is `id` the unit `ancestor` itself or below it? */
  within(id: number, ancestor: number): boolean;
  /** The unit that a post at `id` looks after: its parent for offices and teams, itself for the others. */
  jurisdictionOf(id: number): number;
  /** The office that decides for a unit: the office child of its nearest ancestor that has one. */
  officeFor(id: number): Unit | undefined;
  /** The unit itself and all below it. */
  subtree(id: number): readonly Unit[];
  /** Units with this name, short name or alias (NFKC, spaces removed); more than one when it is ambiguous. */
  named(text: string): readonly Unit[];
  /** Units one of whose names holds this text of at least two characters, as somebody who searches would type it. */
  called(text: string): readonly Unit[];
  /** Every name a unit goes by, folded, for somebody who types a part of one. */
  namesOf(id: number): readonly string[];
}

/** Builds the tree from rows of `units` and `unit_aliases`. A row whose parent is missing hangs at the root. */
export function unitTree(rows: readonly Unit[], aliases: readonly { alias: string; unitId: number }[]): UnitTree {
  const byId = new Map(rows.map((unit) => [unit.id, unit]));
  const names = namesOf(rows, aliases);
  const namesById = new Map<number, string[]>();
  for (const [name, ids] of names) for (const id of ids) namesById.set(id, [...(namesById.get(id) ?? []), name]);
  const within = (id: number, ancestor: number): boolean => byId.get(id)?.path.includes(ancestor) ?? false;
  const officeOf = new Map(rows.filter((unit) => unit.kind === 'office' && unit.parentId !== null && !unit.disabledOn).map((unit) => [unit.parentId, unit]));
  return Object.freeze({
    all: rows.toSorted((one, other) => compare(one, other, byId)),
    unit: (id: number) => byId.get(id),
    short: (id: number | null | undefined) => byId.get(id ?? 0)?.shortName ?? '',
    within,
    jurisdictionOf(id: number) {
      const unit = byId.get(id);
      return unit && looksAfterParent(unit) ? unit.parentId ?? id : id;
    },
    officeFor(id: number) {
      const path = byId.get(id)?.path ?? [];
      return path.toReversed().map((ancestor) => officeOf.get(ancestor)).find((office) => office !== undefined);
    },
    subtree: (id: number) => rows.filter((unit) => unit.path.includes(id)),
    namesOf: (id: number) => namesById.get(id) ?? [],
    named: (text: string) => present(byId, names.get(folded(text)) ?? shortened(names, folded(text))),
    called(text: string) {
      const part = folded(text);
      return part.length < 2 ? [] : present(byId, new Set([...names].filter(([name]) => name.includes(part)).flatMap(([, ids]) => [...ids])));
    },
  });
}

/** 肃南县 is 肃南裕固族自治县, 祁丰乡 is 祁丰藏族乡: between the beginning and the last character of a name the nationality is left out. */
function shortened(names: ReadonlyMap<string, ReadonlySet<number>>, text: string): readonly number[] {
  const [stem, kind] = [text.slice(0, -1), text.slice(-1)];
  if (stem.length < 2 || !/[县旗州乡]/u.test(kind)) return [];
  return [...new Set([...names].filter(([name]) => name.startsWith(stem) && /族(?:自治)?[县旗州乡]$/u.test(name) && name.endsWith(kind)).flatMap(([, ids]) => [...ids]))];
}

/** Offices and inspection teams look after the unit above them. */
export function looksAfterParent(unit: Pick<Unit, 'kind'>): boolean {
  return unit.kind === 'office' || unit.kind === 'team';
}

/** How names are compared: NFKC, without white space, lower case. */
export function folded(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
}

const ranks: readonly UnitKind[] = ['superior', 'city', 'office', 'team', 'department', 'county', 'township', 'village'];

/** By the first ancestor in which two paths differ: its kind, then its id. */
function compare(one: Unit, other: Unit, byId: ReadonlyMap<number, Unit>): number {
  const index = one.path.findIndex((id, at) => id !== other.path[at]);
  if (index < 0) return one.path.length - other.path.length;
  const rank = (id: number | undefined): number => ranks.indexOf(byId.get(id ?? 0)?.kind ?? 'superior');
  const [here, there] = [one.path[index], other.path[index]];
  return there === undefined ? 1 : rank(here) - rank(there) || (here ?? 0) - there;
}

function present(byId: ReadonlyMap<number, Unit>, ids: Iterable<number>): readonly Unit[] {
  return [...ids].map((id) => byId.get(id)).filter((unit) => unit !== undefined);
}

function namesOf(rows: readonly Unit[], aliases: readonly { alias: string; unitId: number }[]): Map<string, Set<number>> {
  const names = new Map<string, Set<number>>();
  const add = (name: string, id: number): void => {
    const key = folded(name);
    names.set(key, (names.get(key) ?? new Set<number>()).add(id));
  };
  for (const unit of rows) {
    add(unit.name, unit.id);
    add(unit.shortName, unit.id);
  }
  for (const { alias, unitId } of aliases) add(alias, unitId);
  return names;
}
