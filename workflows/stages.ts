import type { Stage } from './finding.js';

/** The ends beside closure: what was listed once and is not to be put right any more. */
export const outcomes: readonly Stage[] = Object.freeze(['unfounded', 'merged', 'transferred', 'withdrawn']);

/** Every stage, in the order of a finding's life; the pauses and the ends beside it come last. */
export const stages: readonly Stage[] = Object.freeze(['suspected', 'listed', 'assigned', 'rectifying', 'verifying', 'verified', 'closed', 'continuing', 'suspended', ...outcomes]);

/** What has come to an end. A closed finding may be opened again. */
export const ends: readonly Stage[] = Object.freeze(['closed', ...outcomes]);

/** Has it not come to an end? */
export function isOpen(stage: Stage): boolean {
  return !ends.includes(stage);
}

/** Is it the name of a stage? */
export function isStage(name: unknown): name is Stage {
  return stages.some((stage) => stage === name);
}
