import type { House } from '../context.js';
import { sweep } from './sweep.js';

/** Sweeps now and every half minute, never two at once; answers with how to stop. A failed sweep is logged and tried again. */
export function startSweeping(house: House, everyMilliseconds = 30_000): () => void {
  let busy = false;
  const once = (): void => {
    if (busy) return;
    busy = true;
    sweep(house).then((count) => { if (count > 0) house.log.info({ count }, 'timers fired'); }, (error: unknown) => { house.log.error({ err: error }, 'sweep failed'); })
      .then(() => house.db.checkpoint(), () => undefined).catch((error: unknown) => { house.log.error({ err: error }, 'checkpoint failed'); }).finally(() => { busy = false; });
  };
  once();
  const timer = setInterval(once, everyMilliseconds);
  timer.unref();
  return () => { clearInterval(timer); };
}
