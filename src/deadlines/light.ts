import { daysBetween } from '../../workflows/calendar.js';
import type { RectificationType, Stage } from '../../workflows/finding.js';

export type Light = 'green' | 'yellow' | 'red' | 'none';

export interface Lit {
  readonly light: Light;
  /** days left; negative when overdue; null where no clock runs. */
  readonly days: number | null;
}

/** Stages in which the clock of the deadline runs; from verification passed on the unit's work is done. */
export const runningStages: readonly Stage[] = Object.freeze(['suspected', 'listed', 'assigned', 'rectifying', 'verifying']);

/** Yellow from this many days before the deadline on; immediate rectification has no time for seven. */
export const warningDays = Object.freeze({ usual: 7, immediate: 3 });

/** 🟢🟡🔴, derived and never stored: from the current deadline, pauses and today (dates in the configured zone). */
export function lightOf(finding: { readonly stage: Stage; readonly dueOn: string | null; readonly paused: boolean; readonly rectificationType: RectificationType | null }, today: string): Lit {
  if (finding.dueOn === null || finding.paused || !runningStages.includes(finding.stage)) return { light: 'none', days: null };
  const days = daysBetween(today, finding.dueOn);
  if (days < 0) return { light: 'red', days };
  return { light: days <= (finding.rectificationType === 'immediate' ? warningDays.immediate : warningDays.usual) ? 'yellow' : 'green', days };
}
