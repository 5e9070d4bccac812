import type { Faults, Field } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'sign-in/show': { readonly refused: string | null; readonly lost: string | null; readonly next: string; readonly fields: readonly Field[] };
    'first-run/show': { readonly faults: Faults | null; readonly fields: readonly Field[] };
    'account/show': { readonly username: string; readonly posts: readonly string[]; readonly sessions: readonly { readonly key: string; readonly seen: string; readonly current: boolean }[] };
    'account/password': { readonly forced: boolean; readonly faults: Faults | null; readonly fields: readonly Field[] };
  }
}
