import type { Badge, Choice, Faults, Field, Figure, Pager } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'imports/list': ImportsPage;
    'imports/show': ImportPage;
    'imports/waiting': { readonly name: string; readonly what: string; readonly done: number; readonly total: number; readonly href: string };
    'imports/report': ImportReport;
  }
}

export interface ImportsPage {
  readonly refused: { readonly what: string; readonly next: string } | null;
  readonly field: Field;
  readonly rows: readonly { readonly href: string; readonly name: string; readonly when: string; readonly by: string; readonly state: Badge; readonly brought: string }[];
  readonly pager: Pager;
}

export interface ChoiceRow {
  readonly id: string;
  readonly name: string;
  readonly textName: string;
  readonly text: string;
  readonly choices: readonly Choice[];
}

export interface ImportPage {
  readonly name: string;
  readonly action: string;
  readonly key: string;
  readonly version: number;
  readonly faults: Faults | null;
  readonly notices: readonly string[];
  readonly figures: readonly Figure[];
  readonly facts: string;
  readonly source: readonly Field[];
  readonly reading: readonly Field[];
  readonly was: readonly { readonly name: string; readonly value: string }[];
  readonly columns: readonly { readonly id: string; readonly name: string; readonly letter: string; readonly header: string; readonly samples: string; readonly choices: readonly Choice[] }[];
  readonly values: readonly { readonly title: string; readonly hint: string; readonly rows: readonly ChoiceRow[] }[];
  /** names of the list that nothing here has: for each one may be chosen. */
  readonly names: readonly {
    readonly id: string;
    readonly title: string;
    readonly hint: string;
    readonly note: string | null;
    readonly options: readonly string[];
    readonly rows: readonly { readonly id: string; readonly name: string; readonly textName: string; readonly text: string; readonly rows: string; readonly value: string; readonly error: string | null }[];
  }[];
  readonly cells: readonly { readonly cell: string; readonly header: string; readonly text: string; readonly what: string }[];
  readonly cellsPager: Pager;
  readonly rows: readonly { readonly row: number; readonly outcome: Badge; readonly number: string; readonly href: string | null; readonly title: string; readonly unit: string; readonly deadline: string; readonly facts: string; readonly remarks: string }[];
  readonly pager: Pager;
  readonly cannot: string | null;
  readonly confirm: string;
}

export interface ImportReport {
  readonly name: string;
  readonly state: Badge;
  readonly summary: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly sources: readonly { readonly href: string; readonly label: string; readonly amount: string }[];
  /** what is done with them next, one link for each kind and source. */
  readonly next: readonly { readonly href: string; readonly label: string }[];
  readonly rows: readonly { readonly number: string; readonly href: string; readonly title: string; readonly row: string; readonly kind: Badge }[];
  readonly more: string | null;
}
