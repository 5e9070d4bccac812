import type { DueTimer } from '../../db/database.js';
import type { House } from '../context.js';
import { actAsSystem } from '../findings/commands/act.js';

/** Timers read at a time, and looked at in one sweep: what is left waits half a minute for the next. */
const page = 100;
const most = 5000;

/**
 * Fires every timer that is due: each becomes a normal event of the system, or is dropped when its finding no longer wants it. One that
 * cannot be fired is logged and stays, and holds up none behind it. Answers how many were fired or dropped.
 */
export async function sweep(house: House): Promise<number> {
  const now = house.clock.occurring();
  let done = 0;
  let after: DueTimer | null = null;
  for (let seen = 0; seen < most; seen += page) {
    const due: readonly DueTimer[] = await house.db.timersDue(now, page, after);
    for (const timer of due) if (await fired(house, timer)) done += 1;
    after = due.at(-1) ?? null;
    if (due.length < page) break;
  }
  return done;
}

async function fired(house: House, timer: DueTimer): Promise<boolean> {
  try {
    await actAsSystem(house, timer);
    return true;
  } catch (error) {
    house.log.error({ err: error, timer }, 'a timer cannot be fired');
    return false;
  }
}
