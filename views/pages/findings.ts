import type { Badge, Faults, Field, LightView, Step, Tone } from '../pages.js';

declare module '../pages.js' {
  interface Pages {
    'findings/show': FindingPage;
    'findings/history': { readonly number: string; readonly title: string; readonly items: readonly ToldView[]; readonly older: string | null };
    'findings/form': ActionPage;
    'findings/new': NewFindingPage;
  }
}

export interface ToldView {
  readonly on: string;
  readonly sentence: string;
  readonly note: string | null;
  readonly behalf: string | null;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface VerbView {
  readonly label: string;
  readonly href: string;
  readonly allowed: boolean;
  readonly main: boolean;
  readonly why: string | null;
  readonly id: string;
}

export interface FindingPage {
  readonly number: string;
  readonly clueNumber: string | null;
  readonly title: string;
  readonly badges: readonly Badge[];
  readonly light: LightView;
  /** given back, and not answered yet. */
  readonly returned: ToldView | null;
  /** after something was done: who must act next, and the notices that came with it. */
  readonly handedOn: string | null;
  readonly papers: { readonly href: string; readonly label: string } | null;
  readonly stepper: { readonly steps: readonly Step[] };
  /** after one was done from a queue: the next of it. */
  readonly next: { readonly href: string; readonly label: string } | null;
  readonly waiting: readonly { readonly text: string; readonly due: string | null; readonly phone: string | null }[];
  readonly verbs: readonly VerbView[];
  readonly more: readonly VerbView[];
  readonly aspects: readonly Fact[];
  readonly facts: readonly Fact[];
  readonly parent: { readonly number: string; readonly href: string } | null;
  readonly partsTitle: string | null;
  readonly parts: readonly { readonly number: string; readonly href: string; readonly title: string; readonly unit: string; readonly state: Badge; readonly light: LightView }[];
  readonly measures: readonly { readonly id: number; readonly text: string; readonly owner: string; readonly dueOn: string; readonly deliverable: string; readonly percent: number; readonly state: Badge }[];
  readonly evidence: readonly { readonly href: string; readonly name: string; readonly facts: string }[];
  readonly history: { readonly items: readonly ToldView[] };
  readonly historyHref: string;
  readonly workflowHref: string;
  readonly historyNote: string;
}

export interface ActionPage {
  readonly number: string;
  readonly title: string;
  readonly verb: string;
  readonly what: string | null;
  readonly action: string;
  readonly multipart: boolean;
  readonly key: string;
  readonly seen: number;
  readonly faults: Faults | null;
  readonly changed: { readonly items: readonly ToldView[] } | null;
  readonly refused: string | null;
  readonly context: readonly Fact[];
  readonly evidence: readonly { readonly href: string; readonly name: string; readonly facts: string }[];
  readonly fields: readonly Field[];
  readonly behalf: readonly Field[];
  readonly hasBehalf: boolean;
  readonly behalfOpen: boolean;
  /** said to somebody who may only enter what another has signed. */
  readonly onlyForOthers: string | null;
  readonly tone: Tone;
}

export interface NewFindingPage {
  readonly key: string;
  readonly faults: Faults | null;
  readonly fields: readonly Field[];
}
