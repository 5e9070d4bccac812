import type { Badge, Field, Figure, LightView, Pager } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'findings/list': LedgerPage;
    'workbench/show': WorkbenchPage;
    'bulk/form': BulkPage;
    'bulk/done': { readonly title: string; readonly summary: string; readonly rows: readonly BulkRow[]; readonly back: string };
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
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  readonly rows: readonly LedgerRow[];
  readonly empty: { readonly text: string; readonly href: string; readonly label: string };
  readonly pager: Pager;
  readonly exports: { readonly xlsx: string; readonly csv: string };
  readonly canAssign: boolean;
  /** assigning every row of the view; null where there is nothing to assign. */
  readonly assignAll: { readonly href: string; readonly label: string } | null;
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
  readonly queues: readonly { readonly title: string; readonly id: string; readonly rows: readonly WaitingRow[]; readonly more: string | null; readonly moreHref: string }[];
  readonly watched: readonly WaitingRow[];
  readonly empty: { readonly text: string; readonly href: string | null; readonly label: string } | null;
  readonly links: readonly { readonly href: string; readonly label: string; readonly text: string }[];
  readonly pager: Pager | null;
}

export interface WaitingRow {
  readonly number: string;
  readonly href: string;
  readonly title: string;
  readonly unit: string;
  readonly verb: string;
  readonly verbHref: string | null;
  readonly since: string;
  readonly due: string;
  readonly light: LightView;
  readonly stuck: string;
}

export interface BulkRow {
  readonly number: string;
  readonly title: string;
  readonly can: Badge;
  readonly what: string;
}

export interface BulkPage {
  readonly title: string;
  readonly summary: string;
  /** said when more rows were chosen than can be done in one go. */
  readonly more: string | null;
  readonly key: string;
  readonly faults: { readonly title: string; readonly items: readonly { readonly href: string | null; readonly text: string }[] } | null;
  readonly fields: readonly Field[];
  readonly rows: readonly BulkRow[];
  readonly numbers: readonly string[];
  readonly previewed: boolean;
  readonly canConfirm: boolean;
}
