import { allWhoDid, type MachineEvent } from '../../guard.js';
import type { Duty } from '../../actor.js';
import type { FindingContext, Mark } from '../../finding.js';

/** A duty done: by the person named and by the typist alike, and by those who went along. */
export function marked(context: FindingContext, event: MachineEvent, duty: Duty): readonly Mark[] {
  return withMarks(context, allWhoDid(event).map(({ personId }) => ({ duty, personId })));
}

/** Each person once for each duty of this cycle. */
export function withMarks({ marks, cycle }: FindingContext, done: readonly Pick<Mark, 'duty' | 'personId'>[]): readonly Mark[] {
  const all = [...marks];
  for (const { duty, personId } of done) if (!all.some((mark) => mark.duty === duty && mark.personId === personId && mark.cycle === cycle)) all.push({ duty, personId, cycle });
  return all;
}
