import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import type { House } from '../context.js';
import { openHouse } from '../house.js';
import { isDemo, isHalfDemo, loadDemo } from './load.js';

/** Opens the demonstration: loaded the first time, and afresh when loading it was broken off. `say` hears how far it is. */
export async function openDemo(config: Config, say: (line: string) => void, log?: Logger): Promise<House> {
  const first = await openHouse(config, log);
  const isHalf = await isHalfDemo(first);
  if (!isHalf && (await isDemo(first))) return first;
  if (!isHalf) await loadDemo(first, (done) => { say(`演示数据 demonstration data: ${done}`); });
  await first.db.close();
  if (!isHalf) return openHouse(config, log);
  say('上次载入演示数据时中断，现在重新载入。Loading the demonstration was broken off last time; it is loaded afresh.');
  await removeHalf(config.dataDir);
  return openDemo(config, say, log);
}

/** Its own files and no others. The log goes with its database: beside a new one it would be taken for that one's. */
async function removeHalf(dataDir: string): Promise<void> {
  for (const name of ['evidence', 'ledger.db-wal', 'ledger.db-shm', 'ledger.db']) await rm(join(dataDir, name), { recursive: true, force: true });
}
