import type { Confirm, Faults, Field } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'saved-views/list': SavedViewsPage;
    'saved-views/remove': { readonly confirm: Confirm };
  }
}

export interface SavedViewsPage {
  readonly faults: Faults | null;
  /** the view that is to be saved, as the ledger's address says it. */
  readonly query: string;
  readonly fields: readonly Field[];
  readonly rows: readonly { readonly name: string; readonly href: string; readonly whose: string; readonly removal: string | null }[];
}
