import type { Badge, Faults, Field, Notice, Table, Way } from '../pages.js';
import type { BulkBehalf, BulkLabels, UnitCount } from './bulk.js';

declare module '../pages.js' {
  interface Pages {
    'batches/show': BatchPage;
    'assignment-notices/list': NoticesPage;
    'assignment-notices/show': PapersPage;
    'assignment-notices/new': LaterPage;
  }
}

type Link = Pick<Way, 'href' | 'label'>;

export interface BatchPage {
  readonly title: string;
  readonly labels: BulkLabels;
  /** while it is under way. */
  readonly progress: { readonly what: string; readonly done: number; readonly total: number; readonly href: string } | null;
  readonly summary: Pick<Notice, 'text' | 'tone'> | null;
  readonly byUnit: readonly UnitCount[];
  readonly confirm: { readonly action: string; readonly label: string; readonly version: number } | null;
  readonly change: ({ readonly action: string; readonly version: number; readonly faults: Faults | null; readonly fields: readonly Field[] } & BulkBehalf) | null;
  readonly refused: { readonly title: string; readonly table: Table; readonly more: Link | null; readonly again: Link | null } | null;
  /** the rows that were done, as they stand now. */
  readonly done: { readonly title: string; readonly table: Table; readonly more: Link | null } | null;
  /** what those that were done wait for now, and the way to do it to just these. */
  readonly after: readonly Link[];
  /** what takes back what can be taken back still. */
  readonly undo: readonly Link[];
  /** the papers of the batch first. */
  readonly notices: readonly (Link & { readonly main: boolean })[];
}

export interface NoticesPage {
  /** the way to all, where only those without a receipt are shown. */
  readonly narrowed: Link | null;
  /** the words of the button that receives what is ticked; null where the reader receives none. */
  readonly receive: string | null;
  /** how many wait to be received by the reader's unit. */
  readonly waiting: string | null;
  readonly rows: readonly { readonly id: number; readonly number: string; readonly href: string; readonly office: string; readonly unit: string; readonly kind: string; readonly items: number; readonly issuedOn: string; readonly lastDueOn: string; readonly receipt: Badge }[];
  readonly more: Link | null;
  readonly later: Link | null;
  readonly empty: { readonly text: string; readonly href: string; readonly label: string };
}

/** A notice as it is printed. */
export interface PaperView {
  readonly office: string;
  readonly number: string;
  readonly title: string;
  readonly addressee: string;
  readonly basis: string;
  readonly listLabel: string;
  readonly leadLabel: string;
  readonly requirements: readonly string[];
  readonly showStandard: boolean;
  /** some row has responsible units beside its lead, or supporting ones; something has become of some row since. */
  readonly showResponsible: boolean;
  readonly showSupport: boolean;
  readonly showSince: boolean;
  readonly dueLabel: string;
  /** nobody signed for it yet: on paper there is a place for that. */
  readonly toSign: boolean;
  /** the description as it was listed, which never changes; original number and description of a confidential source are not told. */
  readonly rows: readonly { readonly ordinal: number; readonly number: string; readonly original: string; readonly href: string; readonly title: string; readonly description: string; readonly requirement: string; readonly standard: string; readonly lead: string; readonly responsible: string; readonly support: string; readonly dueOn: string; readonly since: string }[];
  readonly contact: string;
  readonly date: string;
  readonly receipt: string;
  /** said on the screen when the paper is longer than one should be. */
  readonly long: string | null;
}

export interface PapersPage {
  /** said when more were chosen than are printed in one go. */
  readonly cut: string | null;
  readonly papers: readonly PaperView[];
  /** those of the papers that the reader's unit has not received yet. */
  readonly receipt: { readonly numbers: readonly number[]; readonly label: string } | null;
  readonly back: string;
}

export interface LaterPage {
  readonly key: string;
  readonly total: string;
  readonly rows: readonly { readonly number: string; readonly href: string; readonly title: string; readonly unit: string; readonly state: string }[];
  readonly empty: { readonly text: string; readonly href: string; readonly label: string };
}
