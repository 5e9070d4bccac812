import type { Badge, Field } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'bulk/form': BulkPage;
    'bulk/done': BulkDone;
  }
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

export interface BulkDone {
  readonly title: string;
  readonly labels: BulkLabels;
  readonly summary: string;
  readonly byUnit: readonly UnitCount[];
  readonly rows: readonly BulkRow[];
  /** the notices that went out with it; null where it hands nothing out. */
  readonly notices: { readonly href: string; readonly label: string } | null;
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
  /** the view whose rows are more than a page may hold, and the words of the button that takes them all. */
  readonly whole: { readonly view: string; readonly label: string } | null;
  readonly key: string;
  readonly faults: { readonly title: string; readonly items: readonly { readonly href: string | null; readonly text: string }[] } | null;
  readonly fields: readonly Field[];
  readonly rows: readonly BulkRow[];
  /** the rows, and from which of their events the page was made. */
  readonly numbers: readonly { readonly number: string; readonly seen: number }[];
  readonly previewed: boolean;
  readonly canConfirm: boolean;
}
