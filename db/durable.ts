import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';

/** NTFS keeps names safe by itself and opens no folder; a file is synced there only through a handle that may write. */
const isWindows = process.platform === 'win32';

/**
 * Waits until a file's bytes, or a folder's names, have reached the disk. A file that was written beside and renamed is there after a
 * power cut only when its folder was synced too. Throws what the disk says.
 */
export async function toDisk(path: string): Promise<void> {
  if (isWindows && (await stat(path)).isDirectory()) return;
  const handle = await open(path, isWindows ? 'r+' : 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The same where nothing else may run in between: at start, and in the writer's thread. */
export function toDiskNow(path: string): void {
  if (isWindows && statSync(path).isDirectory()) return;
  const descriptor = openSync(path, isWindows ? 'r+' : 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
