import type { Actor, OnBehalf, Role } from './actor.js';
import type { Mark, Snapshot, Stage } from './finding.js';

/**
 * The shapes that the workflow engine takes and returns. Everything here is plain data: it can be frozen, stored as
 * JSON and replayed years later. Instants are ISO 8601 in UTC ("2020-05-11T04:00:00.000Z"), dates are ISO dates
 * ("2020-05-11") already reckoned in the configured zone.
 */

/** What somebody asks of the engine. `data` has passed the field definitions of its event. */
export interface WorkflowEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly onBehalf: OnBehalf | null;
  readonly occurredAt: string;
  /** the date of `occurredAt` in the configured zone. */
  readonly today: string;
  /** the day on which it is entered, when that is later: what others must have time for runs from then. */
  readonly typedOn?: string;
  /** dates reckoned from the calendar when the event first happened; a replay takes them from the record. */
  readonly dates: Readonly<Record<string, string>>;
}

/** A rule is data: what kind of thing it asks after, its test, and (by name) its sentence: locale key `rule.<name>`. */
export type RuleKind = 'who' | 'state' | 'input';

export interface Refusal {
  readonly rule: string;
  readonly kind: RuleKind;
  /**
   * what the sentence names: values to interpolate into locale key `rule.<rule>`. Some are codes that become words first:
   * `event`, `state`, `by` ("office:host handler:lead", each post.<role>.<relation>), in rules named field.… also `name` (field.<name>) and `part`
   * (field.<part>, a column of a row).
   */
  readonly params: Readonly<Record<string, string | number>>;
  /** the field it is about, for input rules. */
  readonly field: string | null;
}

/** What the shell must do besides storing the finding; all of it goes into the same changeset. */
export type Effect =
  | { readonly type: 'createPart'; readonly number: string; readonly unitId: number }
  | { readonly type: 'createPiece'; readonly number: string }
  | { readonly type: 'tellTarget'; readonly target: string; readonly merged: string; readonly marks: readonly Mark[] }
  | { readonly type: 'tellParent'; readonly parent: string; readonly part: string; readonly open: boolean; readonly ended: Stage | null; readonly deadline: string | null; readonly unitId: number | null; readonly marks: readonly Mark[]; readonly bindsOnly: boolean }
  | { readonly type: 'tellParts'; readonly parts: readonly string[]; readonly deadline: string | null; readonly marks: readonly Mark[]; readonly bindsOnly: boolean };

export type StepResult =
  | {
      readonly kind: 'refused';
      /** who → 403, state → 409, input → 422; `unknown` when the event does not exist in this workflow → 404. */
      readonly because: RuleKind | 'unknown';
      readonly refusals: readonly Refusal[];
    }
  | {
      readonly kind: 'moved';
      readonly snapshot: Snapshot;
      /** dotted state paths; `from` is null for a new finding. */
      readonly from: string | null;
      readonly to: string;
      /** the event with its reckoned dates: what is to be recorded and replayed. */
      readonly event: WorkflowEvent;
      readonly effects: readonly Effect[];
    };

/** What somebody could do now: who and state rules are evaluated before any form is filled in. */
export interface Availability {
  readonly event: string;
  readonly allowed: boolean;
  readonly refusals: readonly Refusal[];
}

/** Who must act next. One row per role and unit, or per named person; `dueOn` is the date by which. */
export interface Waiting {
  readonly event: string;
  readonly role: Role;
  readonly unitId: number | null;
  readonly personId: number | null;
  readonly dueOn: string | null;
}

/** A timer that a snapshot wants: at the start of `dueOn` + 1 day (dates are inclusive) the engine sends `event` as system. */
export interface Timer {
  readonly name: string;
  readonly event: string;
  /** the last day that still belongs to the window. */
  readonly lastDay: string;
}

/** Working days of the years that are loaded. `days` maps a date to whether it is off, where it differs from the weekday. */
export interface Calendar {
  readonly years: readonly number[];
  readonly days: Readonly<Record<string, { readonly off: boolean; readonly name: string }>>;
}
