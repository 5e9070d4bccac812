import type { Faults, Field } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'sign-in/show': { readonly refused: string | null; readonly lost: string | null; readonly next: string; /** what was sent before, carried on; '' for nothing. */ readonly sent: string; readonly fields: readonly Field[] };
    /** what was sent before the sign-in, to be sent again. */
    'sign-in/sent': { readonly text: string; readonly action: string; readonly shown: readonly string[]; readonly texts: readonly { readonly name: string; readonly value: string }[] };
    'first-run/show': { readonly faults: Faults | null; readonly fields: readonly Field[] };
    'account/show': { readonly username: string; readonly posts: readonly string[]; readonly sessions: readonly { readonly key: string; readonly seen: string; readonly current: boolean }[] };
    'account/password': { readonly forced: boolean; readonly faults: Faults | null; readonly fields: readonly Field[] };
  }
}
