import type { AnyStateMachine } from 'xstate';
import type { Layout } from './diagram.js';
import type { Rules } from './guard.js';
import type { Duty, Role } from './actor.js';
import type { EventDefinition } from './event.js';
import type { FindingContext, Stage } from './finding.js';
import type { Calendar, Timer, Waiting, WorkflowEvent } from './types.js';

/** A workflow in one version: everything the engine needs to run, explain and prove it. */
export interface WorkflowDefinition {
  readonly name: string;
  readonly version: number;
  readonly machine: AnyStateMachine;
  readonly events: Readonly<Record<string, EventDefinition>>;
  readonly rules: Rules;
  /** What nobody may combine: what check() proves, and what the events alone must show. */
  readonly separations: readonly Separation[];
  /** Duties that only some roles may do, by any transition. */
  readonly reserved: readonly Reserved[];
  /** After which events it is asked whether anybody is left who may do what must still be done. */
  readonly staffing: { readonly after: readonly string[]; readonly needs: readonly string[] };
  /** The event that takes a row over at its real stage: the only one that may name a finding closed without a verification here. */
  readonly adoption: string;
  /** Events that give work back, saying what is missing, and those that answer them. */
  readonly returning: { readonly by: readonly string[]; readonly answers: readonly string[] };
  /** Where the diagram draws it. */
  readonly layout: Layout;
  /** The stage that people see for a dotted state path; throws for a path of no stage. */
  readonly stageOf: (path: string) => Stage;
  /** Duties done on a part that bind in the whole, and the other way round, in groups that bind alike; and those that bind in what a finding was merged into or split off, too. */
  readonly carried: { readonly parts: readonly (readonly Duty[])[]; readonly others: readonly Duty[] };
  /** The dates that an event freezes, reckoned once from the calendar; `uncertain` names one whose year is not loaded. */
  readonly reckon: (context: FindingContext, event: WorkflowEvent, calendar: Calendar) => WorkflowEvent['dates'];
  /** Who must act next. */
  readonly waiting: (path: string, context: FindingContext) => readonly Waiting[];
  /** The timers that a state wants. */
  readonly timers: (path: string, context: FindingContext) => readonly Timer[];
}

/** Who has done one of `done` (in any cycle, or in this one), or belongs to a unit that puts it right, never does `duties` or `events`. */
export interface Separation {
  readonly name: string;
  readonly done: readonly Duty[];
  readonly within: 'any' | 'thisCycle';
  readonly belonging: boolean;
  readonly duties: readonly Duty[];
  readonly events: readonly string[];
}

/** A duty, and the only roles that may do it. */
export interface Reserved {
  readonly duty: Duty;
  readonly roles: readonly Role[];
}

/** "rectification@1": how rows and events name their workflow. */
export function keyOf(definition: Pick<WorkflowDefinition, 'name' | 'version'>): string {
  return `${definition.name}@${definition.version}`;
}
