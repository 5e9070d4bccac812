import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { verifyBackup, type Manifest } from './backup.js';

/** Puts a backup into an empty (or missing) data folder: checked before, copied beside, checked again, then put in place. Overwrites nothing. */
export async function restore(folder: string, dataDir: string): Promise<Manifest> {
  if (existsSync(dataDir) && (await readdir(dataDir)).length > 0) throw new Error(`${dataDir} 不是空的;恢复不会覆盖任何东西,请换一个空的 DATA_DIR。${dataDir} is not empty; a restore overwrites nothing. Choose an empty DATA_DIR.`);
  await verifyBackup(folder);
  const building = `${dataDir}.restoring`;
  await mkdir(dirname(dataDir), { recursive: true });
  await cp(folder, building, { recursive: true, errorOnExist: true, force: false });
  const manifest = await verifyBackup(building);
  if (existsSync(dataDir)) await cp(building, dataDir, { recursive: true });
  else await rename(building, dataDir);
  return manifest;
}

