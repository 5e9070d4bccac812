import type { Tour } from './arrival.js';
import type { Badge, Field, Figure, LightView, Pager } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'findings/list': LedgerPage;
    'workbench/show': WorkbenchPage;
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
  readonly tour: Tour | null;
  /** units that have ended and still have open findings. */
  readonly ended: { readonly text: string; readonly href: string; readonly label: string } | null;
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
