import type { Badge, Crumb, Faults, Field, Table, Way } from '../pages.js';
import type { BulkRow } from './bulk.js';

declare module '../pages.js' {
  interface Pages {
    'activation/show': { readonly refused: string | null; readonly faults: Faults | null; readonly fields: readonly Field[] };
    'activation/slips': SlipsPage;
    'activation/waiting': NotInPage;
    'handover/show': HandoverPage;
    'handover/list': { readonly table: Table | null; readonly empty: string; readonly next: string | null };
    'handover/posts': PostHandoverPage;
    'person-requests/list': PersonRequestsPage;
    'person-requests/form': { readonly key: string; readonly faults: Faults | null; readonly fields: readonly Field[] };
    'person-requests/decline': { readonly what: string; readonly action: string; readonly faults: Faults | null; readonly fields: readonly Field[] };
    'successions/list': { readonly rows: readonly EndedUnit[]; readonly empty: string };
    'help/index': { readonly guides: readonly { readonly href: string; readonly label: string; readonly text: string; readonly own: boolean }[]; readonly calls: readonly Call[] };
    'help/show': HelpPage;
  }
}

/** Sheets to cut up: one slip a person, one sheet a unit. */
export interface SlipsPage {
  readonly title: string;
  readonly back: string;
  readonly units: readonly {
    readonly unit: string;
    readonly slips: readonly { readonly name: string; readonly unit: string; readonly post: string; readonly address: string; readonly username: string; readonly code: string; readonly until: string; readonly tries: string }[];
  }[];
}

export interface NotInPage {
  readonly total: string;
  /** those before this person are on earlier pages. */
  readonly after: string;
  /** those after this person are not of the list; '' for everybody. */
  readonly through: string;
  readonly fault: string | null;
  readonly again: boolean;
  readonly next: string | null;
  readonly units: readonly {
    readonly id: string; readonly chosen: boolean; readonly unit: string; readonly amount: string;
    readonly people: readonly { readonly name: string; readonly href: string; readonly username: string; readonly posts: string; readonly state: Badge }[];
  }[];
}

/** From whom to whom, and what that would do row by row. */
export interface HandoverPage {
  readonly key: string;
  readonly faults: Faults | null;
  readonly fields: readonly Field[];
  /** null before somebody was chosen. */
  readonly preview: {
    readonly summary: string;
    readonly more: string | null;
    readonly rows: readonly (Omit<BulkRow, 'about' | 'ownUnit' | 'words'> & { readonly chosen: boolean; readonly seen: number })[];
    readonly posts: readonly { readonly text: string; readonly resting: string }[];
    readonly named: readonly { readonly number: string; readonly href: string; readonly title: string; readonly as: string }[];
    /** the other half of the form: on what basis. */
    readonly basis: Field;
    readonly hidden: readonly { readonly name: string; readonly value: string }[];
    readonly canConfirm: boolean;
    readonly nothing: string | null;
  } | null;
}

export interface PostHandoverPage {
  readonly key: string;
  /** whose posts; '' before somebody was chosen. */
  readonly from: string;
  readonly fromId: string;
  readonly faults: Faults | null;
  readonly fields: readonly Field[];
}

export interface PersonRequestsPage {
  readonly mayAsk: boolean;
  readonly rows: readonly {
    readonly name: string; readonly phone: string; readonly unit: string; readonly role: string; readonly note: string; readonly asked: string; readonly state: Badge; readonly reason: string;
    readonly add: string | null; readonly decline: string | null;
  }[];
  readonly next: string | null;
}

export interface EndedUnit {
  readonly unit: string;
  readonly endedOn: string;
  readonly successor: string;
  /** what it leaves open, each with its list. */
  readonly open: readonly Way[];
  readonly act: { readonly href: string; readonly label: string } | null;
  readonly text: string;
}

export interface Call {
  readonly unit: string;
  readonly phone: string;
  readonly about: string;
}

export interface HelpPage {
  readonly title: string;
  readonly crumbs: readonly Crumb[];
  readonly sees: string;
  readonly days: readonly string[];
  /** pages and papers by their names. */
  readonly topics: readonly { readonly name: string; readonly what: string }[];
  readonly questions: readonly { readonly question: string; readonly answer: string }[];
  readonly colours: readonly { readonly badge: Badge; readonly text: string }[];
  readonly calls: readonly Call[];
  readonly guides: readonly Way[];
}

/** The first steps on the workbench; null once they were put away. */
export interface Tour {
  readonly title: string;
  readonly steps: readonly { readonly text: string; readonly href: string; readonly label: string }[];
  readonly help: string;
}

