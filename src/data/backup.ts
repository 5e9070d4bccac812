import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { toDisk } from '../../db/durable.js';
import type { House } from '../context.js';
import { copied, foldersToDisk, hashOfFile, lackingIn, type Manifest } from './manifest.js';

/**
 * A whole, checked copy in a new folder while others work: the database first, then every file that it names or that came since. It gets
 * its name when all of it has reached the disk; one that was broken off never stands in the way. Evidence that is missing or changed
 * already is named in the manifest: the rest is kept all the same. Throws when `folder` exists.
 */
export async function backup(house: House, folder: string): Promise<Manifest> {
  const target = resolve(folder);
  if (existsSync(target)) throw new Error(`${folder} 已存在，备份不会覆盖任何东西。${folder} exists; a backup overwrites nothing.`);
  const building = `${target}.building-${randomUUID().slice(0, 8)}`;
  await mkdir(building, { recursive: true });
  try {
    const manifest = await built(house, building);
    await rename(building, target);
    await toDisk(dirname(target));
    return manifest;
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
}

async function built(house: House, building: string): Promise<Manifest> {
  const { dataDir } = house.config;
  await house.db.backupTo(join(building, 'ledger.db'));
  const files = [{ path: 'ledger.db', sha256: await hashOfFile(join(building, 'ledger.db')) }];
  for (const path of await evidenceIn(join(dataDir, 'evidence'))) files.push(await copied(dataDir, building, path));
  const manifest = { madeAt: house.clock.now(), files, faulty: [...lackingIn(building, files)] };
  await writeFile(join(building, 'manifest.json'), JSON.stringify(manifest, null, 1), { flush: true });
  await foldersToDisk(building, files);
  return manifest;
}

/** Paths of the evidence, from the data folder; files are written once, so a copy is never half a file. */
async function evidenceIn(directory: string): Promise<readonly string[]> {
  if (!existsSync(directory)) return [];
  const paths = (await readdir(directory, { recursive: true })).map((path) => path.replaceAll('\\', '/'));
  return paths.filter((path) => /^[0-9a-f]{2}\/[0-9a-f]{64}$/u.test(path)).sort().map((path) => `evidence/${path}`);
}
