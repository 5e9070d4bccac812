import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { findings, handovers, people, posts, streamEvents, waiting } from '../../db/schema/index.js';
import type { House } from '../../src/context.js';
import { movePosts } from '../../src/handover/move-posts.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { everything } from '../../src/people/scope.js';
import { signedIn, testApp, testHouse, type Agent } from '../support/app.js';
import { withCast, type Cast } from '../support/cast.js';
import { assignment, claim, does, listed, photo, walked } from '../support/factories.js';

const verification = (house: House, number: string) => house.db.reader.select({ personId: waiting.personId, dueOn: waiting.dueOn }).from(waiting).innerJoin(findings, eq(findings.id, waiting.findingId)).where(eq(findings.number, number));

/** Findings that wait for 核查甲 (7), one for each list of verifiers. */
async function waitingFor(house: House, cast: Cast, ...assigned: readonly Readonly<Record<string, unknown>>[]): Promise<readonly string[]> {
  const numbers: string[] = [];
  for (const [index, data] of assigned.entries()) {
    const number = await listed(house, cast, { title: `村组道路 ${index + 1}` });
    await walked(house, cast, number, 'ASSIGN_VERIFICATION');
    await does(house, cast, 'office', number, 'ASSIGN_VERIFICATION', data);
    numbers.push(number);
  }
  return numbers;
}

/** One that the water bureau has put right and 核查甲 is to verify. */
async function ofTheWaterBureau(house: House, cast: Cast): Promise<string> {
  await house.db.commit(changeset(insertRow(posts, { id: 71, personId: 13, role: 'head', unitId: 7 })));
  const number = await listed(house, cast, { title: '饮水工程管护责任未到人' });
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, leadUnitId: 7, rectificationType: 'immediate' });
  await does(house, cast, 'water', number, 'ACCEPT');
  await does(house, cast, 'water', number, 'REPORT', { text: '已明确管护责任人。' });
  await does(house, cast, 'water', number, 'CLAIM', claim, { files: [await photo(house)] });
  await does(house, cast, 'gaotai', number, 'SIGN_CLAIM');
  await does(house, cast, 'office', number, 'ASSIGN_VERIFICATION', { verifierIds: [7] });
  return number;
}

async function aHandover(...assigned: readonly Readonly<Record<string, unknown>>[]) {
  const house = await testHouse();
  const cast = await withCast(house);
  const numbers = await waitingFor(house, cast, ...assigned);
  const app = await testApp(house);
  return { house, cast, app, numbers, agent: await signedIn(app, 'office') };
}

/** What the previewed form would send. */
async function previewed(agent: Agent, query: string) {
  const { body } = await agent.get(`/handover?${query}`);
  const key = /name="key" value="([^"]+)"/u.exec(body)?.[1] ?? '';
  const seen = Object.fromEntries([...body.matchAll(/name="(seen\.[^"]+)" value="(\d+)"/gu)].map(([, name = '', value = '']) => [name, value]));
  const ticked = [...body.matchAll(/name="n" value="([^"]+)"[^>]* checked/gu)].map(([, number = '']) => number);
  return { body, form: { key, ...seen, n: ticked, ...Object.fromEntries(new URLSearchParams(query)), basis: '核查组调整通知' } };
}

test('an office hands everything that waits for one inspector to another: each an event of its own, those beside them and the dates stay, and it is on record', async () => {
  const { house, agent, numbers } = await aHandover({ verifierIds: [7], verifyBy: '2020-05-20' }, { verifierIds: [7] });
  const { body, form } = await previewed(agent, 'from=7&to=8');
  expect([body.includes('共 2 件，可移交 2 件'), body.includes('核查人员'), form.n]).toEqual([true, true, [...numbers]]);
  expect((await agent.post('/handover', form)).headers.location).toBe('/handovers');
  expect(await verification(house, numbers[0] ?? '')).toEqual([{ personId: 8, dueOn: '2020-05-20' }]);
  expect(await verification(house, numbers[1] ?? '')).toEqual([{ personId: 8, dueOn: null }]);
  const list = (await agent.get('/handovers')).body;
  for (const word of ['核查甲', '核查乙', '核查组调整通知', ...numbers]) expect(list).toContain(word);
  const [record] = await house.db.reader.select().from(streamEvents).where(eq(streamEvents.type, 'DutiesHandedOver'));
  expect(JSON.parse(record?.payload ?? '{}')).toMatchObject({ from: 7, to: 8, basis: '核查组调整通知', findings: numbers, stays: [] });
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a row that the rules refuse says why and stays; the others go', async () => {
  const { house, cast, agent, numbers: [roads = ''] } = await aHandover({ verifierIds: [7] });
  const water = await ofTheWaterBureau(house, cast);
  // 核查乙 is seconded to the water bureau: nobody verifies their own.
  await house.db.commit(changeset(insertRow(posts, { id: 70, personId: 8, role: 'handler', unitId: 7, kind: 'secondment' })));
  const { body, form } = await previewed(agent, 'from=7&to=8');
  expect([body.includes('可移交 1 件，不能移交 1 件'), body.includes('核查乙不能核查本问题'), form.n]).toEqual([true, true, [roads]]);
  // Ticked all the same, by hand: the rules are asked again.
  expect((await agent.post('/handover', { ...form, n: [roads, water] })).headers.location).toBe('/handover?from=7&to=8');
  expect([(await verification(house, roads))[0]?.personId, (await verification(house, water))[0]?.personId]).toEqual([8, 7]);
  const [kept] = await house.db.reader.select().from(handovers);
  expect([kept?.amount, JSON.parse(kept?.rows ?? '[]')]).toEqual([1, [roads]]);
  const [record] = await house.db.reader.select().from(streamEvents).where(eq(streamEvents.type, 'DutiesHandedOver'));
  expect(JSON.parse(record?.payload ?? '{}')).toMatchObject({ findings: [roads], stays: [{ number: water, because: ['verifiersFree'] }] });
});

test('where the day to verify by is over, the row wants another and is not quietly left without one', async () => {
  const { house, numbers } = await aHandover({ verifierIds: [7], verifyBy: '2020-05-12' });
  house.clock.set('2020-05-14T04:00:00.000Z');
  const late = await signedIn(await testApp(house), 'office');
  const refused = await previewed(late, 'from=7&to=8');
  expect([refused.body.includes('可移交 0 件'), refused.body.includes('不能早于今天')]).toEqual([true, true]);
  const { form } = await previewed(late, 'from=7&to=8&verifyBy=2020-05-22');
  expect((await late.post('/handover', form)).statusCode).toBe(303);
  expect(await verification(house, numbers[0] ?? '')).toEqual([{ personId: 8, dueOn: '2020-05-22' }]);
});

test('the same form twice is one hand-over; a row that moved on since the preview is left', async () => {
  const { house, cast, agent, numbers } = await aHandover({ verifierIds: [7] }, { verifierIds: [7] });
  const { form } = await previewed(agent, 'from=7&to=8');
  await does(house, cast, 'inspector', numbers[1] ?? '', 'SEND_BACK', { method: 'onSite', companions: ['核查乙'], missing: '现场仍有两处没有完成整改。' });
  await agent.post('/handover', form);
  await agent.post('/handover', form);
  const kept = await house.db.reader.select().from(handovers);
  expect(kept.map(({ amount, rows }) => [amount, JSON.parse(rows)])).toEqual([[1, [numbers[0]]]]);
});

test('a form that is wrong says what, keeps the basis, and nothing is written', async () => {
  const { house, agent } = await aHandover({ verifierIds: [7] });
  const { form } = await previewed(agent, 'from=7&to=8');
  const faulty: readonly (readonly [Readonly<Record<string, string | readonly string[]>>, string])[] = [
    [{ ...form, n: [] }, '请至少勾选一件'], [{ ...form, basis: '' }, '请填写“依据”'], [{ ...form, basis: '长'.repeat(201) }, '“依据”太长'], [{ ...form, to: '7' }, '不能是同一人'], [{ ...form, to: '4' }, '请填写“接任人”'], [{ ...form, from: '10' }, '请填写“移交人”'],
  ];
  for (const [typed, sentence] of faulty) {
    const { statusCode, body } = await agent.post('/handover', typed);
    expect([sentence, statusCode, body.includes(sentence)]).toEqual([sentence, 422, true]);
  }
  expect((await agent.post('/handover', { ...form, n: [] })).body).toContain('核查组调整通知');
  expect(await house.db.reader.select().from(handovers)).toEqual([]);
});

test('a county office moves nothing that the city decides, and nobody but an office moves verifications at all', async () => {
  const { house, app, numbers } = await aHandover({ verifierIds: [7] });
  const county = await signedIn(app, 'ganzhou-office');
  const { body } = await county.get('/handover?from=7&to=8');
  expect(body).not.toContain(numbers[0] ?? '-');
  await county.post('/handover', { from: '7', to: '8', n: [...numbers], basis: '越权' });
  expect((await verification(house, numbers[0] ?? ''))[0]?.personId).toBe(7);
  for (const username of ['transport', 'inspector', 'leader', 'admin', 'auditor']) {
    const agent = await signedIn(app, username);
    expect([username, (await agent.get('/handover')).statusCode, (await agent.post('/handover', {})).statusCode]).toEqual([username, 403, 403]);
  }
  expect((await county.get('/handover/posts')).statusCode).toBe(403);
});

test('somebody who is gone can still be handed over from', async () => {
  const { house, agent, numbers } = await aHandover({ verifierIds: [7] });
  await house.db.commit(changeset(updateRow(people, { disabledOn: '2020-05-11' }, { id: 7 }, 'person')));
  const { body, form } = await previewed(agent, 'from=7&to=8');
  expect(body).toContain('核查甲（已停用）');
  await agent.post('/handover', form);
  expect((await verification(house, numbers[0] ?? ''))[0]?.personId).toBe(8);
});

test('an administrator moves posts from a day on: the one ends the day before, what rests on the post goes with it', async () => {
  const { house, app } = await aHandover();
  const agent = await signedIn(app, 'admin');
  const { body } = await agent.get('/handover/posts?from=4');
  expect([body.includes('市交通运输局'), body.includes('<datalist')]).toEqual([true, true]);
  const form = { key: 'once', from: '4', to: 'water', post: '4', on: '2020-05-12', basis: '张组通〔2020〕3号' };
  expect((await agent.post('/handover/posts', form)).headers.location).toBe('/handovers');
  expect((await agent.post('/handover/posts', form)).headers.location).toBe('/handovers');
  const held = await house.db.reader.select().from(posts);
  expect(held.filter(({ personId, unitId }) => unitId === 3 && personId !== 5).map(({ personId, role, fromOn, untilOn }) => [personId, role, fromOn, untilOn])).toEqual([[4, 'handler', null, '2020-05-11'], [12, 'handler', '2020-05-12', null]]);
  expect((await agent.get('/handovers')).body).toContain('张组通〔2020〕3号');
  house.clock.set('2020-05-12T04:00:00.000Z');
  expect((await (await signedIn(app, 'transport')).get('/findings')).statusCode).toBe(403);
});

test('posts go to nobody who may not have them, from nobody who is not theirs, and not to or from the administrator', async () => {
  const { house, app } = await aHandover();
  const agent = await signedIn(app, 'admin');
  await agent.get('/handover/posts?from=4');
  const base = { key: 'k', from: '4', to: 'water', post: '4', on: '2020-05-12', basis: '通知' };
  const faulty: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [{ ...base, to: 'nobody' }, '没有这个用户名'], [{ ...base, to: 'transport' }, '不能是同一人'], [{ ...base, to: 'auditor' }, '三员分立'], [{ ...base, to: 'admin' }, '自己的岗位不能自己改'], [{ ...base, on: '2020-05-10' }, '今天至一年以内'],
    [{ ...base, on: 'morgen' }, '到岗日期'], [{ ...base, post: '5' }, '至少勾选一个岗位'], [{ ...base, basis: '' }, '请填写“依据”'],
  ];
  for (const [typed, sentence] of faulty) {
    const { statusCode, body } = await agent.post('/handover/posts', typed);
    expect([sentence, statusCode, body.includes(sentence)]).toEqual([sentence, 422, true]);
  }
  expect((await house.db.reader.select().from(posts)).filter(({ untilOn }) => untilOn !== null)).toEqual([]);
});

test('of two who move one post at once, one does', async () => {
  const { house, cast } = await aHandover();
  const by = await cast.person('admin');
  const move = { fromId: 4, postIds: [4], on: '2020-05-12', basis: '通知' };
  const outcomes = await Promise.allSettled([movePosts(house, by, everything, { ...move, toId: 12 }, 'one'), movePosts(house, by, everything, { ...move, toId: 13 }, 'two')]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const held = (await house.db.reader.select().from(posts)).filter(({ unitId, role, fromOn }) => unitId === 3 && role === 'handler' && fromOn === '2020-05-12');
  expect(held).toHaveLength(1);
});
