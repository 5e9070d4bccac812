import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBackupFile } from '../../db/open.js';
import type { House } from '../context.js';

/** What a backup holds, each file with its hash; a restore believes nothing else. */
export interface Manifest {
  readonly madeAt: string;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/** A whole, checked copy in a new folder while others work: the database first, then every file that it names or that came since. Throws when `folder` exists. */
export async function backup(house: House, folder: string): Promise<Manifest> {
  if (existsSync(folder)) throw new Error(`${folder} 已存在,备份不会覆盖任何东西。${folder} exists; a backup overwrites nothing.`);
  const building = `${folder}.building`;
  await mkdir(building, { recursive: true });
  await house.db.backupTo(join(building, 'ledger.db'));
  const paths = ['ledger.db', ...(await copyFiles(house.files.directory, join(building, 'evidence')))];
  const files = [];
  for (const path of paths) files.push({ path, sha256: await hashOfFile(join(building, path)) });
  const manifest = { madeAt: house.clock.now(), files };
  await writeFile(join(building, 'manifest.json'), JSON.stringify(manifest, null, 1));
  await verifyBackup(building);
  await rename(building, folder);
  return manifest;
}

/** Checks a backup against its manifest and opens its database. Throws, naming the first thing that is wrong. */
export async function verifyBackup(folder: string): Promise<Manifest> {
  const manifest: Manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  for (const { path, sha256 } of manifest.files) {
    if ((await hashOfFile(join(folder, path))) !== sha256) throw new Error(`备份中的 ${path} 已损坏。${path} in the backup is damaged.`);
  }
  checkBackupFile(join(folder, 'ledger.db'));
  return manifest;
}

/** Evidence lies in folders by the first two digits of its hash; files are written once, so a copy is never half a file. */
async function copyFiles(from: string, to: string): Promise<readonly string[]> {
  if (!existsSync(from)) return [];
  const copied: string[] = [];
  for (const folder of (await readdir(from)).filter((name) => /^[0-9a-f]{2}$/u.test(name))) {
    await mkdir(join(to, folder), { recursive: true });
    for (const name of await readdir(join(from, folder))) {
      await copyFile(join(from, folder, name), join(to, folder, name));
      copied.push(`evidence/${folder}/${name}`);
    }
  }
  return copied;
}

async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) {
    const bytes: Buffer = chunk;
    hash.update(bytes);
  }
  return hash.digest('hex');
}
