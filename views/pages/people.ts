import type { Badge, Faults, Field } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'people/list': { readonly q: string; readonly rows: readonly { readonly href: string; readonly username: string; readonly name: string; readonly phone: string; readonly posts: string; readonly state: Badge }[]; readonly next: string | null };
    'people/form': { readonly title: string; readonly action: string; readonly faults: Faults | null; readonly fields: readonly Field[]; readonly isNew: boolean; readonly disabled: boolean; /** what the form was made from: somebody else may change it meanwhile. */ readonly version: number; /** the request that it answers; '' for none. */ readonly request: string; readonly state: Badge | null; readonly handover: string };
    'organisation/list': { readonly rows: readonly { readonly href: string; readonly indent: string; readonly name: string; readonly shortName: string; readonly kind: string; readonly code: string; readonly phone: string; readonly aliases: string; readonly state: Badge | null }[]; readonly total: string; readonly previous: string | null; readonly next: string | null };
    'organisation/form': { readonly title: string; readonly action: string; readonly faults: Faults | null; readonly fields: readonly Field[]; readonly version: number; /** what a unit that has ended leaves open, and who sees to it. */ readonly left: string | null };
    'organisation/import': { readonly faults: Faults | null; readonly fields: readonly Field[] };
    'campaigns/list': {
      readonly rows: readonly { readonly href: string; readonly name: string; readonly office: string; readonly dates: string; readonly state: Badge }[];
      readonly categories: readonly { readonly name: string; readonly above: string; readonly state: Badge; readonly action: string; readonly disabled: boolean }[];
      readonly faults: Faults | null; readonly fields: readonly Field[];
    };
    'campaigns/form': { readonly title: string; readonly action: string; readonly version: number; readonly faults: Faults | null; readonly fields: readonly Field[] };
    'audit/list': { readonly streams: readonly { readonly href: string; readonly label: string; readonly current: boolean }[]; readonly rows: readonly { readonly at: string; readonly who: string; readonly what: string; readonly details: string }[]; readonly next: string | null };
  }
}
