import type { Badge, Choice, Faults, Field, Figure, LightView, Way } from '../pages.js';
import type { BulkGroup, BulkPage } from './bulk.js';
import type { Crosstab } from './distribution.js';
import type { Fact } from './findings.js';

declare module '../pages.js' {
  interface Pages {
    'verification/show': DispatchPage;
    'visits/list': VisitsPage;
    'visits/record': SheetPage;
    'visits/packet': PacketPage;
    'samples/list': SamplesPage;
    'samples/show': SamplePage;
  }
}

interface Empty {
  readonly text: string;
  readonly href: string;
  readonly label: string;
}

/** 派发核查: what waits to be given to inspectors, by place; several groups to several people in one go. */
export interface DispatchPage {
  readonly title: string;
  readonly intro: string;
  readonly total: string;
  readonly more: string | null;
  readonly faults: Faults | null;
  readonly changed: string | null;
  /** place by due day, each figure linked to its rows; null when nothing waits. */
  readonly table: Crosstab | null;
  readonly filters: readonly Way[];
  /** which day the rows are ordered by: the finding's deadline, or by when it is to be verified. */
  readonly dueLabel: string;
  readonly key: string;
  readonly digest: string;
  /** what the rows were narrowed to: carried along by the form. */
  readonly narrowed: readonly { readonly name: string; readonly value: string }[];
  readonly preview: DispatchPreview | null;
  readonly groups: readonly DispatchGroup[];
  readonly load: readonly Load[];
  readonly empty: Empty;
}

export interface DispatchPreview {
  readonly summary: string;
  readonly people: readonly { readonly name: string; readonly total: string; readonly can: string; readonly cannot: string }[];
  readonly groups: readonly BulkGroup[];
  /** rows of a dispatch name no unit. */
  readonly units: BulkPage['units'];
  readonly canConfirm: boolean;
  readonly confirm: string;
}

export interface DispatchGroup {
  readonly id: string;
  readonly place: string;
  readonly count: string;
  readonly single: string;
  readonly who: Field;
  readonly by: Field;
  readonly rows: readonly {
    readonly number: string; readonly seen: string; readonly href: string; readonly title: string; readonly unit: string; readonly deadline: string; readonly light: LightView; readonly chosen: boolean; readonly mine: boolean;
    /** who is free for it, or who has it and who is free. */
    readonly free: string; readonly error: string | null;
  }[];
}

/** What an inspector has to verify already. */
export interface Load {
  readonly name: string;
  readonly unit: string;
  readonly open: string;
  readonly href: string | null;
  readonly over: string;
  readonly next: string;
}

/** 我的核查: what waits for an inspector, by place, the most urgent first. */
export interface VisitsPage {
  readonly total: string;
  readonly more: string | null;
  readonly facets: readonly Way[];
  readonly groups: readonly {
    readonly id: string; readonly place: string; readonly count: string; readonly packet: string; readonly record: string; readonly note: string | null;
    readonly rows: readonly { readonly number: string; readonly href: string; readonly title: string; readonly unit: string; readonly dueOn: string; readonly light: LightView; readonly latest: string; readonly record: string }[];
  }[];
  readonly empty: Empty;
}

/** 录入本次核查: several findings of one outing, each with its own result. */
export interface SheetPage {
  readonly title: string;
  readonly back: Way;
  readonly action: string;
  readonly key: string;
  readonly today: string;
  readonly hint: string;
  readonly more: string | null;
  readonly done: string | null;
  readonly faults: Faults | null;
  readonly method: Field;
  readonly companions: { readonly label: string; readonly hint: string; readonly error: string | null; readonly inputs: readonly { readonly id: string; readonly value: string; readonly label: string }[] };
  readonly names: readonly string[];
  /** what is asked beside the result. */
  readonly noteLabel: string;
  readonly rows: readonly {
    readonly number: string; readonly seen: string; readonly href: string; readonly title: string; readonly unit: string; readonly light: LightView; readonly state: Badge; readonly context: readonly Fact[]; readonly evidence: readonly { readonly href: string; readonly name: string }[];
    /** why nothing can be recorded here by this person; null when it can. */
    readonly blocked: string | null; readonly open: boolean; readonly results: readonly Choice[]; readonly note: string; readonly kept: readonly { readonly id: string; readonly name: string }[]; readonly error: string | null; readonly full: string;
  }[];
  /** typed about rows that are out of sight by now. */
  readonly gone: readonly { readonly text: string }[];
  readonly empty: Empty;
}

/** 核查包: what one takes along on paper. */
export interface PacketPage {
  readonly title: string;
  readonly back: Way;
  readonly facts: readonly Fact[];
  readonly demo: string | null;
  readonly more: string | null;
  readonly boxes: readonly { readonly label: string }[];
  readonly blocks: readonly { readonly number: string; readonly title: string; readonly facts: readonly Fact[]; readonly evidence: readonly { readonly name: string; readonly facts: string }[] }[];
  readonly empty: Empty;
}

/** 抽查与回头看: what was drawn, and the form that draws. */
export interface SamplesPage {
  readonly rows: readonly { readonly href: string; readonly name: string; readonly kind: Badge; readonly from: string; readonly size: string; readonly on: string; readonly by: string; readonly progress: string }[];
  readonly older: string | null;
  readonly mayDraw: boolean;
  readonly faults: Faults | null;
  readonly key: string;
  readonly fields: readonly Field[];
}

/** A sample: how it was drawn, how far it is, each row. */
export interface SamplePage {
  readonly title: string;
  readonly demo: string | null;
  readonly figures: readonly Figure[];
  readonly facts: readonly Fact[];
  /** what somebody needs who draws it again. */
  readonly proof: readonly Fact[];
  readonly check: { readonly tone: 'good' | 'bad'; readonly text: string };
  readonly drift: string | null;
  readonly record: string | null;
  readonly packet: string;
  readonly rows: readonly { readonly ordinal: string; readonly number: string; readonly href: string; readonly title: string; readonly unit: string; readonly state: Badge; readonly result: Badge; readonly on: string; readonly by: string; readonly note: string; readonly reopening: string | null }[];
}
