import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { toDisk } from '../../db/durable.js';
import { checkBackupFile } from '../../db/open.js';

const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
const shape = Type.Object({
  madeAt: Type.String(),
  /** the database, and evidence in folders by the first two digits of its hash: no other path is ever followed. */
  files: Type.Array(Type.Object({ path: Type.String({ pattern: '^(?:ledger\\.db|evidence/[0-9a-f]{2}/[0-9a-f]{64})$' }), sha256 })),
  /** names of evidence that was missing or changed already when the backup was made. */
  faulty: Type.Array(sha256),
});

/** What a backup holds, each file with its hash; a restore believes nothing else. */
export type Manifest = Static<typeof shape>;
export type ManifestFile = Manifest['files'][number];

/** Reads the manifest of a backup. Throws, saying what is wrong, when there is none or it is not one. */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, 'manifest.json');
  const text = await readFile(file, 'utf8').catch(() => { throw new Error(`${folder} 不是备份：缺少 manifest.json。${folder} is not a backup: it has no manifest.json.`); });
  try {
    return Value.Parse(shape, JSON.parse(text));
  } catch (error) {
    throw new Error(`${file} 已损坏，不是备份清单。${file} is damaged: it is not the manifest of a backup.`, { cause: error });
  }
}

/** Copies one file, which reaches the disk. Answers with the path and hash of the copy. */
export async function copied(from: string, to: string, path: string): Promise<ManifestFile> {
  await mkdir(dirname(join(to, path)), { recursive: true });
  await copyFile(join(from, path), join(to, path));
  await toDisk(join(to, path));
  return { path, sha256: await hashOfFile(join(to, path)) };
}

/** Makes the names in the folders of `files` below `folder` reach the disk. */
export async function foldersToDisk(folder: string, files: readonly ManifestFile[]): Promise<void> {
  const folders = new Set(files.flatMap(({ path }) => (path.startsWith('evidence/') ? [dirname(path), 'evidence'] : [])));
  for (const each of folders) await toDisk(join(folder, each));
  await toDisk(folder);
}

/** Checks the database of a copy whole. Answers with the evidence that its rows need and that is not among `files` with the hash it is named by. Throws, naming what is wrong. */
export function lackingIn(folder: string, files: readonly ManifestFile[]): readonly string[] {
  const sound = new Set(files.filter(({ path, sha256 }) => path.endsWith(`/${sha256}`)).map((each) => each.sha256));
  return checkBackupFile(join(folder, 'ledger.db')).filter((needed) => !sound.has(needed));
}

export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) {
    const bytes: Buffer = chunk;
    hash.update(bytes);
  }
  return hash.digest('hex');
}
