import type { StepResult } from '../../../workflows/types.js';

/** Of the answers to a person's several posts: the one that moves, else the one that comes nearest; that it is not their post at all comes last. */
export function nearest(results: readonly StepResult[]): StepResult {
  const rank = (result: StepResult): number => (result.kind === 'moved' ? 0 : { input: 1, state: 2, who: result.refusals.some(({ rule }) => rule === 'notYourPost') ? 4 : 3, unknown: 5 }[result.because]);
  const [best] = results.toSorted((one, other) => rank(one) - rank(other));
  return best ?? { kind: 'refused', because: 'who', refusals: [{ rule: 'notYourPost', kind: 'who', params: { by: '' }, field: null }] };
}
