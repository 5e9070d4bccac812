import type { Badge, Way } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'assignment-notices/list': NoticesPage;
    'assignment-notices/show': NoticePage;
    'assignment-notices/paper': { readonly notPaper: string | null; readonly papers: readonly NoticePaper[] };
  }
}

export interface NoticesPage {
  readonly ways: readonly Way[];
  /** said to the office when something was handed over without a notice. */
  readonly missing: string | null;
  readonly rows: readonly { readonly id: number; readonly href: string; readonly number: string; readonly unit: string; readonly what: string; readonly items: string; readonly issuedOn: string; readonly receipt: Badge; readonly by: string }[];
  readonly next: string | null;
}

export interface NoticePage {
  readonly number: string;
  readonly unit: string;
  readonly office: string;
  readonly issued: string;
  readonly receipt: string;
  readonly paper: string;
  readonly mayReceive: boolean;
  readonly action: string;
  readonly rows: readonly { readonly number: string; readonly href: string; readonly title: string; readonly standard: string; readonly due: string; readonly acceptBy: string; readonly now: Badge }[];
}

/** As it is printed (GB/T 9704-2012), with the receipt to be torn off. */
export interface NoticePaper {
  readonly number: string;
  readonly title: string;
  readonly unit: string;
  readonly opening: string;
  readonly demands: readonly string[];
  readonly office: string;
  readonly date: string;
  readonly receipt: string;
  readonly rows: readonly { readonly ordinal: number; readonly number: string; readonly title: string; readonly standard: string; readonly due: string }[];
}
