import type { Badge, Faults, Field, Figure, LightView, Pager } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'findings/list': LedgerPage;
    'workbench/show': WorkbenchPage;
    'matrix/show': MatrixPage;
    'rules/list': RulesPage;
    'reporting/show': ReportingPage;
    'bulk/form': BulkPage;
    'bulk/done': BulkDone;
  }
}

export interface LedgerRow {
  readonly number: string;
  readonly href: string;
  readonly title: string;
  readonly unit: string;
  readonly state: Badge;
  readonly severity: Badge | null;
  readonly dueOn: string;
  readonly light: LightView;
  readonly latest: string;
  readonly stuck: string;
  readonly parts: string;
}

export interface LedgerPage {
  readonly ignored: string | null;
  readonly total: string;
  readonly words: string;
  readonly filters: readonly Field[];
  readonly filtersOpen: boolean;
  readonly facets: readonly { readonly label: string; readonly href: string; readonly current: boolean }[];
  readonly lights: readonly { readonly label: string; readonly href: string; readonly current: boolean }[];
  readonly sorts: readonly { readonly label: string; readonly href: string; readonly mark: string }[];
  /** the columns; those with an address are ordered by it. */
  readonly heads: readonly { readonly label: string; readonly href: string | null; readonly mark: string; readonly sorted: 'ascending' | 'descending' | null }[];
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  readonly rows: readonly LedgerRow[];
  readonly empty: { readonly text: string; readonly href: string; readonly label: string };
  readonly pager: Pager;
  readonly exports: { readonly xlsx: string; readonly csv: string };
  /** what may be done to rows together. */
  readonly verbs: readonly { readonly href: string; readonly label: string }[];
  /** the view itself, for doing it to all of its rows. */
  readonly viewFields: readonly { readonly name: string; readonly value: string }[];
  readonly clear: string | null;
}

export interface WorkbenchPage {
  readonly greeting: string;
  readonly figures: readonly Figure[];
  readonly clues: readonly Figure[];
  /** taken over from an older ledger: never added to the figures above. */
  readonly adopted: readonly Figure[];
  /** counted in items. */
  readonly parts: readonly Figure[];
  readonly note: string | null;
  readonly queues: readonly Queue[];
  readonly watched: readonly WaitingRow[];
  readonly empty: { readonly text: string; readonly href: string | null; readonly label: string } | null;
  readonly links: readonly { readonly href: string; readonly label: string; readonly text: string }[];
  readonly pager: Pager | null;
}

export interface Queue {
  readonly title: string;
  readonly id: string;
  /** what the dates are. */
  readonly due: string;
  readonly rows: readonly WaitingRow[];
  /** doing it to several at once; null where each is a decision of its own. */
  readonly together: { readonly href: string; readonly label: string; readonly all: string; readonly allLabel: string } | null;
  readonly more: string | null;
  readonly moreHref: string;
}

export interface WaitingRow {
  readonly number: string;
  readonly href: string;
  readonly title: string;
  readonly unit: string;
  /** how it came back. */
  readonly returned: Badge | null;
  /** the other decision. */
  readonly other: { readonly label: string; readonly href: string } | null;
  readonly verb: string;
  readonly verbHref: string | null;
  readonly since: string;
  readonly due: string;
  readonly light: LightView;
  readonly stuck: string;
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
  readonly fields: readonly Field[];
  /** the ledger of the same view. */
  readonly list: string;
  readonly tables: readonly Crosstab[];
  readonly empty: { readonly text: string; readonly href: string; readonly label: string };
}

export interface RulesPage {
  readonly faults: Faults | null;
  readonly fields: readonly Field[];
  readonly rows: readonly { readonly category: string; readonly region: string; readonly unit: string; readonly sector: string; readonly supervisor: string; readonly days: string; readonly removal: string }[];
}

export interface ReportingPage {
  readonly key: string;
  readonly total: string;
  readonly more: string | null;
  /** how many rows were taken when others were refused. */
  readonly done: string | null;
  readonly faults: Faults | null;
  readonly rows: readonly {
    readonly number: string; readonly href: string; readonly title: string; readonly state: Badge; readonly dueOn: string; readonly light: LightView; readonly latest: string;
    /** how many measures are done; leads to the full form, where each is reported on. */
    readonly measures: string; readonly full: string; readonly text: string; readonly nothing: boolean; readonly error: string | null;
  }[];
  readonly empty: { readonly text: string; readonly href: string; readonly label: string };
}

export interface BulkRow {
  readonly number: string;
  readonly href: string;
  readonly unit: string;
  readonly parts: string;
  readonly deadline: string;
  readonly title: string;
  readonly can: Badge;
  readonly what: string;
}

/** The heads of the two columns of counts: what can be done, or what was. */
export interface BulkLabels {
  readonly can: string;
  readonly cannot: string;
}

export interface UnitCount {
  readonly unit: string;
  readonly total: number;
  readonly can: number;
  readonly cannot: number;
}

export interface BulkDone {
  readonly title: string;
  readonly labels: BulkLabels;
  readonly summary: string;
  readonly byUnit: readonly UnitCount[];
  readonly rows: readonly BulkRow[];
  /** takes up again what could not be done. */
  readonly again: { readonly href: string; readonly label: string } | null;
  readonly back: string;
}

export interface BulkPage {
  readonly title: string;
  readonly labels: BulkLabels;
  /** what was previewed, in a few letters; '' before. */
  readonly digest: string;
  readonly changed: string | null;
  readonly action: string;
  readonly summary: string;
  /** how many fall to each unit. */
  readonly byUnit: readonly UnitCount[];
  /** the words of the button that does it. */
  readonly confirm: string;
  /** what is said when no row was chosen. */
  readonly none: string;
  /** said when more rows were chosen than can be done in one go. */
  readonly more: string | null;
  readonly key: string;
  readonly faults: { readonly title: string; readonly items: readonly { readonly href: string | null; readonly text: string }[] } | null;
  readonly fields: readonly Field[];
  readonly rows: readonly BulkRow[];
  /** the rows, and from which of their events the page was made. */
  readonly numbers: readonly { readonly number: string; readonly seen: number }[];
  readonly previewed: boolean;
  readonly canConfirm: boolean;
}
