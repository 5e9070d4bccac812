import type { Badge, Choice, Faults, Field, LightView } from '../pages.js';
import type { Fact } from './findings.js';

declare module '../pages.js' {
  interface Pages {
    'signing/show': SigningPage;
  }
}

export interface SigningPage {
  readonly key: string;
  readonly total: string;
  readonly more: string | null;
  readonly done: string | null;
  readonly faults: Faults | null;
  readonly fields: readonly Field[];
  readonly rows: readonly {
    readonly id: string; readonly number: string; readonly href: string; readonly title: string; readonly unit: string; readonly what: string; readonly state: Badge; readonly due: string; readonly light: LightView;
    /** what is signed: plan, claim, request, with the files that came along. */
    readonly facts: readonly Fact[]; readonly files: readonly { readonly href: string; readonly name: string; readonly facts: string }[];
    readonly choices: readonly Choice[]; readonly note: string; readonly seen: number; readonly error: string;
  }[];
}
