import type { Part } from './finding.js';

/** The parts that a whole is counted by, "5/6": what was withdrawn, merged, transferred or unfounded is none of them any more. */
export function countedParts(parts: readonly Part[]): readonly Part[] {
  return parts.filter(({ ended = 'closed' }) => ended === 'closed');
}
