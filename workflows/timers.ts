import type { WorkflowDefinition } from './definition.js';
import { stagePath } from './snapshot.js';
import type { Snapshot } from './finding.js';
import type { Timer } from './types.js';

/**
 * The timers a snapshot wants, from what its events froze: there is no live actor and no `after` (one with thirty days fires after 1 ms, and a
 * granted extension does not re-arm it). The shell compares them with the stored rows in the same changeset.
 */
export function timersOf(definition: WorkflowDefinition, { value, context }: Snapshot): readonly Timer[] {
  return definition.timers(stagePath(value), context);
}
