import type { Row } from '../../db/changeset.js';
import type { categories } from '../../db/schema/index.js';
import { folded } from '../organisation/tree.js';
import type { Pairs } from './mapping.js';

export type Category = Row<typeof categories>;

/** What a row's category turned out to be; `unknown` is the text of the list that nobody chose one for. */
export interface Classified {
  readonly categoryId: number | null;
  readonly unknown: string | null;
}

/** Finds the category of a row: what a person chose for its text; else the smaller one under the larger one that the row names; else whichever one the text means. One that may be two is as good as unknown. */
export function classifier(rows: readonly Category[], chosen: Pairs<number>): (category: string, subcategory: string) => Classified {
  // What was chosen and taken out of use since is chosen no longer.
  const wanted = new Map(chosen.filter(([, id]) => rows.some((row) => row.id === id && inUse(row))));
  const known = new Map<string, number | undefined>();
  const one = (text: string): number | undefined => {
    if (text === '') return undefined;
    if (!known.has(text)) known.set(text, wanted.get(text) ?? only(categoriesNamed(text, rows)));
    return known.get(text);
  };
  return (category, subcategory) => {
    const id = (category === '' || subcategory === '' ? undefined : one(`${category} / ${subcategory}`)) ?? one(subcategory) ?? one(category);
    return { categoryId: id ?? null, unknown: id === undefined ? subcategory || category || null : null };
  };
}

function only([first, second]: readonly Category[]): number | undefined {
  return second === undefined ? first?.id : undefined;
}

/** How a category is named where one is chosen: under its parent, where it has one. */
export function pathOf({ name, parentId }: Category, rows: readonly Category[]): string {
  const parent = rows.find(({ id }) => id === parentId);
  return parent ? `${parent.name} / ${name}` : name;
}

/** The categories that a typed name may mean. */
export function categoriesNamed(text: string, rows: readonly Category[]): readonly Category[] {
  const wanted = folded(text);
  const used = rows.filter(inUse);
  const whole = used.filter((row) => folded(pathOf(row, rows)) === wanted);
  return whole.length > 0 ? whole : used.filter(({ name }) => folded(name) === wanted);
}

export function inUse({ disabledOn }: Category): boolean {
  return disabledOn === null;
}
