import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toDisk } from '../../db/durable.js';
import { TooLargeError } from '../errors.js';
import type { EvidenceStore, StoredFile } from './store.js';

/** Files below `directory`, each under its SHA-256: written beside, synced, renamed, its folders synced, so a file is there whole or not at all, and for good once it was answered for. */
export function storeOnDisk(directory: string): EvidenceStore {
  // Hashes that are just being put in place: a clean-up keeps its hands off them.
  const arriving = new Set<string>();
  return Object.freeze({
    directory,
    put: (content: Readable, limit: number) => put(directory, arriving, content, limit),
    open: (sha256: string) => opened(directory, sha256),
    hashOf: (sha256: string) => hashOfStored(directory, sha256),
    dropUnnamed: (before: string, namedAmong: (hashes: readonly string[]) => Promise<ReadonlySet<string>>) => dropUnnamed(directory, arriving, before, namedAmong),
  });
}

async function put(directory: string, arriving: Set<string>, content: Readable, limit: number): Promise<StoredFile> {
  const incoming = join(directory, 'incoming');
  await mkdir(incoming, { recursive: true });
  const temporary = join(incoming, randomUUID());
  try {
    const { sha256, size } = await received(content, temporary, limit);
    const mediaType = await mediaTypeOf(temporary);
    arriving.add(sha256);
    await putInPlace(directory, temporary, sha256).finally(() => arriving.delete(sha256));
    return { sha256, size, mediaType };
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** By content, never by name. What tells kinds apart is thirty files, read with the first file that comes in and not at every start. */
async function mediaTypeOf(file: string): Promise<string> {
  const { fileTypeFromFile } = await import('file-type');
  return (await fileTypeFromFile(file))?.mime ?? 'application/octet-stream';
}

/** The name, the folder that holds it and that folder's own name: each is lost in a power cut until the folder above it is synced. */
async function putInPlace(directory: string, temporary: string, sha256: string): Promise<void> {
  const folder = join(directory, sha256.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await rename(temporary, pathOf(directory, sha256));
  for (const each of [folder, directory, dirname(directory)]) await toDisk(each);
}

async function received(content: Readable, file: string, limit: number): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      size += chunk.length;
      hash.update(chunk);
      if (size > limit) next(new TooLargeError('the file is larger than allowed', { limit: Math.floor(limit / 1024 / 1024) }));
      else next(null, chunk);
    },
  });
  await pipeline(content, measure, createWriteStream(file, { flags: 'wx' }));
  await toDisk(file);
  return { sha256: hash.digest('hex'), size };
}

async function dropUnnamed(directory: string, arriving: ReadonlySet<string>, before: string, namedAmong: (hashes: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number> {
  let dropped = 0;
  for (const folder of await readdir(directory).catch(() => [])) {
    const isOld = (name: string): boolean => (statSync(join(directory, folder, name), { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < Date.parse(before);
    const old = (await readdir(join(directory, folder)).catch(() => [])).filter(isOld);
    const named = folder === 'incoming' || old.length === 0 ? new Set<string>() : await namedAmong(old);
    for (const name of old) {
      // Looked at and deleted in one breath: the same file may be coming in again.
      if (named.has(name) || arriving.has(name) || !isOld(name)) continue;
      rmSync(join(directory, folder, name), { force: true });
      dropped += 1;
    }
  }
  return dropped;
}

async function opened(directory: string, sha256: string): Promise<Readable> {
  const file = pathOf(directory, sha256);
  await stat(file);
  return createReadStream(file);
}

async function hashOfStored(directory: string, sha256: string): Promise<{ sha256: string; size: number } | null> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of createReadStream(pathOf(directory, sha256))) {
      const bytes: Buffer = chunk;
      size += bytes.length;
      hash.update(bytes);
    }
  } catch {
    return null;
  }
  return { sha256: hash.digest('hex'), size };
}

function pathOf(directory: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/u.test(sha256)) throw new Error('A stored file is named by its SHA-256.');
  return join(directory, sha256.slice(0, 2), sha256);
}
