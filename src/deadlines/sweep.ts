import type { House } from '../context.js';
import { actAsSystem } from '../findings/commands/act.js';

/** Fires every timer that is due: each becomes a normal event of the system, or is dropped when its finding no longer wants it. Answers how many were due. */
export async function sweep(house: House): Promise<number> {
  let all = 0;
  for (;;) {
    const due = await house.db.timersDue(house.clock.occurring(), 100);
    for (const timer of due) await actAsSystem(house, timer);
    all += due.length;
    if (due.length < 100) return all;
  }
}
