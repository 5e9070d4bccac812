import type { Badge, Choice, Confirm, Faults, Field } from '../pages.js';
import type { Fact } from './findings.js';

declare module '../pages.js' {
  interface Pages {
    'meetings/list': MeetingsPage;
    'meetings/form': MeetingFormPage;
    'meetings/show': MeetingPage;
    'meetings/paper': MeetingPaper;
    'meetings/drop': { readonly confirm: Confirm };
  }
}

export interface MeetingsPage {
  readonly mayPrepare: boolean;
  readonly rows: readonly { readonly href: string; readonly title: string; readonly heldOn: string; readonly office: string; readonly items: string; readonly decisionNumber: string; readonly state: Badge }[];
  readonly next: string | null;
}

export interface MeetingFormPage {
  readonly title: string;
  readonly action: string;
  readonly back: string;
  readonly version: number;
  readonly key: string;
  readonly faults: Faults | null;
  readonly fields: readonly Field[];
  readonly more: string | null;
  /** what may stand on the list, with its place in it; what stands on another prepared one says on which, and cannot be ticked. */
  readonly rows: readonly { readonly elsewhere: string | null; readonly number: string; readonly href: string; readonly title: string; readonly unit: string; readonly state: Badge; readonly verifiedOn: string; readonly chosen: boolean; readonly order: string }[];
}

interface PaperRow {
  readonly number: string;
  readonly original: string;
  readonly title: string;
  readonly unit: string;
  readonly standard: string;
  readonly claim: string;
  readonly verdict: string;
  readonly result: string;
  readonly why: string;
}

export interface MeetingPage {
  readonly title: string;
  readonly state: Badge;
  readonly facts: readonly Fact[];
  readonly address: string;
  readonly paper: string;
  readonly version: number;
  readonly key: string;
  /** the reader's office holds it, and it was not held yet. */
  readonly decides: boolean;
  readonly faults: Faults | null;
  readonly summary: string;
  readonly rows: readonly (Omit<PaperRow, 'why'> & {
    readonly id: string; readonly href: string; readonly seen: number; readonly can: Badge; readonly why: string; readonly error: string; readonly leaders: string | null; readonly choices: readonly Choice[]; readonly reason: string;
  })[];
  readonly fields: readonly Field[];
  /** for the leader: who, and the signed paper; empty when no row is the leader's. */
  readonly behalf: readonly Field[];
}

export interface MeetingPaper {
  readonly title: string;
  readonly back: string;
  readonly facts: readonly Fact[];
  /** said on every paper of a demonstration. */
  readonly notPaper: string | null;
  readonly rows: readonly (PaperRow & { readonly ordinal: number })[];
  readonly total: string;
  readonly isDecided: boolean;
}
