import type { WorkflowDefinition } from './definition.js';
import { isOpen } from './stages.js';

/** The seq of what gave work back and has no answer yet, after one more event; null when nothing is. What came to an end owes no answer. */
export function unanswered(definition: WorkflowDefinition, before: number | null, event: { readonly seq: number; readonly type: string; readonly to: string }): number | null {
  if (!isOpen(definition.stageOf(event.to)) || definition.returning.answers.includes(event.type)) return null;
  return definition.returning.by.includes(event.type) ? event.seq : before;
}
