import { and, sql } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { findingScope } from '../../db/schema/index.js';
import type { CrossFigure, Crosstab } from '../../views/pages/distribution.js';
import type { Stage } from '../../workflows/types.js';
import type { Filters } from './filters.js';
import { lightCondition, type View } from './queries.js';

/** How many findings of a view one category and one unit share, and how many of them are in a stage. */
export interface Counted {
  readonly categoryId: number | null;
  readonly leadUnitId: number | null;
  readonly stage: Stage;
  readonly amount: number;
  readonly overdue: number;
}

/** Counts a view once by category, unit and stage: every table of the page is a sum of these. */
export async function matrixCounts(reader: Reader, { where, distinct }: View, today: string): Promise<readonly Counted[]> {
  const { categoryId, leadUnitId, stage, findingId } = findingScope;
  const late = lightCondition('red', today);
  const one = distinct ? sql`distinct ${findingId}` : sql`*`;
  const overdue = distinct ? sql<number>`count(distinct case when ${late} then ${findingId} end)` : sql<number>`count(case when ${late} then 1 end)`;
  return reader.select({ categoryId, leadUnitId, stage, amount: sql<number>`count(${one})`, overdue }).from(findingScope).where(and(where)).groupBy(categoryId, leadUnitId, stage);
}

/** A row or a column: which counts it holds, and to what a view is narrowed to show exactly those. */
export interface Line {
  readonly label: string;
  readonly holds: (count: Counted) => boolean;
  readonly narrowed: Partial<Filters>;
}

/** The words of a table, and a column beside its sums: of which so many. */
interface About {
  readonly caption: string;
  readonly corner: string;
  readonly sum: string;
  readonly beside?: { readonly label: string; readonly narrowed: Partial<Filters>; readonly amountOf: (count: Counted) => number };
}

/** Sums counts into a table whose every figure links to its rows. Empty rows and columns are left out; the sums are over everything, so that they are always equal. */
export function crosstab(counts: readonly Counted[], rows: readonly Line[], columns: readonly Line[], { caption, corner, sum, beside }: About, address: (narrowed: Partial<Filters>) => string): Crosstab {
  const total = (lines: readonly Line[], amountOf: (count: Counted) => number): number => counts.reduce((all, count) => (lines.every((line) => line.holds(count)) ? all + amountOf(count) : all), 0);
  const figure = (lines: readonly Line[], amountOf = ({ amount }: Counted): number => amount, also: Partial<Filters> = {}): CrossFigure => {
    const value = total(lines, amountOf);
    return value === 0 ? { text: '', href: null } : { text: String(value), href: address(Object.assign({}, ...lines.map(({ narrowed }) => narrowed), also)) };
  };
  const late = (lines: readonly Line[]): CrossFigure | null => (beside ? figure(lines, beside.amountOf, beside.narrowed) : null);
  const filled = (line: Line): boolean => counts.some((count) => line.holds(count));
  const shown = columns.filter(filled);
  return {
    caption, corner, columns: shown.map(({ label }) => label), sum, beside: beside?.label ?? null,
    rows: rows.filter(filled).map((row) => ({ label: row.label, cells: shown.map((column) => figure([row, column])), total: figure([row]), beside: late([row]) })),
    totals: shown.map((column) => figure([column])), total: figure([]), besideTotal: late([]),
  };
}
