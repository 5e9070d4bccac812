import type { AnyStateMachine } from 'xstate';
import type { Rules } from './guard.js';
import type { Calendar, EventDefinition, FindingContext, Stage, Timer, Waiting, WorkflowEvent } from './types.js';

/** A workflow in one version: everything the engine needs to run, explain and prove it. */
export interface WorkflowDefinition {
  readonly name: string;
  readonly version: number;
  readonly machine: AnyStateMachine;
  readonly events: Readonly<Record<string, EventDefinition>>;
  readonly rules: Rules;
  /** The stage that people see for a dotted state path. */
  readonly stageOf: (path: string) => Stage;
  /** The dates that an event freezes, reckoned once from the calendar. */
  readonly reckon: (context: FindingContext, event: WorkflowEvent, calendar: Calendar) => Readonly<Record<string, string>>;
  /** Who must act next. */
  readonly waiting: (path: string, context: FindingContext) => readonly Waiting[];
  /** The timers that a state wants. */
  readonly timers: (path: string, context: FindingContext) => readonly Timer[];
}

/** "rectification@1": how rows and events name their workflow. */
export function keyOf(definition: Pick<WorkflowDefinition, 'name' | 'version'>): string {
  return `${definition.name}@${definition.version}`;
}
