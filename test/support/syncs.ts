import { existsSync, fstatSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { onTestFinished, vi } from 'vitest';

/** Listens to what is synced, and knows of each whether the file at `path` was in its place by then. The real sync runs. */
export async function syncsBesides(path: string): Promise<(synced: string) => 'never' | 'before' | 'after'> {
  const seen: { readonly inode: number; readonly inPlace: boolean }[] = [];
  const handle = await open(tmpdir(), 'r');
  const prototype = Object.getPrototypeOf(handle);
  await handle.close();
  const sync = prototype.sync;
  const spy = vi.spyOn(prototype, 'sync').mockImplementation(function (this: { readonly fd: number }) {
    seen.push({ inode: fstatSync(this.fd).ino, inPlace: existsSync(path) });
    return sync.call(this);
  });
  onTestFinished(() => { spy.mockRestore(); });
  return (synced) => {
    const found = seen.filter(({ inode }) => inode === statSync(synced).ino);
    if (found.length === 0) return 'never';
    return found.some(({ inPlace }) => inPlace) ? 'after' : 'before';
  };
}
