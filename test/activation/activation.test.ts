import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeset, updateRow } from '../../db/changeset.js';
import { activations, people, streamEvents } from '../../db/schema/index.js';
import { activate, mostTries } from '../../src/activation/activate.js';
import { activationCode, codeHash, isCode } from '../../src/activation/code.js';
import { issueSlips } from '../../src/activation/issue.js';
import { everything } from '../../src/people/scope.js';
import { attemptsFrom } from '../../src/sign-in/attempts.js';
import { agentOf, signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { codeIn, codesIn } from '../support/slips.js';

const admin = { id: 10, name: '管理员' };
const password = 'road-bureau-2020';

async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  return { house, cast };
}

/** Comes with a code from an address that nobody has come from before: the tries of the slip are what counts. */
function coming(house: Awaited<ReturnType<typeof aHouse>>['house'], address = '10.0.0.1') {
  const attempts = attemptsFrom(house.clock);
  return (code: string, username = 'transport', from = address) => activate(house, attempts, from, { username, code, password });
}

async function slipFor(house: Awaited<ReturnType<typeof aHouse>>['house'], id = 4): Promise<string> {
  return (await issueSlips(house, admin, everything, [id]))[0]?.code ?? '';
}

test('a code is twelve characters that nobody mistakes, is known however it is typed, and belongs to one person', () => {
  const codes = Array.from({ length: 200 }, activationCode);
  expect(new Set(codes).size).toBe(200);
  for (const code of codes) expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/u);
  const [code = ''] = codes;
  expect(isCode(4, ` ${code.toLowerCase().replaceAll('-', ' ')} `, codeHash(4, code))).toBe(true);
  expect(isCode(5, code, codeHash(4, code))).toBe(false);
});

test('a slip opens the account once: the code a second time, and the old password, open nothing', async () => {
  const { house } = await aHouse();
  const code = await slipFor(house);
  const comes = coming(house);
  expect(await comes(code)).toBe(4);
  expect(await comes(code)).toBeNull();
  const [row] = await house.db.reader.select().from(people).where(eq(people.id, 4));
  expect(row?.mustChangePassword).toBe(false);
  const agent = agentOf(await testApp(house));
  await agent.get('/sign-in');
  expect((await agent.post('/sign-in', { username: 'transport', password: 'zhenggai-demo' })).statusCode).toBe(422);
  expect((await agent.post('/sign-in', { username: 'transport', password })).statusCode).toBe(303);
});

test('of two who bring the right code at once, one comes in', async () => {
  const { house } = await aHouse();
  const code = await slipFor(house);
  const comes = coming(house);
  const answers = await Promise.all([1, 2, 3, 4].map((n) => comes(code, 'transport', `10.0.0.${n}`)));
  expect(answers.filter((answer) => answer === 4)).toHaveLength(1);
});

test('a code is worth something for fourteen days and not an instant longer', async () => {
  const { house } = await aHouse();
  const code = await slipFor(house);
  house.clock.set('2020-05-25T04:00:00.000Z');
  expect(await coming(house)(code)).toBeNull();
  house.clock.set('2020-05-25T03:59:59.000Z');
  expect(await coming(house)(code)).toBe(4);
});

test('a new slip is the end of the old one', async () => {
  const { house } = await aHouse();
  const [old, fresh] = [await slipFor(house), await slipFor(house)];
  const comes = coming(house);
  expect([await comes(old), await comes(fresh)]).toEqual([null, 4]);
});

test('ten wrong codes, from wherever and all at once, make the slip void: the right one comes too late', async () => {
  const { house } = await aHouse();
  const code = await slipFor(house);
  const comes = coming(house);
  const guesses = await Promise.all(Array.from({ length: 40 }, (_, n) => comes(activationCode(), 'transport', `10.0.1.${n}`)));
  expect(guesses.every((answer) => answer === null)).toBe(true);
  const [slip] = await house.db.reader.select().from(activations).where(eq(activations.personId, 4));
  expect(slip?.tries).toBe(mostTries);
  expect(await comes(code, 'transport', '10.0.2.1')).toBeNull();
});

test('after some wrong codes one address waits, and what it brings meanwhile costs the slip nothing', async () => {
  const { house } = await aHouse();
  const code = await slipFor(house);
  const comes = coming(house);
  for (let n = 0; n < 8; n += 1) await comes(activationCode());
  const [slip] = await house.db.reader.select().from(activations).where(eq(activations.personId, 4));
  expect(slip?.tries).toBe(5);
  expect(await comes(code)).toBeNull();
  expect(await comes(code, 'transport', '10.0.0.2')).toBe(4);
});

test('an unknown name, a name without a slip and a disabled account get the answer that a wrong code gets', async () => {
  const { house } = await aHouse();
  const code = await slipFor(house);
  const agent = agentOf(await testApp(house));
  await agent.get('/activation');
  const answers = [];
  for (const username of ['nobody-here', 'water', 'transport']) answers.push(await agent.post('/activation', { username, code: 'AAAA-BBBB-CCCC', next: password, again: password }));
  await house.db.commit(changeset(updateRow(people, { disabledOn: '2020-05-11' }, { id: 4 }, 'person')));
  answers.push(await agent.post('/activation', { username: 'transport', code, next: password, again: password }));
  expect(answers.map(({ statusCode, body }) => [statusCode, body.includes('用户名或激活码不对'), body.includes(password)])).toEqual(Array.from({ length: 4 }, () => [422, true, false]));
});

test('a form that is not filled in says everything at once, keeps name and code, and costs no try', async () => {
  const { house } = await aHouse();
  const code = await slipFor(house);
  const agent = agentOf(await testApp(house));
  await agent.get('/activation');
  const { statusCode, body } = await agent.post('/activation', { username: 'transport', code, next: 'short', again: 'other' });
  expect([statusCode, body.includes(code), body.includes('两次'), /有 2 处|2 处/u.test(body)]).toEqual([422, true, true, true]);
  const [slip] = await house.db.reader.select().from(activations).where(eq(activations.personId, 4));
  expect(slip?.tries).toBe(0);
});

test('nobody finds a code or a password in the record, and not the code in the database', async () => {
  const { house } = await aHouse();
  const code = await slipFor(house);
  await coming(house)(code);
  await coming(house)(code);
  const events = await house.db.reader.select().from(streamEvents);
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['ActivationIssued', 'Activated', 'ActivationRefused']));
  const kept = JSON.stringify([events, await house.db.reader.select().from(activations)]);
  for (const secret of [code, code.replaceAll('-', ''), password]) expect(kept).not.toContain(secret);
});

test('the administrator prints several units at once, only for those who are not in, and those with a valid slip only when asked', async () => {
  const { house } = await aHouse();
  await house.db.commit(changeset(...[4, 12, 13].map((id) => updateRow(people, { mustChangePassword: true }, { id }, 'person'))));
  const agent = await signedIn(await testApp(house), 'admin');
  const list = await agent.get('/people/slips');
  expect([list.body.includes('市交通运输局'), list.body.includes('核查甲')]).toEqual([true, false]);
  expect((await agent.post('/people/slips', {})).statusCode).toBe(422);
  const printed = await agent.post('/people/slips', { unit: ['3', '7'] });
  expect([printed.statusCode, codesIn(printed.body).length, printed.body.includes('高台经办甲'), printed.headers['cache-control']]).toEqual([200, 2, false, 'no-store']);
  const again = await agent.post('/people/slips', { unit: ['3', '7', '8'] });
  expect([codesIn(again.body).length, again.body.includes('高台经办甲')]).toEqual([1, true]);
  expect((await agent.post('/people/slips', { unit: ['3', '7', '8'] })).statusCode).toBe(422);
  expect(codesIn((await agent.post('/people/slips', { unit: ['3'], again: 'yes' })).body)).toHaveLength(1);
});

test('nobody prints a slip for themselves', async () => {
  const { house } = await aHouse();
  const agent = await signedIn(await testApp(house), 'admin');
  await agent.get('/people');
  expect((await agent.post('/people/10/slip', {})).statusCode).toBe(403);
});

test('who signs in by a slip leaves no session from before', async () => {
  const { house } = await aHouse();
  const app = await testApp(house);
  const [administrator, before] = [await signedIn(app, 'admin'), await signedIn(app, 'transport')];
  await administrator.get('/people');
  const printed = await administrator.post('/people/4/slip', {});
  expect((await before.get('/findings')).headers.location).toContain('/sign-in');
  const agent = agentOf(app);
  await agent.get('/activation');
  const session = agent.session();
  expect((await agent.post('/activation', { username: 'transport', code: codeIn(printed.body), next: password, again: password })).statusCode).toBe(303);
  expect(agent.session()).not.toBe(session);
  expect((await agent.get('/findings')).statusCode).toBe(200);
});
