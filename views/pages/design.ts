import type { Tour } from './arrival.js';
import type { Head, ReportingNow, WaitingRow } from './ledger.js';
import type { BulkGroup, BulkLabels, BulkPage, UnitCount } from './bulk.js';
import type { Crosstab } from './distribution.js';
import type { Badge, Chip, Confirm, Crumb, Faults, Field, Figure, LightView, Notice, Pager, Step, Table, Way } from '../pages.js';
import type { Fact, ToldView, VerbView } from './findings.js';
import type { DiagramView } from './workflow.js';

declare module '../pages.js' {
  interface Pages {
    'design/index': DesignPage;
  }
}

/** Every component once, with what it is given. */
export interface DesignPage {
  readonly crumbs: readonly Crumb[];
  readonly badges: readonly Badge[];
  readonly lights: readonly LightView[];
  readonly steppers: readonly { readonly steps: readonly Step[] }[];
  readonly figures: readonly Figure[];
  readonly notices: readonly Notice[];
  readonly tabs: readonly Way[];
  readonly facets: readonly Way[];
  readonly chips: readonly Chip[];
  readonly table: Table;
  readonly heads: readonly Head[];
  readonly crosstab: Crosstab;
  readonly labels: BulkLabels;
  readonly byUnit: readonly UnitCount[];
  readonly bulkRows: readonly BulkGroup[];
  readonly unitNames: BulkPage['units'];
  readonly behalf: { readonly has: boolean; readonly open: boolean; readonly fields: readonly Field[] };
  readonly waiting: readonly WaitingRow[];
  readonly reporting: readonly ReportingNow[];
  readonly tour: Tour;
  readonly count: { readonly text: string; readonly href: string | null };
  readonly pager: Pager;
  readonly empty: { readonly text: string; readonly href: string | null; readonly label: string };
  readonly chat: { readonly label: string; readonly text: string; readonly rows: number };
  readonly facts: readonly Fact[];
  readonly verbs: readonly VerbView[];
  readonly measures: readonly { readonly percent: number; readonly label: string; readonly state: Badge }[];
  readonly way: readonly { readonly title: string; readonly text: string }[];
  readonly history: { readonly items: readonly ToldView[] };
  readonly faults: Faults;
  readonly fields: readonly Field[];
  readonly confirm: Confirm;
  readonly diagram: DiagramView;
}
