import type { Badge, Choice, Field } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'bulk/form': BulkPage;
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
  /** what tells whose it is to be, shortened. */
  readonly about: string;
  /** where the row names a unit of its own; null where it cannot. */
  readonly ownUnit: { readonly name: string; readonly value: string; readonly label: string; readonly hint: string } | null;
  /** what else the row says for itself: a choice where there are choices, else words. */
  readonly words: readonly { readonly name: string; readonly label: string; readonly hint: string; readonly value: string; readonly isDate: boolean; readonly isLine: boolean; readonly choices: readonly Choice[] }[];
  readonly can: Badge;
  readonly what: string;
}

/** Rows under one heading; null where there is nothing to tell apart. */
export interface BulkGroup {
  readonly title: string | null;
  /** where a link leads; null for what nothing leads to. */
  readonly id: string | null;
  readonly rows: readonly BulkRow[];
}

/** The fields of an entry on behalf, and whether the form carries files. */
export interface BulkBehalf {
  readonly behalf: readonly Field[];
  readonly hasBehalf: boolean;
  readonly behalfOpen: boolean;
  readonly multipart: boolean;
}

export interface BulkPage extends BulkBehalf {
  readonly title: string;
  readonly labels: BulkLabels;
  /** what was previewed, in a few letters; '' before. */
  readonly digest: string;
  /** it was confirmed, and not done: why. */
  readonly notice: string | null;
  readonly action: string;
  readonly summary: string;
  /** the way past the units to what cannot be done; null where everything can. */
  readonly jump: { readonly href: string; readonly label: string } | null;
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
  /** what needs somebody's eye first. */
  readonly groups: readonly BulkGroup[];
  /** the rows, and from which of their events the page was made. */
  readonly numbers: readonly { readonly number: string; readonly seen: number }[];
  /** units to choose from in the rows, each with its other names; [] where rows name none. */
  readonly units: readonly { readonly name: string; readonly names: string }[];
  /** 'yes' where each row says everything for itself. */
  readonly own: string;
  /** the button that lets each row say more for itself; null where there is no more. */
  readonly each: { readonly label: string; readonly hint: string } | null;
  /** what rows may say for themselves, and how. */
  readonly rowsHint: string | null;
  readonly previewed: boolean;
  readonly canConfirm: boolean;
}
