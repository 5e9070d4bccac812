import { randomUUID } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { evidence } from '../../db/schema/index.js';
import { readConfig } from '../../src/config.js';
import type { House } from '../../src/context.js';
import { backup } from '../../src/data/backup.js';
import { readManifest } from '../../src/data/manifest.js';
import { restore } from '../../src/data/restore.js';
import type { NewEvidence } from '../../src/findings/commands/act.js';
import { openHouse } from '../../src/house.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { testHouse } from '../support/app.js';
import { withCast, type Cast } from '../support/cast.js';
import { claim, does, listed, walked } from '../support/factories.js';
import { syncsBesides } from '../support/syncs.js';

/** The road bureau claims with a photo; folders for the backup `b` and the restored ledger `r`. */
async function ledgerWithEvidence() {
  const house = await testHouse();
  const cast = await withCast(house);
  const sha256 = await claimedWithPhoto(house, cast, '现场照片一');
  const dir = mkdtempSync(join(tmpdir(), 'zhenggai-backup-'));
  onTestFinished(() => { rmSync(dir, { recursive: true, force: true }); });
  return { house, cast, sha256, to: join(dir, 'b'), into: join(dir, 'r'), dir };
}

async function claimedWithPhoto(house: House, cast: Cast, content: string): Promise<string> {
  const number = await listed(house, cast);
  await walked(house, cast, number, 'CLAIM');
  const { sha256, size } = await house.files.put(Readable.from([Buffer.from(content)]), 1000);
  const photo: NewEvidence = { id: randomUUID(), kind: 'photo', name: '照片.txt', mediaType: 'text/plain', size, sha256 };
  await does(house, cast, 'transport', number, 'CLAIM', claim, { files: [photo] });
  return sha256;
}

/** Opens the ledger in a folder as a start does, and checks it against itself. */
async function verified(dataDir: string) {
  const house = await openHouse(readConfig({}, { DATA_DIR: dataDir, LOG_LEVEL: 'silent' }), pino({ level: 'silent' }));
  const report = await verifyLedger(house);
  const named = (await house.db.reader.select({ sha256: evidence.sha256 }).from(evidence)).map((row) => row.sha256);
  await house.db.close();
  return { report, named };
}

function evidencePath(sha256: string): string {
  return join('evidence', sha256.slice(0, 2), sha256);
}

test('a restored ledger is opened, verified, and has its evidence', async () => {
  const { house, sha256, to, into } = await ledgerWithEvidence();
  await backup(house, to);
  await restore(to, into);
  expect(readdirSync(into).sort()).toEqual(['evidence', 'ledger.db']);
  expect(readFileSync(join(into, evidencePath(sha256)), 'utf8')).toBe('现场照片一');
  const { report, named } = await verified(into);
  expect(report).toMatchObject({ findings: 1, files: 1, faults: [] });
  expect(named).toEqual([sha256]);
});

test('a backup made while others list and claim is whole, and overwrites nothing', async () => {
  const { house, cast, to, into } = await ledgerWithEvidence();
  const working = Promise.all([1, 2, 3, 4].map((each) => claimedWithPhoto(house, cast, `照片 ${each}`)));
  const manifest = await backup(house, to);
  await working;
  expect(manifest.faulty).toEqual([]);
  await restore(to, into);
  expect((await verified(into)).report.faults).toEqual([]);
  await expect(backup(house, to)).rejects.toThrow('exists');
  await expect(restore(to, into)).rejects.toThrow('not empty');
});

test.skipIf(process.platform === 'win32')('a backup is done only after every file and folder of it has reached the disk', async () => {
  const { house, sha256, to, dir } = await ledgerWithEvidence();
  const synced = await syncsBesides(to);
  await backup(house, to);
  for (const path of [evidencePath(sha256), join(evidencePath(sha256), '..'), 'evidence', '.']) expect(synced(join(to, path)), path).toBe('before');
  expect(synced(dir)).toBe('after');
});

test('a backup that was killed does not stand in the way of the next', async () => {
  const { house, to, into } = await ledgerWithEvidence();
  mkdirSync(`${to}.building`);
  writeFileSync(join(`${to}.building`, 'ledger.db'), 'half');
  await backup(house, to);
  await restore(to, into);
  expect((await verified(into)).report.faults).toEqual([]);
});

test('a backup that fails leaves nothing behind', async () => {
  const { house, to, dir } = await ledgerWithEvidence();
  await expect(backup({ ...house, db: { ...house.db, backupTo: () => Promise.reject(new Error('disk full')) } }, to)).rejects.toThrow('disk full');
  expect(readdirSync(dir)).toEqual([]);
});

test('a restore killed half way can be repeated, into an empty folder that is there already too', async () => {
  const { house, to, into } = await ledgerWithEvidence();
  await backup(house, to);
  mkdirSync(join(into, '.restoring'), { recursive: true });
  writeFileSync(join(into, '.restoring', 'ledger.db'), 'half');
  cpSync(join(to, 'evidence'), join(into, 'evidence'), { recursive: true });
  await restore(to, into);
  expect(readdirSync(into).sort()).toEqual(['evidence', 'ledger.db']);
  expect((await verified(into)).report.faults).toEqual([]);
});

test('what a killed restore left is never cleared beside a ledger', async () => {
  const { house, to, into } = await ledgerWithEvidence();
  await backup(house, to);
  mkdirSync(join(into, '.restoring'), { recursive: true });
  writeFileSync(join(into, 'ledger.db'), 'somebody works here');
  await expect(restore(to, into)).rejects.toThrow('not empty');
  expect(readdirSync(into).sort()).toEqual(['.restoring', 'ledger.db']);
});

test('a restore believes nothing but the manifest', async () => {
  const { house, to, into } = await ledgerWithEvidence();
  await backup(house, to);
  writeFileSync(join(to, 'ledger.db-wal'), 'a stray log');
  writeFileSync(join(to, 'evidence', 'stray'), 'a stray file');
  await restore(to, into);
  expect(readdirSync(into).sort()).toEqual(['evidence', 'ledger.db']);
  expect(readdirSync(join(into, 'evidence'))).not.toContain('stray');
});

test.each([
  ['without evidence that a row names', (to: string, sha256: string) => { rewrite(to, (files) => files.filter(({ path }) => !path.endsWith(sha256))); }, 'is missing in the backup'],
  ['without a file of its manifest', (to: string, sha256: string) => { rmSync(join(to, evidencePath(sha256))); }, 'is missing in the backup'],
  ['with a changed file', (to: string, sha256: string) => { appendFileSync(join(to, evidencePath(sha256)), '!'); }, 'is damaged'],
  ['with a changed file and a manifest made to fit', (to: string, sha256: string) => { rewrite(to, (files) => files.map((file) => (file.path.endsWith(sha256) ? { ...file, sha256: 'a'.repeat(64) } : file))); }, 'is damaged'],
  ['with a path that leads out of it', (to: string) => { rewrite(to, (files) => [...files, { path: '../../etc/passwd', sha256: 'a'.repeat(64) }]); }, 'is not the manifest'],
  ['with a manifest that is no JSON', (to: string) => { writeFileSync(join(to, 'manifest.json'), '{'); }, 'is not the manifest'],
  ['without a manifest', (to: string) => { rmSync(join(to, 'manifest.json')); }, 'is not a backup'],
])('a backup %s is refused, and nothing is left', async (_, spoil, message) => {
  const { house, sha256, to, into } = await ledgerWithEvidence();
  await backup(house, to);
  spoil(to, sha256);
  await expect(restore(to, into)).rejects.toThrow(message);
  expect(existsSync(into) ? readdirSync(into) : []).toEqual([]);
});

function rewrite(to: string, change: (files: readonly { readonly path: string; readonly sha256: string }[]) => unknown): void {
  const file = join(to, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...manifest, files: change(manifest.files) }));
}

test('evidence that is lost already is named, and the rest is backed up and restored', async () => {
  const { house, cast, sha256, to, into } = await ledgerWithEvidence();
  const other = await claimedWithPhoto(house, cast, '现场照片二');
  rmSync(join(house.config.dataDir, evidencePath(sha256)));
  expect((await backup(house, to)).faulty).toEqual([sha256]);
  expect((await readManifest(to)).files.map(({ path }) => path)).toContain(evidencePath(other));
  await restore(to, into);
  expect((await verified(into)).report.faults).toEqual([{ where: sha256.slice(0, 12), what: 'fileMissing', detail: '' }]);
});
