import { expect, test } from 'vitest';
import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { campaigns, sampleItems, samples, streamEvents } from '../../db/schema/index.js';
import { usualSwitches } from '../../workflows/rectification/1/blank.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { drawn } from '../../src/samples/draw.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, does, listed, photo, walked } from '../support/factories.js';

/** A campaign with six closed problems of the road bureau, one that is being rectified, and one closed outside the campaign. */
async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  await house.db.commit(changeset(insertRow(campaigns, { id: 1, name: '百日攻坚', hostOfficeId: 2, switches: JSON.stringify(usualSwitches) })));
  const filed = async (title: string): Promise<string> => (await listFindings(house, await cast.person('office'), [{ ...aFinding(cast, { title }), campaignId: 1 }], { commandKey: title }))[0] ?? '';
  const closed: string[] = [];
  for (const title of ['甲', '乙', '丙', '丁', '戊', '己']) {
    const number = await filed(`${title}问题`);
    await walked(house, cast, number);
    closed.push(number);
  }
  const open = await filed('正在整改的问题');
  await walked(house, cast, open, 'REPORT');
  const outside = await listed(house, cast, { title: '专项以外的问题' });
  await walked(house, cast, outside);
  const found = async (number: string) => { const loaded = await findingQueries(house.db.reader).byNumber(number); if (!loaded) throw new Error(number); return loaded; };
  return { house, cast, app: await testApp(house), closed, open, outside, filed, found };
}

const wish = { kind: 'LOOK_BACK', campaignId: '1', wanted: '3', seed: '20200511' } as const;

test('a sample is the first n of what is closed in the campaign, in the order of the seed; it stays when the ledger goes on, and says so', async () => {
  const { house, cast, app, closed, filed } = await aHouse();
  const inspector = await signedIn(app, 'inspector');
  await inspector.get('/samples');
  const response = await inspector.post('/samples', { ...wish, key: 'once' });
  expect([response.statusCode, response.headers.location]).toEqual([303, '/samples/1']);
  const items = await house.db.reader.select().from(sampleItems).orderBy(sampleItems.ordinal);
  expect(items.map(({ number }) => number)).toEqual(drawn(closed, '20200511', 3));
  expect((await inspector.get('/samples/1')).body).toContain('重算一致');

  // The same form once more is the same sample.
  expect((await inspector.post('/samples', { ...wish, key: 'once' })).headers.location).toBe('/samples/1');
  expect(await house.db.reader.$count(samples)).toBe(1);
  expect((await house.db.reader.select().from(streamEvents)).filter(({ type }) => type === 'SampleDrawn')).toHaveLength(1);

  await walked(house, cast, await filed('后来销号的问题'));
  const { body } = await inspector.get('/samples/1');
  expect(body).toContain('重算一致');
  expect(body).toContain('现有 7 件，多了 1 件，少了 0 件');
  for (const { number } of items) expect(body).toContain(`>${number}</a>`);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a seed that was not typed is made and told; a spot check draws from what is at work as well', async () => {
  const { house, app, closed, open } = await aHouse();
  const office = await signedIn(app, 'office');
  await office.get('/samples');
  await office.post('/samples', { kind: 'SPOT_CHECK', campaignId: '1', wanted: '500' });
  const [sample] = await house.db.reader.select().from(samples);
  expect(sample?.seed).toMatch(/^[0-9a-f]{16}$/u);
  expect(sample?.population.split('\n')).toEqual([...closed, open]);
  expect((await office.get('/samples/1')).body).toContain(`${sample?.seed ?? ''}（系统产生）`);
});

test('what is wrong with a draw is said at its field, and what was typed stays', async () => {
  const { house, app } = await aHouse();
  const office = await signedIn(app, 'office');
  await office.get('/samples');
  const wrong = await office.post('/samples', { ...wish, wanted: '0', campaignId: '99' });
  expect(wrong.statusCode).toBe(422);
  for (const text of ['href="#f-wanted"', 'href="#f-campaignId"', 'value="20200511"']) expect(wrong.body).toContain(text);
  const nothing = await office.post('/samples', { ...wish, leadUnitId: '7' });
  expect([nothing.statusCode, nothing.body.includes('没有可抽的问题')]).toEqual([422, true]);
  expect(await house.db.reader.$count(samples)).toBe(0);
});

test('who looks after the jurisdiction sees its samples; units, other counties and those who see no findings do not', async () => {
  const { app } = await aHouse();
  const office = await signedIn(app, 'office');
  await office.get('/samples');
  await office.post('/samples', wish);
  for (const username of ['inspector2', 'leader', 'office2']) expect((await (await signedIn(app, username)).get('/samples/1')).statusCode).toBe(200);
  const county = await signedIn(app, 'ganzhou-office');
  expect((await county.get('/samples/1')).statusCode).toBe(404);
  expect((await county.get('/samples/1/packet')).statusCode).toBe(404);
  expect((await county.get('/samples')).body).not.toContain('/samples/1"');
  for (const username of ['transport', 'admin', 'auditor']) expect((await (await signedIn(app, username)).get('/samples/1')).statusCode).toBe(403);
  const leader = await signedIn(app, 'leader');
  await leader.get('/samples');
  expect((await leader.post('/samples', wish)).statusCode).toBe(403);
  expect((await office.get('/samples/1/record')).statusCode).toBe(403);
  expect((await office.get('/samples/7')).statusCode).toBe(404);
});

test('results are recorded together, sound ones too; done is what the findings\' own events say since the draw', async () => {
  const { house, cast, app, closed, outside, found } = await aHouse();
  const [first = '', second = '', third = ''] = drawn(closed, '20200511', 3);
  // Looked back on before it was drawn: that answers nothing.
  await does(house, cast, 'inspector3', first, 'LOOK_BACK', { method: 'phone', companions: ['同行甲'], result: 'sound', note: '抽样以前看过。' });
  const inspector = await signedIn(app, 'inspector3');
  await inspector.get('/samples');
  await inspector.post('/samples', wish);
  expect((await inspector.get('/samples')).body).toContain('已查 0/3');
  expect((await inspector.get('/samples/1/packet')).body).toContain('反弹或不实');
  const sheet = (await inspector.get('/samples/1/record')).body;
  expect([first, second, third].every((number) => sheet.includes(`id="row-${number}"`))).toBe(true);
  const form = { n: [first, second, third, outside], method: 'onSite', companions: '同行甲', key: 'visit', [`result.${first}`]: 'sound', [`note.${first}`]: '成果稳固。', [`result.${second}`]: 'unsound', [`note.${second}`]: '台账停更两个月。', [`result.${outside}`]: 'sound', [`note.${outside}`]: '没有抽到的。' };
  const response = await inspector.post('/samples/1/record', form);
  expect(response.statusCode).toBe(422);
  expect(response.body).toContain('没有抽到的。');
  await inspector.post('/samples/1/record', form);
  const looked = async (number: string) => (await findingQueries(house.db.reader).events((await found(number)).row.id, null, 50)).filter(({ type }) => type === 'LOOK_BACK').length;
  expect([await looked(first), await looked(second), await looked(third), await looked(outside)]).toEqual([2, 1, 0, 0]);
  expect((await inspector.get('/samples')).body).toContain('已查 2/3');
  const page = (await inspector.get('/samples/1')).body;
  expect(page).toContain(`/findings/${second}/reopening-proposal`);
  expect(page).not.toContain(`/findings/${first}/reopening-proposal`);
  const left = (await inspector.get('/samples/1?show=left')).body;
  expect([left.includes(`>${third}</a>`), left.includes(`>${first}</a>`)]).toEqual([true, false]);
  expect((await (await signedIn(app, 'office')).get('/samples/1')).body).not.toContain('reopening-proposal');
});

test('from an unsound look-back to cycle two: proposed by the inspector, decided by the office, put right and closed again; the first closure stays on record', async () => {
  const { house, cast, app, closed, found } = await aHouse();
  const [number = ''] = drawn(closed, '20200511', 1);
  const inspector = await signedIn(app, 'inspector3');
  await inspector.get('/samples');
  await inspector.post('/samples', { ...wish, wanted: '1' });
  await inspector.get('/samples/1/record');
  expect((await inspector.post('/samples/1/record', { n: number, method: 'onSite', companions: '同行甲', [`result.${number}`]: 'unsound', [`note.${number}`]: '台账停更两个月。' })).statusCode).toBe(303);
  await does(house, cast, 'inspector3', number, 'PROPOSE_REOPENING', { reason: '回头看发现台账停更，问题反弹。' }, { files: [await photo(house, '停更的台账')] });
  await expect(does(house, cast, 'inspector3', number, 'REOPEN', { reason: '我自己决定重新挂号。', deadline: '2020-07-31' })).rejects.toThrow('notYourPost');
  await does(house, cast, 'office', number, 'REOPEN', { reason: '同意重新挂号，限期整改。', deadline: '2020-07-31' });
  expect([(await found(number)).row.stage, (await found(number)).row.cycle]).toEqual(['rectifying', 2]);
  await walkedAgain(house, cast, number);
  const events = await findingQueries(house.db.reader).events((await found(number)).row.id, null, 100);
  expect([(await found(number)).row.stage, (await found(number)).row.cycle, events.filter(({ type }) => type === 'CLOSE').length]).toEqual(['closed', 2, 2]);
  expect((await inspector.get('/samples/1')).body).toContain('台账停更两个月。');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

async function walkedAgain(house: Awaited<ReturnType<typeof testHouse>>, cast: Awaited<ReturnType<typeof withCast>>, number: string): Promise<void> {
  const measures = [{ text: '恢复更新台账', ownerUnitId: 3, owner: '经办甲', dueOn: '2020-06-10', deliverable: '台账' }];
  await does(house, cast, 'transport', number, 'SUBMIT_PLAN', { measures });
  await does(house, cast, 'transport-head', number, 'SIGN_PLAN');
  await does(house, cast, 'office', number, 'APPROVE_PLAN');
  await does(house, cast, 'transport', number, 'REPORT', { text: '已恢复更新', progress: [{ id: 1, percent: 100 }] });
  await does(house, cast, 'transport', number, 'CLAIM', { text: '台账已恢复按月更新。', checklist: { measuresDone: true, standardMet: true, effectLasting: true, rulesMade: true, evidenceComplete: true } }, { files: [await photo(house, '恢复后的台账')] });
  await does(house, cast, 'transport-head', number, 'SIGN_CLAIM');
  await does(house, cast, 'office', number, 'ASSIGN_VERIFICATION', { verifierIds: [8] });
  await does(house, cast, 'inspector2', number, 'PASS', { method: 'onSite', companions: ['核查甲'], note: '已恢复更新。' });
  await does(house, cast, 'office', number, 'CLOSE', { outcome: 'rectified', decisionNumber: '张整〔2020〕2号' });
}

test('verify finds a sample that was changed by hand: another seed, another row, one that nobody drew', async () => {
  const { house, app, closed, outside, found } = await aHouse();
  const office = await signedIn(app, 'office');
  await office.get('/samples');
  await office.post('/samples', wish);
  const [first = ''] = drawn(closed, '20200511', 3);
  await house.db.commit(changeset(updateRow(samples, { seed: '20200512' }, { id: 1 }, 'forged')));
  expect((await verifyLedger(house)).faults).toContainEqual({ where: 'sample 1', what: 'sample', detail: 'seed' });
  await house.db.commit(changeset(updateRow(samples, { seed: '20200511' }, { id: 1 }, 'mended'), updateRow(sampleItems, { number: outside, findingId: (await found(outside)).row.id }, { number: first }, 'forged')));
  expect((await verifyLedger(house)).faults).toEqual([{ where: 'sample 1', what: 'sample', detail: 'sample_items' }]);
  expect((await office.get('/samples/1')).body).toContain('重算不一致');
});
