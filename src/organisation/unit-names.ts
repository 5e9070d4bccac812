import type { Unit, UnitTree } from './tree.js';

/** As far as a name is followed: whole names alone, as in a list that nobody looks at row by row; or a part of one, as somebody types it who reads what it came to. */
export type Reach = 'whole' | 'part';

/**
 * The units that a name may mean, of those that are in use and fit: by name, short name or alias; else "高台县新坝镇", a unit and without a break one below it; else, where parts are
 * followed, by a part of a name. Several mean that nobody can tell.
 */
export function unitsMeant(tree: UnitTree, name: string, fits: (unit: Unit) => boolean, reach: Reach): readonly Unit[] {
  const may = (unit: Unit): boolean => unit.disabledOn === null && fits(unit);
  const whole = tree.named(name).filter(may);
  if (whole.length > 0) return whole;
  const under = below(tree, name).filter(may);
  return under.length > 0 || reach === 'whole' ? under : inPart(tree.called(name).filter(may), tree);
}

function below(tree: UnitTree, name: string): readonly Unit[] {
  const letters = [...name];
  const found = letters.flatMap((_letter, at) => (at < 2 || letters.length - at < 2 ? [] : pairsAt(tree, letters.slice(0, at).join(''), letters.slice(at).join(''))));
  return [...new Set(found)];
}

function pairsAt(tree: UnitTree, head: string, tail: string): readonly Unit[] {
  const above = tree.named(head);
  if (above.length === 0) return [];
  return tree.named(tail).filter((unit) => above.some(({ id }) => id !== unit.id && tree.within(unit.id, id)));
}

/** 卫健 is 市卫健委 where no other has it; 甘州 is 甘州区, and not each of its townships. */
function inPart(called: readonly Unit[], tree: UnitTree): readonly Unit[] {
  return called.filter(({ id }) => !called.some((other) => other.id !== id && tree.within(id, other.id)));
}
