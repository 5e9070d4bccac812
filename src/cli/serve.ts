import { loadCalendar } from '../calendar/load.js';
import { readConfig } from '../config.js';
import { isDemo } from '../demo/load.js';
import { openHouse } from '../house.js';
import { serve } from '../server.js';

/** The real thing. Refuses a demonstration: its findings are invented and its date is pinned. */
export async function serveCommand(): Promise<number> {
  const house = await openHouse(readConfig());
  if (await isDemo(house)) {
    await house.db.close();
    throw new Error(`${house.config.dataDir} 里是演示数据，不能当正式台账用；请换一个 DATA_DIR,或用 npm run demo。${house.config.dataDir} holds the demonstration; choose another DATA_DIR, or run "npm run demo".`);
  }
  await loadCalendar(house);
  process.stdout.write(`整改台账 ${await serve(house)}\n`);
  return 0;
}
