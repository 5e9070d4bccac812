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

/** Finds categories by name, a smaller one before its parent; what a person chose for a text goes first. Chosen 0: none. */
export function classifier(rows: readonly Category[], chosen: Pairs<number>): (category: string, subcategory: string) => Classified {
  const ids = new Map(rows.filter(inUse).toReversed().map((row) => [folded(row.name), row.id]));
  const wanted = new Map(chosen);
  const one = (text: string): number | undefined => (text === '' ? undefined : wanted.get(text) ?? ids.get(folded(text)));
  return (category, subcategory) => {
    const id = one(subcategory) ?? one(category);
    return { categoryId: id === undefined || id === 0 ? null : id, unknown: id === undefined ? subcategory || category || null : null };
  };
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
