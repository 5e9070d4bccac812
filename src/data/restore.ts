import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toDisk } from '../../db/durable.js';
import { copied, foldersToDisk, lackingIn, readManifest, type Manifest } from './manifest.js';

/** Inside the data folder, which may be a disk of its own and the only place where this user may write. */
const beside = '.restoring';

/**
 * Puts a backup into an empty (or missing) data folder: what the manifest lists and nothing else is copied beside, checked there against
 * its hashes and the database's rows, then put in place, the database last. Overwrites nothing; one that was broken off can be repeated.
 */
export async function restore(folder: string, dataDir: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  await mkdir(dataDir, { recursive: true });
  await clearBrokenOff(dataDir);
  await refuseUnlessEmpty(dataDir);
  const building = join(dataDir, beside);
  try {
    await built(folder, building, manifest);
    await putInPlace(building, dataDir, manifest);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return manifest;
}

/** What a restore leaves that was killed: the folder beside, and perhaps the evidence in its place. With a database there it is somebody's ledger. */
async function clearBrokenOff(dataDir: string): Promise<void> {
  const names = await readdir(dataDir);
  if (!names.includes(beside) || names.some((name) => name !== beside && name !== 'evidence')) return;
  for (const name of ['evidence', beside]) await rm(join(dataDir, name), { recursive: true, force: true });
}

async function refuseUnlessEmpty(dataDir: string): Promise<void> {
  if ((await readdir(dataDir)).length > 0) throw new Error(`${dataDir} 不是空的；恢复不会覆盖任何东西，请换一个空的 DATA_DIR。${dataDir} is not empty; a restore overwrites nothing. Choose an empty DATA_DIR.`);
}

async function built(folder: string, building: string, { files, faulty }: Manifest): Promise<void> {
  await mkdir(building);
  for (const { path, sha256 } of files) {
    if (!existsSync(join(folder, path))) throw new Error(`备份中缺少 ${path}。${path} is missing in the backup.`);
    if ((await copied(folder, building, path)).sha256 !== sha256) throw new Error(`备份中的 ${path} 已损坏。${path} in the backup is damaged.`);
  }
  const lost = lackingIn(building, files).find((needed) => !faulty.includes(needed));
  if (lost !== undefined) throw new Error(`备份中缺少佐证文件 ${lost}。The evidence ${lost} is missing in the backup.`);
  await foldersToDisk(building, files);
}

async function putInPlace(building: string, dataDir: string, { files }: Manifest): Promise<void> {
  const names = files.some(({ path }) => path.startsWith('evidence/')) ? ['evidence', 'ledger.db'] : ['ledger.db'];
  for (const name of names) {
    await rename(join(building, name), join(dataDir, name));
    await toDisk(dataDir);
  }
}
