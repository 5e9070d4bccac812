import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { storeOnDisk } from '../../src/evidence/store-on-disk.js';
import { syncsBesides } from '../support/syncs.js';

function dataFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zhenggai-evidence-'));
  onTestFinished(() => { rmSync(dir, { recursive: true, force: true }); });
  return dir;
}

test.skipIf(process.platform === 'win32')('a file is answered for only after its bytes, its name and its folders have reached the disk', async () => {
  const dir = dataFolder();
  const content = Buffer.from('现场照片');
  const sha256 = createHash('sha256').update(content).digest('hex');
  const place = join(dir, 'evidence', sha256.slice(0, 2), sha256);
  const synced = await syncsBesides(place);
  expect(await storeOnDisk(join(dir, 'evidence')).put(Readable.from([content]), 1000)).toMatchObject({ sha256, size: content.length });
  expect(synced(place)).toBe('before');
  for (const folder of [join(dir, 'evidence', sha256.slice(0, 2)), join(dir, 'evidence'), dir]) expect(synced(folder)).toBe('after');
});

test('a file that is too large leaves nothing behind', async () => {
  const dir = dataFolder();
  await expect(storeOnDisk(join(dir, 'evidence')).put(Readable.from([Buffer.alloc(2000)]), 1000)).rejects.toThrow('larger than allowed');
  expect(readdirSync(join(dir, 'evidence', 'incoming'))).toEqual([]);
  expect(existsSync(join(dir, 'evidence', '00'))).toBe(false);
});
