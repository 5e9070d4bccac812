import type { House } from '../context.js';
import { closePeriods } from '../reporting/close.js';
import { sweep } from './sweep.js';

/** Sweeps now and every half minute, never two at once; answers with how to stop, which waits for the one under way. A failed sweep is logged and tried again. */
export function startSweeping(house: House, everyMilliseconds = 30_000): () => Promise<void> {
  let busy = false;
  let running: Promise<void> = Promise.resolve();
  const once = (): void => {
    if (busy) return;
    busy = true;
    running = sweep(house).then((count) => { if (count > 0) house.log.info({ count }, 'timers fired'); }, (error: unknown) => { house.log.error({ err: error }, 'sweep failed'); })
      .then(() => closePeriods(house)).then((count) => { if (count > 0) house.log.info({ count }, 'reporting periods closed'); }, (error: unknown) => { house.log.error({ err: error }, 'closing of periods failed'); })
      .then(() => house.db.checkpoint(), () => undefined).catch((error: unknown) => { house.log.error({ err: error }, 'checkpoint failed'); }).finally(() => { busy = false; });
  };
  once();
  const timer = setInterval(once, everyMilliseconds);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
