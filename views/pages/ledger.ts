import type { Crosstab } from './distribution.js';
import type { Badge, Chip, Field, Figure, LightView, Pager, Tone, Way } from '../pages.js';
import type { Tour } from './arrival.js';

declare module '../pages.js' {
  interface Pages {
    'findings/list': LedgerPage;
    'findings/reminder': { readonly ignored: string | null; readonly title: string; readonly about: string; readonly beside: string | null; readonly more: string | null; readonly back: string; readonly empty: string | null; readonly texts: readonly { readonly id: string; readonly label: string; readonly text: string; readonly rows: number }[] };
    'findings/print': { readonly ignored: string | null; readonly title: string; readonly about: string; readonly notPaper: string | null; readonly more: string | null; readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly total: string; readonly back: string; readonly span: number };
    'workbench/show': WorkbenchPage;
    'workbench/leader': LeaderPage;
    'instructions/show': { readonly rows: readonly Instruction[]; readonly total: string; readonly more: string | null };
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

/** A button that begins something for the chosen rows. */
export interface VerbWay {
  readonly href: string;
  readonly label: string;
}

/** The head of a column; some put the list in order. */
export interface Head {
  readonly label: string;
  readonly href: string | null;
  readonly mark: string;
  readonly sorted: 'ascending' | 'descending' | null;
}

export interface LedgerPage {
  readonly ignored: string | null;
  readonly total: string;
  readonly words: string;
  readonly filters: readonly Field[];
  readonly filtersOpen: boolean;
  /** what narrows the view, each with the view without it. */
  readonly chips: readonly Chip[];
  readonly facets: readonly { readonly label: string; readonly href: string; readonly current: boolean }[];
  readonly lights: readonly { readonly label: string; readonly href: string; readonly current: boolean }[];
  readonly sorts: readonly { readonly label: string; readonly href: string; readonly mark: string }[];
  /** the columns; those with an address are ordered by it. */
  readonly heads: readonly Head[];
  /** the rows by the columns that were chosen; null for the usual list. */
  readonly chosen: { readonly heads: readonly Head[]; readonly rows: readonly { readonly number: string; readonly href: string; readonly cells: readonly { readonly label: string; readonly text: string; readonly isNumber: boolean; readonly state: Badge | null; readonly light: LightView | null }[] }[] } | null;
  readonly columns: readonly { readonly key: string; readonly label: string; readonly chosen: boolean; readonly place: string }[];
  /** saved views, one's own and shared ones, and the five lists. */
  readonly views: readonly { readonly label: string; readonly ways: readonly Way[] }[];
  /** this view as it would be saved. */
  readonly saving: string;
  /** the whole view on paper. */
  readonly print: string;
  /** what of this view waits for whom, as a text; null for who reminds nobody. */
  readonly reminder: string | null;
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  readonly rows: readonly LedgerRow[];
  readonly empty: { readonly text: string; readonly href: string; readonly label: string };
  readonly pager: Pager;
  readonly exports: { readonly xlsx: string; readonly csv: string };
  /** what may be done to rows together. */
  /** what may be done to several rows: what these rows are for stands there, the rest behind `more`; null where there is nothing. */
  readonly verbs: { readonly first: readonly VerbWay[]; readonly further: readonly VerbWay[]; readonly more: string } | null;
  /** the view itself, for doing it to all of its rows. */
  readonly viewFields: readonly { readonly name: string; readonly value: string }[];
  readonly clear: string | null;
}

export interface WorkbenchPage {
  readonly tour: Tour | null;
  /** what does not wait in a queue: units that have ended, papers nobody took note of. */
  readonly notices: readonly { readonly text: string; readonly href: string; readonly label: string }[];
  readonly greeting: string;
  readonly figures: readonly Figure[];
  readonly clues: readonly Figure[];
  /** taken over from an older ledger: never added to the figures above. */
  readonly adopted: readonly Figure[];
  /** counted in items. */
  readonly parts: readonly Figure[];
  readonly note: string | null;
  readonly queues: readonly Queue[];
  readonly reporting: readonly ReportingNow[];
  /** what is late with others, by what they must do. */
  readonly late: readonly { readonly id: string; readonly title: string; readonly rows: readonly WaitingRow[]; readonly more: string | null; readonly moreHref: string; readonly phoneAll: string | null }[];
  readonly watched: readonly WaitingRow[];
  readonly watchedTitle: string;
  /** what was handed on and has not come back, with the parts that are missing. */
  readonly handedOn: readonly HandedOnRow[];
  /** unit by stage; null for whom it is not theirs. */
  readonly stages: Crosstab | null;
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
  readonly together: { readonly href: string; readonly label: string; readonly all: string; readonly allLabel: string; readonly others: readonly { readonly href: string; readonly label: string }[] } | null;
  readonly more: string | null;
  readonly moreHref: string;
  /** the way to all of them where a phone shows the first few. */
  readonly phoneAll: string | null;
}

export interface HandedOnRow {
  readonly number: string;
  readonly href: string;
  readonly title: string;
  readonly parts: string;
  readonly missing: readonly { readonly number: string; readonly href: string; readonly unit: string; readonly state: Badge; readonly due: string; readonly light: LightView; readonly latest: string }[];
}

/** One page for a leader. */
/** A reporting period that runs now, and how far it is. */
export interface ReportingNow {
  readonly href: string;
  readonly label: string;
  readonly text: string;
  readonly missing: number;
  readonly tone: Tone;
}

export interface LeaderPage {
  readonly reporting: readonly ReportingNow[];
  readonly tour: Tour | null;
  readonly title: string;
  readonly figures: readonly Figure[];
  /** the figures of what they are named for as the lead leader; null when that is nothing. */
  readonly mine: readonly Figure[] | null;
  readonly clues: readonly Figure[];
  readonly red: readonly { readonly mine: Badge | null; readonly number: string; readonly href: string; readonly title: string; readonly unit: string; readonly due: string; readonly light: LightView; readonly stuck: string; readonly latest: string }[];
  /** clues are counted in a line of their own, and red in one. */
  readonly redClues: { readonly text: string; readonly href: string } | null;
  readonly redMore: string | null;
  readonly redHref: string;
  readonly signing: readonly { readonly label: string; readonly amount: number; readonly href: string }[];
  readonly instructions: readonly Instruction[];
  /** all of them. */
  readonly others: string;
}

/** 批示 that waits for its reply. */
export interface Instruction {
  readonly number: string;
  readonly href: string;
  readonly title: string;
  readonly text: string;
  readonly by: string;
  readonly on: string;
  readonly unit: string;
  readonly since: string;
  readonly reply: string | null;
}

export interface WaitingRow {
  readonly number: string;
  /** its number in the list it came from. */
  readonly original: string;
  readonly latest: string;
  readonly href: string;
  readonly title: string;
  readonly unit: string;
  /** how it came back. */
  readonly returned: Badge | null;
  /** of a clue that is to be judged: what its unit found. */
  readonly checked: Badge | null;
  /** the other decision. */
  readonly other: { readonly label: string; readonly href: string } | null;
  readonly verb: string;
  readonly verbHref: string | null;
  readonly since: string;
  readonly due: string;
  readonly light: LightView;
  readonly stuck: string;
}
