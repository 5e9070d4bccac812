import type { Unit, UnitTree } from '../organisation/tree.js';
import { unitsMeant } from '../organisation/unit-names.js';
import type { Wish } from './mapping.js';

/** The names in a cell: "市交通局、水务局", one a line, "A; B". A comma cuts Chinese names only: English ones contain it. */
export function splitUnits(cell: string): readonly string[] {
  const text = cell.normalize('NFKC').replaceAll(/\((?:牵头|配合|主办|协办)\)/gu, '');
  const separators = /[\u4e00-\u9fff]/u.test(text) ? /[、,;/\n]+/u : /[;/\n]+/u;
  return text.split(separators).map((name) => name.trim().replace(/等(?:单位|部门)?$/u, '')).filter((name) => name !== '');
}

/** What a unit's name in a list turned out to be. */
export interface Resolution {
  readonly unitIds: readonly number[];
  /** names that no unit has, or several have, and nobody chose one for. */
  readonly unknown: readonly string[];
}

/** Finds units by name, short name and alias; what a person chose for a name goes first. Chosen 0: none, to be assigned by hand. One that the office may not give work to is as good as unknown. */
export function unitFinder(tree: UnitTree, wish: Pick<Wish, 'units'>, fits: (unit: Unit) => boolean): (cell: string) => Resolution {
  const chosen = new Map(wish.units);
  const known = new Map<string, Resolution>();
  const one = (name: string): number | null | undefined => {
    const choice = chosen.get(name);
    if (choice !== undefined) return choice === 0 ? null : fitting(choice);
    const [first, second] = unitsMeant(tree, name, fits, 'whole');
    return second === undefined ? first?.id : undefined;
  };
  const fitting = (id: number): number | undefined => { const unit = tree.unit(id); return unit && fits(unit) ? unit.id : undefined; };
  const found = (cell: string): Resolution => {
    const whole = one(cell);
    if (whole !== undefined) return { unitIds: whole === null ? [] : [whole], unknown: [] };
    const names = splitUnits(cell).flatMap((name) => apart(name, one)).map((name) => ({ name, id: one(name) }));
    return { unitIds: [...new Set(names.flatMap(({ id }) => (id ? [id] : [])))], unknown: names.filter(({ id }) => id === undefined).map(({ name }) => name) };
  };
  return (cell) => {
    if (cell === '') return nobody;
    const resolution = known.get(cell) ?? found(cell);
    known.set(cell, resolution);
    return resolution;
  };
}

/** "市扶贫办 市农业农村局": a space parts names only where each of them is one. */
function apart(name: string, one: (name: string) => number | null | undefined): readonly string[] {
  const parts = name.split(/\s+/u);
  return parts.length > 1 && one(name) === undefined && parts.every((part) => one(part) !== undefined) ? parts : [name];
}

const nobody: Resolution = Object.freeze({ unitIds: [], unknown: [] });
