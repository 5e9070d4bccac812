import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeset, updateRow } from '../../db/changeset.js';
import { people, posts, units } from '../../db/schema/index.js';
import { addPerson, changePerson, disablePerson } from '../../src/people/commands.js';
import { agentOf, signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { codeIn } from '../support/slips.js';

const admin = { id: 10, name: '管理员' };

async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  const app = await testApp(house);
  return { house, cast, app, agent: await signedIn(app, 'admin') };
}

function aPost(role: string, unitId: string, rest: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { 'posts.0.role': role, 'posts.0.unitId': unitId, 'posts.0.kind': 'home', ...rest };
}

test('an administrator adds somebody, who comes in by the printed slip and a password of their own', async () => {
  const { app, agent } = await aHouse();
  await agent.get('/people/new');
  const made = await agent.post('/people', { username: 'xinren', name: '新人甲', phone: '0936-8000000', ...aPost('handler', '7') });
  expect([made.statusCode, made.headers['cache-control']]).toEqual([200, 'no-store']);
  const newcomer = agentOf(app);
  await newcomer.get('/activation');
  expect((await newcomer.post('/activation', { username: 'xinren', code: codeIn(made.body), next: 'water-bureau-2020', again: 'water-bureau-2020' })).headers.location).toBe('/');
  expect((await newcomer.get('/findings')).statusCode).toBe(200);
  const later = agentOf(app);
  await later.get('/sign-in');
  expect((await later.post('/sign-in', { username: 'xinren', password: 'water-bureau-2020' })).statusCode).toBe(303);
});

test('a form that is wrong says what, row by row, keeps what was typed, and adds nobody', async () => {
  const { house, agent } = await aHouse();
  const before = (await house.db.reader.select().from(people)).length;
  await agent.get('/people/new');
  const faulty: readonly (readonly [Record<string, string>, string])[] = [
    [{ username: 'office', name: '重名', ...aPost('handler', '7') }, '用户名 office 已有人用'],
    [{ username: '-', name: '甲', ...aPost('handler', '7') }, '用户名须为'],
    [{ username: 'xinren', name: '', ...aPost('handler', '7') }, '请填写“姓名”'],
    [{ username: 'xinren', name: '甲'.repeat(41), ...aPost('handler', '7') }, '“姓名”太长'],
    [{ username: 'xinren', name: '甲', ...aPost('handler', '999') }, '第 1 行岗位：所选单位不存在'],
    [{ username: 'xinren', name: '甲', ...aPost('handler', '7', { 'posts.0.untilOn': '2020-02-31' }) }, '第 1 行岗位'],
    [{ username: 'xinren', name: '甲', ...aPost('king', '7') }, '第 1 行岗位'],
    [{ username: 'xinren', name: '甲', ...aPost('admin', '1', { 'posts.1.role': 'office', 'posts.1.unitId': '2', 'posts.1.kind': 'home' }) }, '三员分立'],
    [{ username: 'xinren', name: '甲', ...aPost('admin', '1', { 'posts.1.role': 'auditor', 'posts.1.unitId': '1', 'posts.1.kind': 'home' }) }, '三员分立'],
  ];
  for (const [form, sentence] of faulty) {
    const { statusCode, body } = await agent.post('/people', form);
    expect([statusCode, body.includes(sentence)], sentence).toEqual([422, true]);
  }
  expect((await house.db.reader.select().from(people)).length).toBe(before);
});

test('two administrators who change one person at once do not undo each other', async () => {
  const { house, agent } = await aHouse();
  const { body } = await agent.get('/people/4');
  const version = /name="version" value="(\d+)"/u.exec(body)?.[1] ?? '';
  expect((await agent.post('/people/4', { name: '交通经办甲', phone: '0936-8000001', version, ...aPost('handler', '3') })).statusCode).toBe(303);
  const late = await agent.post('/people/4', { name: '交通经办乙', phone: '', version, ...aPost('handler', '3') });
  expect([late.statusCode, late.body.includes('别人已修改过'), late.body.includes('交通经办乙')]).toEqual([422, true, true]);
  const [row] = await house.db.reader.select({ name: people.name, phone: people.phone }).from(people).where(eq(people.id, 4));
  expect(row).toEqual({ name: '交通经办甲', phone: '0936-8000001' });
});

test('the same post twice is said, and so is a name that two administrators give at once; different names all get in', async () => {
  const { house, agent } = await aHouse();
  await agent.get('/people/new');
  const twice = await agent.post('/people', { username: 'xinren', name: '甲', ...aPost('handler', '7', { 'posts.1.role': 'handler', 'posts.1.unitId': '7', 'posts.1.kind': 'home' }) });
  expect([twice.statusCode, twice.body.includes('第 2 行岗位与前面重复')]).toEqual([422, true]);
  const same = await Promise.all([1, 2].map(() => agent.post('/people', { username: 'tongming', name: '甲', ...aPost('handler', '7') })));
  expect(same.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 422]);
  const others = await Promise.all([1, 2, 3, 4].map((each) => agent.post('/people', { username: `xinren${each}`, name: '甲', ...aPost('handler', '7') })));
  expect(others.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
  const ids = (await house.db.reader.select({ id: people.id }).from(people)).map(({ id }) => id).toSorted((one, other) => one - other).slice(-5);
  expect(ids).toEqual([0, 1, 2, 3, 4].map((each) => (ids[0] ?? 0) + each));
});

test('nobody but an administrator sees people and units', async () => {
  const { app } = await aHouse();
  for (const username of ['office', 'auditor', 'leader', 'transport']) {
    const agent = await signedIn(app, username);
    for (const url of ['/people', '/people/new', '/people/4', '/organisation', '/organisation/new', '/organisation/3', '/organisation/import']) expect([username, url, (await agent.get(url)).statusCode]).toEqual([username, url, 403]);
    for (const url of ['/people', '/people/4', '/people/4/disabling', '/people/4/slip', '/organisation', '/organisation/3']) expect([username, url, (await agent.post(url, {})).statusCode]).toEqual([username, url, 403]);
  }
});

test('a post that stays keeps when it began; one that is taken away is gone at once', async () => {
  const { house, app, agent } = await aHouse();
  await house.db.commit(changeset(updateRow(posts, { fromOn: '2019-01-01' }, { id: 4 }, 'post')));
  await agent.get('/people/4');
  expect((await agent.post('/people/4', { name: '交通经办甲', ...aPost('handler', '3'), 'posts.1.role': 'head', 'posts.1.unitId': '7', 'posts.1.kind': 'secondment' })).statusCode).toBe(303);
  const held = await house.db.reader.select().from(posts).where(eq(posts.personId, 4));
  expect(held.map((post) => [post.id === 4, post.role, post.unitId, post.kind, post.fromOn])).toEqual([[true, 'handler', 3, 'home', '2019-01-01'], [false, 'head', 7, 'secondment', null]]);
  await agent.get('/people/4');
  await agent.post('/people/4', { name: '交通经办甲' });
  expect((await (await signedIn(app, 'transport')).get('/findings')).statusCode).toBe(403);
});

test('somebody whose unit was disabled keeps the post; nobody new gets one there', async () => {
  const { house } = await aHouse();
  await house.db.commit(changeset(updateRow(units, { disabledOn: '2020-05-01' }, { id: 3 }, 'unit')));
  house.changed();
  const handler = { role: 'handler', unitId: 3, kind: 'home', untilOn: null } as const;
  await changePerson(house, admin, 4, { username: 'transport', name: '交通经办甲', phone: '', posts: [handler] });
  await expect(addPerson(house, admin, { username: 'xinren', name: '新人', phone: '', posts: [handler] }, 'x')).rejects.toMatchObject({ refusals: [{ rule: 'people.unit' }] });
});

test('nobody changes their own posts, or disables themselves', async () => {
  const { house, agent } = await aHouse();
  await agent.get('/people/10');
  const { statusCode, body } = await agent.post('/people/10', { name: '管理员', ...aPost('admin', '1', { 'posts.0.untilOn': '2030-01-01' }) });
  expect([statusCode, body.includes('自己的岗位不能自己改')]).toEqual([422, true]);
  expect((await agent.post('/people/10/disabling', { disabled: 'yes' })).statusCode).toBe(403);
  expect((await agent.post('/people/10', { name: '管理员乙', ...aPost('admin', '1') })).statusCode).toBe(303);
  expect((await house.db.reader.select({ name: people.name }).from(people).where(eq(people.id, 10)))[0]?.name).toBe('管理员乙');
});

test('the last administrator for good is never disabled, and never loses the post or gets an end; of two who remove each other one stays', async () => {
  const { house } = await aHouse();
  const byConsole = { id: 0, name: 'console' };
  const post = { role: 'admin', unitId: 1, kind: 'home', untilOn: null } as const;
  const person = { username: 'admin', name: '管理员', phone: '' };
  const last = { refusals: [{ rule: 'people.lastAdministrator' }] };
  await expect(disablePerson(house, byConsole, 10, true)).rejects.toMatchObject(last);
  await expect(changePerson(house, byConsole, 10, { ...person, posts: [] })).rejects.toMatchObject(last);
  await expect(changePerson(house, byConsole, 10, { ...person, posts: [{ ...post, untilOn: '2030-01-01' }] })).rejects.toMatchObject(last);
  const second = await addPerson(house, byConsole, { username: 'admin2', name: '管理员乙', phone: '', posts: [post] }, 'x');
  const outcomes = await Promise.allSettled([disablePerson(house, byConsole, 10, true), disablePerson(house, byConsole, second, true)]);
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled').length).toBeLessThanOrEqual(1);
  const left = await house.db.reader.select().from(people).where(eq(people.username, 'admin'));
  const other = await house.db.reader.select().from(people).where(eq(people.id, second));
  expect([left[0]?.disabledOn, other[0]?.disabledOn].filter((each) => each === null).length).toBeGreaterThanOrEqual(1);
});

test('a new slip ends every session, and the old password opens nothing', async () => {
  const { app, agent } = await aHouse();
  const transport = await signedIn(app, 'transport');
  await agent.get('/people/4');
  expect((await agent.post('/people/4/slip', {})).body).toContain('激活码');
  expect((await transport.get('/')).headers.location).toContain('/sign-in');
  const again = agentOf(app);
  await again.get('/sign-in');
  expect((await again.post('/sign-in', { username: 'transport', password: 'zhenggai-demo' })).statusCode).toBe(422);
});
