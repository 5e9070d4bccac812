import './pages/shell.js';
import './pages/findings.js';
import './pages/bulk.js';
import './pages/distribution.js';
import './pages/handout.js';
import './pages/ledger.js';
import './pages/reporting.js';
import './pages/imports.js';
import './pages/people.js';
import './pages/people-lists.js';
import './pages/design.js';
import './pages/workflow.js';
import './pages/meetings.js';
import './pages/signing.js';
import './pages/saved-views.js';
import './pages/arrival.js';
import './pages/verification.js';
/** The models of pages. Each feature adds its own: `declare module '…/views/pages.js' { interface Pages { 'findings/show': FindingPage } }`. */
export interface Pages {
  'errors/show': ErrorPage;
}

export interface ErrorPage {
  readonly title: string;
  readonly what: string;
  readonly next: string;
  readonly reference: string | null;
}

/** What stands around every page. */
export interface Frame {
  readonly language: 'zh-CN' | 'en';
  readonly title: string;
  readonly path: string;
  readonly csrf: string;
  readonly person: { readonly name: string; readonly posts: string } | null;
  readonly navigation: readonly Way[];
  /** what is needed less often, one step behind the bar. */
  readonly more: readonly Way[];
  readonly search: boolean;
  readonly flash: string | null;
  readonly banner: string | null;
  readonly today: string;
  readonly styles: readonly string[];
  readonly script: string;
  readonly otherLanguage: { readonly code: string; readonly label: string };
}

/** A figure that links to its rows. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note: string | null;
  readonly href: string | null;
  readonly tone: Tone;
}

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'quiet' | 'info';

export interface Badge {
  readonly label: string;
  readonly tone: Tone;
}

/** 🟢🟡🔴 always with words. */
export interface LightView {
  readonly sign: string;
  readonly label: string;
  readonly tone: Tone;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly chosen: boolean;
  /** other names by which it is found. */
  readonly names: string;
}

/** One field of a form. `control` decides which input is drawn; the others are always there, so that templates decide nothing. */
export interface Field {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint: string | null;
  readonly error: string | null;
  readonly required: boolean;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly describedBy: string | null;
  readonly isText: boolean;
  readonly isLong: boolean;
  readonly isSelect: boolean;
  readonly isMany: boolean;
  readonly isChecks: boolean;
  readonly isRadio: boolean;
  readonly isTick: boolean;
  readonly isFile: boolean;
  readonly isRows: boolean;
  /** several names, each in a line of its own. */
  readonly isNames: boolean;
  readonly values: readonly string[];
  /** what may be chosen instead of typed; anything else may be typed, too. */
  readonly suggestions: readonly { readonly value: string; readonly label: string }[];
  /** where to go when what is wanted is not among them. */
  readonly elsewhere: readonly { readonly href: string; readonly label: string }[];
  readonly type: string;
  readonly autocomplete: string | null;
  readonly columns: readonly { readonly label: string }[];
  readonly rows: readonly { readonly number: number; readonly title: string | null; readonly cells: readonly RowCell[] }[];
}
export interface RowCell {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type: string;
  readonly isSelect: boolean;
  readonly isInput: boolean;
  readonly isTick: boolean;
  readonly choices: readonly Choice[];
}

export interface Faults {
  readonly title: string;
  readonly items: readonly { readonly href: string | null; readonly text: string }[];
}

export interface Pager {
  readonly summary: string;
  readonly previous: string | null;
  readonly next: string | null;
  readonly first: string | null;
  readonly last: string | null;
  /** how many rows a page may have; empty where there is no choice. */
  readonly sizes: readonly { readonly label: string; readonly href: string; readonly current: boolean }[];
}

export interface Step {
  readonly label: string;
  readonly state: string;
  readonly current: boolean;
}

/** An address in words; the one that is shown now is marked. For facets and tabs. */
export interface Way {
  readonly label: string;
  readonly href: string;
  readonly current: boolean;
}

/** Where this page lies: each with its address, the page itself without. */
export interface Crumb {
  readonly label: string;
  readonly href: string | null;
}

/** A filter in force, with the address of the same view without it. */
export interface Chip {
  readonly label: string;
  readonly href: string;
  readonly remove: string;
}

/** A sentence that stands out. `role` is "alert" for what went wrong, "status" for what was done, "note" for the rest. */
export interface Notice {
  readonly tone: 'good' | 'warn' | 'bad' | 'info';
  readonly role: 'alert' | 'status' | 'note';
  readonly text: string;
}

/** A plain table; as cards on a phone, where every cell brings its label. `kind` is its class: title, number (does not wrap), amount (to the right), latest, or "". */
export interface Table {
  readonly caption: string;
  readonly columns: readonly { readonly label: string }[];
  readonly rows: readonly { readonly cells: readonly { readonly label: string; readonly text: string; readonly href: string | null; readonly kind: '' | 'title' | 'number' | 'amount' | 'latest' }[] }[];
}

/** A question of its own page, for what cannot be undone: works without scripts, asks once. The page hands over its token: `{{> confirm confirm csrf=csrf}}`. */
export interface Confirm {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly key: string;
  readonly verb: string;
  readonly tone: 'primary' | 'danger';
  readonly cancel: string;
}
