import type { Badge, Crumb, Faults, Field, Figure, LightView, Pager, Way } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'reporting/show': ReportingPage;
    'reporting/periods': PeriodsPage;
    'reporting/period': PeriodPage;
    'reporting/print': PeriodPrint;
    'reporting/period-form': PeriodFormPage;
    'reporting/period-plan': PeriodPlanPage;
  }
}

export interface ReportingPage {
  readonly key: string;
  /** "missing" when only what the current periods miss is shown. */
  readonly show: string;
  readonly total: string;
  readonly more: string | null;
  /** how many rows were taken when others were refused. */
  readonly done: string | null;
  readonly faults: Faults | null;
  readonly periods: readonly { readonly href: string; readonly label: string; readonly tone: 'good' | 'warn' | 'bad' }[];
  readonly facets: readonly Way[];
  readonly rows: readonly {
    readonly number: string; readonly href: string; readonly original: string | null; readonly title: string; readonly state: Badge; readonly type: string | null; readonly dueOn: string; readonly light: LightView; readonly latest: string;
    /** what became of it in the current period. */
    readonly mark: Badge | null;
    /** leads to the full form, where evidence is added. */
    readonly full: string;
    readonly text: string; readonly nothing: boolean; readonly error: string | null;
    /** version of the draft that is shown; 0 for none. */
    readonly draft: number; readonly draftNote: string | null;
    /** how many measures are done, and what of them all. */
    readonly overall: string | null;
    readonly opened: boolean;
    readonly measures: readonly { readonly label: string; readonly dueOn: string; readonly percentName: string; readonly percentLabel: string; readonly percent: string; readonly doneName: string; readonly done: boolean }[];
  }[];
  readonly empty: { readonly text: string; readonly href: string; readonly label: string };
}

/** A count that leads to its rows; nothing where there are none. */
export interface LinkedCount {
  readonly text: string;
  readonly href: string | null;
}

export interface PeriodsPage {
  readonly facets: readonly Way[];
  /** where one is added; nobody else sees the way. */
  readonly add: { readonly one: string; readonly weekly: string } | null;
  readonly rows: readonly {
    readonly href: string; readonly name: string; readonly campaign: string; readonly opens: string; readonly cutOff: string; readonly state: Badge;
    readonly owed: LinkedCount; readonly inTime: LinkedCount; readonly late: LinkedCount; readonly missing: LinkedCount;
  }[];
  readonly pager: Pager;
  readonly empty: string;
}

export interface PeriodPage {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly state: Badge;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly change: string | null;
  readonly figures: { readonly label: string; readonly figures: readonly Figure[] } | null;
  /** what is copied into the group chat; offices have it. */
  readonly chat: { readonly text: string; readonly rows: number } | null;
  readonly units: readonly { readonly unit: string; readonly phone: string; readonly owed: LinkedCount; readonly inTime: LinkedCount; readonly late: LinkedCount; readonly missing: LinkedCount }[];
  readonly sums: { readonly owed: LinkedCount; readonly inTime: LinkedCount; readonly late: LinkedCount; readonly missing: LinkedCount } | null;
  /** as files and on paper; nothing while there is nothing in it. */
  readonly files: { readonly rows: string; readonly units: string; readonly print: string } | null;
  readonly facets: readonly Way[];
  readonly rowsTitle: string;
  readonly rows: readonly { readonly number: string; readonly href: string; readonly title: string; readonly unit: string; readonly phone: string; readonly mark: Badge; readonly when: string; readonly dueOn: string; readonly light: LightView; readonly latest: string }[];
  readonly pager: Pager;
  readonly empty: { readonly text: string; readonly href: string; readonly label: string } | null;
}

/** A period on paper: by unit, and each finding with what was reported. */
export interface PeriodPrint {
  readonly title: string;
  readonly about: string;
  readonly notPaper: string | null;
  readonly more: string | null;
  readonly back: { readonly href: string; readonly label: string };
  readonly unitHeads: readonly string[];
  readonly units: readonly (readonly string[])[];
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly empty: string;
}

export interface PeriodFormPage {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly hint: string;
  readonly action: string;
  /** fields that are sent as they are. */
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  readonly faults: Faults | null;
  readonly fields: readonly Field[];
  readonly verb: string;
  readonly removal: string | null;
  readonly version: number;
  readonly cancel: string;
}

export interface PeriodPlanPage {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly summary: string;
  readonly warning: string | null;
  readonly action: string;
  readonly key: string;
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  readonly rows: readonly { readonly name: string; readonly opens: string; readonly cutOff: string; readonly note: string }[];
  readonly verb: string;
}
