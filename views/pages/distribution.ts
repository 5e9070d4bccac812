import type { Faults, Field } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'matrix/show': MatrixPage;
    'rules/list': RulesPage;
  }
}

export interface CrossFigure {
  readonly text: string;
  /** null for nothing. */
  readonly href: string | null;
}

/** A table of counts, each of which leads to its rows. */
export interface Crosstab {
  readonly caption: string;
  readonly corner: string;
  readonly columns: readonly string[];
  readonly sum: string;
  /** a column behind the sums: of which so many. */
  readonly beside: string | null;
  readonly rows: readonly { readonly label: string; readonly cells: readonly CrossFigure[]; readonly total: CrossFigure; readonly beside: CrossFigure | null }[];
  readonly totals: readonly CrossFigure[];
  readonly total: CrossFigure;
  readonly besideTotal: CrossFigure | null;
}

export interface MatrixPage {
  readonly total: string;
  readonly ignored: string | null;
  /** the filters are shown: something is narrowed, or was not understood. */
  readonly filtersOpen: boolean;
  readonly fields: readonly Field[];
  /** the ledger of the same view. */
  readonly list: string;
  /** leads from what is nobody's yet to the form that hands it out. */
  readonly actions: readonly { readonly href: string; readonly label: string }[];
  readonly tables: readonly Crosstab[];
  readonly empty: { readonly text: string; readonly href: string; readonly label: string };
}

export interface RulesPage {
  readonly faults: Faults | null;
  readonly fields: readonly Field[];
  readonly rows: readonly { readonly category: string; readonly region: string; readonly unit: string; readonly sector: string; readonly supervisor: string; readonly days: string; readonly removal: string }[];
}
