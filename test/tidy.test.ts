import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batches, commandKeys, sessions } from '../db/schema/index.js';
import { beginBatch } from '../src/batches/begin.js';
import { workBatches } from '../src/batches/worker.js';
import { tidy } from '../src/tidy.js';
import { eventOf } from '../workflows/registry.js';
import { signedIn, testApp, testHouse } from './support/app.js';
import { withCast } from './support/cast.js';
import { listed, photo, walked } from './support/factories.js';

test('what nobody can use any more goes: sessions, keys of old forms, files that never became evidence', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  await walked(house, cast, await listed(house, cast));
  await signedIn(await testApp(house), 'office');
  const [named, unnamed, fresh] = [await photo(house), await photo(house, '没有提交的照片'), await photo(house, '刚上传的照片')];
  const fileOf = (sha256: string): string => join(house.config.dataDir, 'evidence', sha256.slice(0, 2), sha256);
  for (const { sha256 } of [named, unnamed]) utimesSync(fileOf(sha256), new Date('2020-04-01'), new Date('2020-04-01'));
  expect(await tidy(house)).toEqual({ sessions: 0, keys: 0, drafts: 0, files: 1 });
  expect([named, unnamed, fresh].map(({ sha256 }) => existsSync(fileOf(sha256)))).toEqual([true, false, true]);
  house.clock.set('2020-06-30T04:00:00.000Z');
  const gone = await tidy(house);
  expect([gone.sessions > 0, gone.keys > 0]).toEqual([true, true]);
  expect([...(await house.db.reader.select().from(sessions)), ...(await house.db.reader.select().from(commandKeys))]).toEqual([]);
});

test('files that wait with a batch stay until it is done or nobody has confirmed it for a month', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const waiting = await photo(house, '随批次等待的材料');
  const path = join(house.config.dataDir, 'evidence', waiting.sha256.slice(0, 2), waiting.sha256);
  utimesSync(path, new Date('2020-04-01'), new Date('2020-04-01'));
  await listed(house, cast);
  const id = await beginBatch(house, await cast.person('office'), eventOf('ASSIGN'), { stage: 'listed' }, { body: {}, files: [waiting], scan: null }, 'k');
  await workBatches(house);
  expect([(await tidy(house)).files, existsSync(path)]).toEqual([0, true]);
  house.clock.set('2020-06-30T04:00:00.000Z');
  await tidy(house);
  await tidy(house);
  expect([existsSync(path), (await house.db.reader.select().from(batches)).map(({ id: each, state }) => [each, state])]).toEqual([false, [[id, 'dropped']]]);
});
