import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { peopleLists } from '../../db/schema/index.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';

const row = { row: 2, name: '经办某', unit: '张掖市', posts: '系统管理员', username: 'king', phone: '', fromOn: '', untilOn: '' };

test('a file that says of itself that it is a list of the administrator opens to nobody: whose a list is stands in the ledger', async () => {
  const house = await testHouse();
  await withCast(house);
  const forged = JSON.stringify({ kind: 'people list', by: 1, name: '名单.xlsx', list: { sheet: '', headerRow: 1, ignored: [], rows: [row] } });
  const { sha256 } = await house.files.put(Readable.from([Buffer.from(forged)]), 1_000_000);
  const admin = await signedIn(await testApp(house), 'admin');
  for (const address of [`/people/lists/${sha256}`, `/people/lists/added/${sha256}`]) expect((await admin.get(address)).statusCode).toBe(404);
});

test('a list is gone with its confirmation, telephones and all; one that nobody confirms is the sender’s alone', async () => {
  const house = await testHouse();
  await withCast(house);
  const app = await testApp(house);
  const admin = await signedIn(app, 'admin');
  await admin.get('/people/lists');
  const sent = await admin.send('/people/lists', [['text', '姓名\t单位\t岗位\t电话\n经办某\t市水务局\t承办人\t13900001111']], []);
  const address = String(sent.headers['location']);
  const page = (await admin.get(address)).body;
  const digest = /name="digest" value="([^"]*)"/u.exec(page)?.[1] ?? '';
  const kinds = async () => (await house.db.reader.select({ kind: peopleLists.kind }).from(peopleLists)).map(({ kind }) => kind);
  expect([await kinds(), (await (await signedIn(app, 'office')).get(address)).statusCode]).toEqual([['people list'], 403]);
  expect((await admin.post(`${address}/confirmation`, { digest, key: 'one' })).statusCode).toBe(303);
  expect([await kinds(), (await admin.get(address)).statusCode]).toEqual([['people added'], 404]);
});
