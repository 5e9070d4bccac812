import type { Badge, Field, Figure, Pager } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'people-lists/form': { readonly refused: { readonly what: string; readonly next: string } | null; readonly fields: readonly Field[] };
    'people-lists/show': PeopleListPage;
    'people-lists/added': PeopleAddedPage;
  }
}

export interface PeopleListPage {
  readonly name: string;
  readonly action: string;
  readonly key: string;
  /** of what is shown: only that is done. */
  readonly digest: string;
  /** which rows are shown: what is typed comes back to them. */
  readonly show: string;
  readonly page: string;
  readonly notice: string | null;
  readonly figures: readonly Figure[];
  readonly facts: readonly string[];
  /** that faulty rows are left out, and where they stand; null when there are none. */
  readonly left: string | null;
  readonly leftHref: string;
  readonly proposed: string | null;
  /** on the button that takes in user names; null when none can be typed. */
  readonly names: string | null;
  /** null when there is nobody to add. */
  readonly confirm: string | null;
  readonly heading: string;
  /** back from some rows to all. */
  readonly all: string | null;
  readonly rows: readonly {
    readonly row: number; readonly outcome: Badge; readonly name: string; readonly href: string | null; readonly unit: string; readonly posts: string; readonly phone: string; readonly username: string;
    /** where a user name may be typed; null where the list names it or there is nobody new. */
    readonly own: { readonly name: string; readonly label: string; readonly value: string } | null;
    readonly why: string;
  }[];
  readonly pager: Pager;
}

export interface PeopleAddedPage {
  readonly summary: string;
  /** to the slips of those who are new; null when nobody is. */
  readonly slips: { readonly href: string; readonly label: string } | null;
  readonly leftTitle: string | null;
  readonly left: readonly { readonly row: number; readonly name: string; readonly unit: string; readonly why: string }[];
  readonly more: string | null;
}
