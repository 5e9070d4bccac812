import type { CrossFigure, Crosstab } from '../../views/pages/distribution.js';
import type { Filters } from './filters.js';

/** What every count has. */
export interface Amount {
  readonly amount: number;
}

/** A row or a column: which counts it holds, and to what a view is narrowed to show exactly those. */
export interface Line<C extends Amount> {
  readonly label: string;
  readonly holds: (count: C) => boolean;
  readonly narrowed: Partial<Filters>;
}

/** The words of a table, and a column beside its sums: of which so many. */
interface About<C extends Amount> {
  readonly caption: string;
  readonly corner: string;
  readonly sum: string;
  readonly beside?: { readonly label: string; readonly narrowed: Partial<Filters>; readonly amountOf: (count: C) => number };
}

/** Sums counts into a table whose every figure links to its rows. Empty rows and columns are left out; the sums are over everything, so that they are always equal. */
export function crosstab<C extends Amount>(counts: readonly C[], rows: readonly Line<C>[], columns: readonly Line<C>[], { caption, corner, sum, beside }: About<C>, address: (narrowed: Partial<Filters>) => string): Crosstab {
  // What a row holds is looked up once, and not again for each of its cells.
  const held = new Map<Line<C>, readonly C[]>();
  const heldBy = (line: Line<C>): readonly C[] => { const known = held.get(line) ?? counts.filter((count) => line.holds(count)); held.set(line, known); return known; };
  const total = ([first, ...rest]: readonly Line<C>[], amountOf: (count: C) => number): number => (first ? heldBy(first) : counts).reduce((all, count) => (rest.every((line) => line.holds(count)) ? all + amountOf(count) : all), 0);
  const figure = (lines: readonly Line<C>[], amountOf = ({ amount }: C): number => amount, also: Partial<Filters> = {}): CrossFigure => {
    const value = total(lines, amountOf);
    return value === 0 ? { text: '', href: null } : { text: String(value), href: address(Object.assign({}, ...lines.map(({ narrowed }) => narrowed), also)) };
  };
  const late = (lines: readonly Line<C>[]): CrossFigure | null => (beside ? figure(lines, beside.amountOf, beside.narrowed) : null);
  const filled = (line: Line<C>): boolean => counts.some((count) => line.holds(count));
  const shown = columns.filter(filled);
  return {
    caption, corner, columns: shown.map(({ label }) => label), sum, beside: beside?.label ?? null,
    rows: rows.filter(filled).map((row) => ({ label: row.label, cells: shown.map((column) => figure([row, column])), total: figure([row]), beside: late([row]) })),
    totals: shown.map((column) => figure([column])), total: figure([]), besideTotal: late([]),
  };
}
