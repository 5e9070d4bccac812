import { eq } from 'drizzle-orm';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evidence } from '../../db/schema/index.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { claim, does, listed, photo, plan, verdict, walked } from '../support/factories.js';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const ticks = ['measuresDone', 'standardMet', 'effectLasting', 'rulesMade', 'evidenceComplete'].map((each) => ['checklist', each] as const);

/** A finding of the road bureau about to be claimed. */
async function readyToClaim() {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await walked(house, cast, number, 'CLAIM');
  const app = await testApp(house);
  return { house, cast, number, app, transport: await signedIn(app, 'transport') };
}

function storedFiles(dataDir: string): number {
  const directory = join(dataDir, 'evidence');
  return existsSync(directory) ? readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length : 0;
}

test('a photo comes with the claim, is served as a download to who may see the finding, and to nobody else', async () => {
  const { house, number, app, transport } = await readyToClaim();
  await transport.get(`/findings/${number}/claim`);
  expect((await transport.send(`/findings/${number}/claim`, [['text', claim.text], ...ticks], [['files', '现场“照片”.png', png]])).statusCode).toBe(303);
  const [file] = await house.db.reader.select().from(evidence);
  expect(file).toMatchObject({ kind: 'photo', phase: 'after', name: '现场“照片”.png', mediaType: 'image/png', size: png.length });
  const url = `/findings/${number}/evidence/${file?.id ?? ''}`;
  const served = await transport.get(url);
  expect([served.statusCode, served.headers['content-type'], served.headers['x-content-type-options'], served.rawPayload.equals(png)]).toEqual([200, 'image/png', 'nosniff', true]);
  expect(served.headers['content-disposition']).toMatch(/^attachment; filename="evidence"; filename\*=UTF-8''/u);
  expect((await (await signedIn(app, 'office')).get(url)).statusCode).toBe(200);
  for (const username of ['water', 'ganzhou', 'ganzhou-office', 'gaotai', 'admin', 'auditor']) expect([username, (await (await signedIn(app, username)).get(url)).statusCode]).toEqual([username, 404]);
  expect((await app.inject({ url })).statusCode).toBe(303);
});

test('a file of one finding is not to be had under the number of another', async () => {
  const { house, cast, number, transport } = await readyToClaim();
  await transport.get(`/findings/${number}/claim`);
  await transport.send(`/findings/${number}/claim`, [['text', claim.text], ...ticks], [['files', 'a.png', png]]);
  const other = await listed(house, cast);
  await walked(house, cast, other, 'ACCEPT');
  const [file] = await house.db.reader.select().from(evidence);
  expect((await transport.get(`/findings/${other}/evidence/${file?.id ?? ''}`)).statusCode).toBe(404);
  await expect(does(house, cast, 'transport', other, 'ATTACH', { evidence: [file?.id ?? ''] })).rejects.toThrow();
});

test('a file that may not be evidence is named, and text and good files are kept for the next try', async () => {
  const { house, number, transport } = await readyToClaim();
  await transport.get(`/findings/${number}/claim`);
  const refused = await transport.send(`/findings/${number}/claim`, [['text', claim.text], ...ticks], [['files', '好照片.png', png], ['files', '程序.exe', Buffer.from('MZ\u0090\0\u0003')], ['files', '空.txt', Buffer.alloc(0)]]);
  expect(refused.statusCode).toBe(422);
  for (const sentence of ['不收 程序.exe', '空.txt 是空文件', claim.text, '好照片.png']) expect(refused.body).toContain(sentence);
  expect(await house.db.reader.select().from(evidence)).toEqual([]);
  const kept = /name="kept" value="([^"]+)"/u.exec(refused.body)?.[1] ?? '';
  expect((await transport.send(`/findings/${number}/claim`, [['text', claim.text], ['kept', kept], ...ticks], [])).statusCode).toBe(303);
  expect((await house.db.reader.select().from(evidence)).map((file) => [file.id, file.name])).toEqual([[kept, '好照片.png']]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('nobody takes what waits for another form, person or finding', async () => {
  const { number, app, transport } = await readyToClaim();
  await transport.get(`/findings/${number}/claim`);
  const refused = await transport.send(`/findings/${number}/claim`, [['text', '太短'], ...ticks], [['files', 'a.png', png]]);
  const kept = /name="kept" value="([^"]+)"/u.exec(refused.body)?.[1] ?? '';
  expect(kept).not.toBe('');
  const head = await signedIn(app, 'transport-head');
  await head.get(`/findings/${number}/evidence`);
  expect((await head.send(`/findings/${number}/evidence`, [['kept', kept]], [])).statusCode).toBe(422);
  await transport.get(`/findings/${number}/evidence`);
  expect((await transport.send(`/findings/${number}/evidence`, [['kept', kept]], [])).statusCode).toBe(422);
});

test('files of somebody who may not do it at all are not taken in', async () => {
  const { house, number, app } = await readyToClaim();
  const before = storedFiles(house.config.dataDir);
  const office = await signedIn(app, 'office');
  await office.get('/account');
  const answer = await office.send(`/findings/${number}/claim`, [['text', claim.text], ...ticks], [['files', 'a.png', Buffer.concat([png, Buffer.from('other')])]]);
  expect(answer.statusCode).toBe(403);
  expect(storedFiles(house.config.dataDir)).toBe(before);
});

test('a file over the limit is named with the limit, and the form comes back', async () => {
  const { house, number } = await readyToClaim();
  const small = await testApp({ ...house, config: { ...house.config, uploadLimit: 1024 * 1024 } });
  const transport = await signedIn(small, 'transport');
  await transport.get(`/findings/${number}/claim`);
  const answer = await transport.send(`/findings/${number}/claim`, [['text', claim.text], ...ticks], [['files', '大图.png', Buffer.concat([png, Buffer.alloc(2 * 1024 * 1024)])], ['files', '好照片.png', png]]);
  expect([answer.statusCode, answer.body.includes('大图.png 超过 1 MB'), answer.body.includes(claim.text)]).toEqual([422, true, true]);
  expect(readdirSync(join(house.config.dataDir, 'evidence', 'incoming'))).toEqual([]);
});

test('evidence of before and during is no evidence that it is put right', async () => {
  const { house, cast, number, transport } = await readyToClaim();
  await transport.get(`/findings/${number}/evidence`);
  await transport.send(`/findings/${number}/evidence`, [['phase', 'before']], [['files', '整改前.png', png]]);
  const [file] = await house.db.reader.select().from(evidence).where(eq(evidence.name, '整改前.png'));
  expect(file?.phase).toBe('before');
  await expect(does(house, cast, 'transport', number, 'CLAIM', { ...claim, evidence: [file?.id ?? ''] })).rejects.toMatchObject({ because: 'input', refusals: expect.arrayContaining([expect.objectContaining({ rule: 'evidence.notAfter' })]) });
});

test('a claim shows what those who put it right brought in this cycle: not the photo of the first, nor the one that proved the contrary', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await walked(house, cast, number);
  await does(house, cast, 'inspector3', number, 'PROPOSE_REOPENING', { reason: '回头看发现问题反弹,建议重新挂号。' }, { files: [await photo(house, '反弹')] });
  await does(house, cast, 'office', number, 'REOPEN', { reason: '同意重新挂号,限期整改到位。', deadline: '2020-06-20' });
  await does(house, cast, 'transport', number, 'SUBMIT_PLAN', plan);
  await does(house, cast, 'transport-head', number, 'SIGN_PLAN');
  await does(house, cast, 'office', number, 'APPROVE_PLAN');
  await does(house, cast, 'transport', number, 'REPORT', { text: '已再次办结', progress: [{ id: 1, percent: 100 }] });
  const old = await house.db.reader.select().from(evidence).where(eq(evidence.phase, 'after'));
  expect(old).toHaveLength(2);
  for (const { id } of old) await expect(does(house, cast, 'transport', number, 'CLAIM', { ...claim, evidence: [id] })).rejects.toMatchObject({ because: 'input', refusals: [{ rule: 'evidence.notShown' }] });
  // A document of the unit is no signed paper.
  await does(house, cast, 'transport', number, 'ATTACH', { phase: 'after' }, { files: [{ ...(await photo(house, '第二轮')), kind: 'scan', name: '批复.pdf' }] });
  const news = (await house.db.reader.select().from(evidence)).filter(({ id }) => !old.some((each) => each.id === id));
  await does(house, cast, 'transport', number, 'CLAIM', { ...claim, evidence: news.map(({ id }) => id) });
});

test('what came with a verdict is not called the unit’s', async () => {
  const { house, cast, number, transport } = await readyToClaim();
  const called = async (name: string) => ({ files: [{ ...(await photo(house, name)), name }] });
  await does(house, cast, 'transport', number, 'CLAIM', claim, await called('整改后照片.jpg'));
  await does(house, cast, 'transport-head', number, 'SIGN_CLAIM');
  await does(house, cast, 'office', number, 'ASSIGN_VERIFICATION', { verifierIds: [7] });
  await does(house, cast, 'inspector', number, 'PASS', verdict, await called('核查照片.jpg'));
  const { body } = await transport.get(`/findings/${number}`);
  expect([/整改后照片\.jpg<\/a><br><span class="quiet">整改后 · /u.test(body), /核查照片\.jpg<\/a><br><span class="quiet">核查材料 · /u.test(body)]).toEqual([true, true]);
});
