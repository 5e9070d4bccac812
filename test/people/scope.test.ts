import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { activations, people, personRequests, posts } from '../../db/schema/index.js';
import type { Post } from '../../src/context.js';
import { addPerson, changePerson } from '../../src/people/commands.js';
import { administersPerson, administrationOf } from '../../src/people/scope.js';
import { hashPassword } from '../../src/sign-in/password.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';

/** The cast, and a county's administrators: two of 甘州区 (4, with its office 5 and township 9). */
async function aCounty() {
  const house = await testHouse();
  const cast = await withCast(house);
  const passwordHash = await hashPassword('zhenggai-demo');
  const own: readonly (readonly [number, string, Post['role'], number])[] = [[50, 'ganzhou-admin', 'admin', 4], [51, 'ganzhou-admin2', 'admin', 4], [52, 'town', 'handler', 9], [53, 'ganzhou-auditor', 'auditor', 4]];
  await house.db.commit(changeset(
    ...own.map(([id, username]) => insertRow(people, { id, username, usernameKey: username, name: username, passwordHash, mustChangePassword: false })),
    ...own.map(([id, , role, unitId]) => insertRow(posts, { id, personId: id, role, unitId })),
  ));
  const app = await testApp(house);
  return { house, cast, app, agent: await signedIn(app, 'ganzhou-admin') };
}

function aPost(role: string, unitId: string): Record<string, string> {
  return { 'posts.0.role': role, 'posts.0.unitId': unitId, 'posts.0.kind': 'home' };
}

test('a county administrator lists and finds the people of the county, and nobody else', async () => {
  const { agent } = await aCounty();
  const { body } = await agent.get('/people');
  for (const name of ['ganzhou', 'ganzhou-office', 'ganzhou-admin', 'town']) expect([name, body.includes(`>${name}<`)]).toEqual([name, true]);
  for (const name of ['office', 'transport', 'admin', 'auditor', 'gaotai', 'ganzhou-auditor', 'inspector']) expect([name, body.includes(`>${name}<`)]).toEqual([name, false]);
  for (const q of ['transport', 'admin', '高台', '审计']) expect([q, (await agent.get(`/people?q=${encodeURIComponent(q)}`)).body.includes('高台经办甲') || (await agent.get(`/people?q=${encodeURIComponent(q)}`)).body.includes('>admin<')]).toEqual([q, false]);
});

test('whoever is not theirs is not there, on every path: not to read, change, disable, print for or hand posts over from', async () => {
  const { house, agent } = await aCounty();
  await agent.get('/people');
  const before = await house.db.reader.select().from(people);
  for (const id of ['1', '4', '7', '10', '11', '13', '53', '999', '0', 'x']) {
    expect([id, (await agent.get(`/people/${id}`)).statusCode]).toEqual([id, 404]);
    expect([id, (await agent.get(`/handover/posts?from=${id}`)).statusCode]).toEqual([id, 404]);
    for (const path of [`/people/${id}`, `/people/${id}/disabling`, `/people/${id}/slip`]) expect([path, (await agent.post(path, { name: '改名', disabled: 'yes', ...aPost('handler', '4') })).statusCode]).toEqual([path, 404]);
    expect([id, (await agent.post('/handover/posts', { from: '6', to: ['office', 'transport', 'admin', 'gaotai'][Number(id) % 4] ?? 'office', post: '6', on: '2020-05-12', basis: '通知' })).body.includes('没有这个用户名')]).toEqual([id, true]);
    expect([id, (await agent.post('/handover/posts', { from: id, to: 'ganzhou', post: id, on: '2020-05-12', basis: '通知' })).statusCode]).toEqual([id, 404]);
  }
  expect(await house.db.reader.select().from(people)).toEqual(before);
  expect(await house.db.reader.select().from(activations)).toEqual([]);
});

test('units, campaigns and categories are the administrator of everything alone', async () => {
  const { agent } = await aCounty();
  const { body } = await agent.get('/people');
  expect([body.includes('href="/organisation"'), body.includes('href="/campaigns"')]).toEqual([false, false]);
  for (const url of ['/organisation', '/organisation/new', '/organisation/4', '/organisation/import', '/campaigns', '/campaigns/new']) expect([url, (await agent.get(url)).statusCode]).toEqual([url, 403]);
  for (const url of ['/organisation', '/organisation/4', '/campaigns', '/categories']) expect([url, (await agent.post(url, { name: '甘州区', kind: 'county' })).statusCode]).toEqual([url, 403]);
});

test('a post outside the county, and any auditor, is refused, typed by hand or not, and nobody is added', async () => {
  const { house, agent } = await aCounty();
  await agent.get('/people/new');
  for (const [role, unit] of [['handler', '3'], ['admin', '1'], ['auditor', '4'], ['auditor', '1'], ['office', '2'], ['inspector', '6'], ['handler', '8']] as const) {
    const { statusCode, body } = await agent.post('/people', { username: 'xinren', name: '新人甲', ...aPost(role, unit) });
    expect([role, unit, statusCode, body.includes('不在您的管理范围内')]).toEqual([role, unit, 422, true]);
    expect((await agent.post('/people/6', { name: '甘州经办甲', ...aPost(role, unit) })).statusCode).toBe(422);
  }
  expect((await agent.post('/people', { username: 'xinren', name: '新人甲' })).body).toContain('至少保留一个岗位');
  expect(await house.db.reader.select().from(people).where(eq(people.username, 'xinren'))).toEqual([]);
  const form = (await agent.get('/people/new')).body;
  expect([form.includes('安全审计员'), form.includes('市交通运输局'), form.includes('甘州区某镇')]).toEqual([false, false, true]);
});

test('within the county they add, change, print for and disable, and may appoint another of the county', async () => {
  const { house, agent } = await aCounty();
  await agent.get('/people/new');
  expect((await agent.post('/people', { username: 'xinren', name: '新人甲', ...aPost('admin', '4') })).statusCode).toBe(200);
  expect((await agent.post('/people/52', { name: '某镇经办乙', ...aPost('head', '9') })).statusCode).toBe(303);
  expect((await agent.post('/people/52/slip', {})).body).toContain('激活码');
  expect((await agent.post('/people/52/disabling', { disabled: 'yes' })).statusCode).toBe(303);
  const [town] = await house.db.reader.select().from(people).where(eq(people.id, 52));
  expect([town?.name, town?.disabledOn]).toEqual(['某镇经办乙', '2020-05-11']);
});

test('whoever has a post elsewhere, too, belongs to the administrator of both; once that is over, to the county, which leaves it as it was', async () => {
  const { house, agent } = await aCounty();
  await house.db.commit(changeset(insertRow(posts, { id: 60, personId: 6, role: 'inspector', unitId: 6, kind: 'secondment' })));
  expect((await agent.get('/people/6')).statusCode).toBe(404);
  await house.db.commit(changeset(updateRow(posts, { untilOn: '2020-05-10' }, { id: 60 }, 'post')));
  expect((await agent.get('/people/6')).statusCode).toBe(200);
  expect((await agent.post('/people/6', { name: '甘州经办甲', ...aPost('head', '4') })).statusCode).toBe(303);
  const held = await house.db.reader.select().from(posts).where(eq(posts.personId, 6));
  expect(held.map(({ role, unitId }) => [role, unitId]).toSorted()).toEqual([['head', 4], ['inspector', 6]]);
});

test('somebody who left the scope while the form lay open is not changed', async () => {
  const { house, cast } = await aCounty();
  const scope = administrationOf(await cast.person('ganzhou-admin'), await house.tree());
  if (!scope) throw new Error('The county has an administrator.');
  await house.db.commit(changeset(updateRow(posts, { unitId: 8 }, { id: 6 }, 'post')));
  await expect(changePerson(house, { id: 50, name: '县管' }, 6, { username: '', name: '改名', phone: '', posts: [{ role: 'handler', unitId: 4, kind: 'home', untilOn: null }] }, scope)).rejects.toMatchObject({ status: 404 });
  await expect(addPerson(house, { id: 50, name: '县管' }, { username: 'yue', name: '越界', phone: '', posts: [{ role: 'admin', unitId: 1, kind: 'home', untilOn: null }] }, null, { scope })).rejects.toMatchObject({ refusals: [{ rule: 'people.outside' }] });
});

test('a county administrator is no administrator of everything: the last one of these stays', async () => {
  const { house } = await aCounty();
  await expect(changePerson(house, { id: 0, name: 'console' }, 10, { username: 'admin', name: '管理员', phone: '', posts: [] })).rejects.toMatchObject({ refusals: [{ rule: 'people.lastAdministrator' }] });
});

test('the condition of the lists and the predicate say the same of everybody', async () => {
  const { house, cast, agent } = await aCounty();
  const extra: readonly (readonly [number, number, Post['role'], number, string | null])[] = [[61, 52, 'inspector', 6, '2020-05-10'], [62, 12, 'handler', 4, '2020-05-01'], [63, 13, 'handler', 9, null], [64, 6, 'handler', 9, '2020-05-11']];
  await house.db.commit(changeset(...extra.map(([id, personId, role, unitId, untilOn]) => insertRow(posts, { id, personId, role, unitId, untilOn })), updateRow(posts, { untilOn: '2020-05-01' }, { id: 3 }, 'post')));
  const scope = administrationOf(await cast.person('ganzhou-admin'), await house.tree());
  if (!scope) throw new Error('The county has an administrator.');
  for (const { id } of await house.db.reader.select({ id: people.id }).from(people)) {
    const held = await house.db.reader.select().from(posts).where(eq(posts.personId, id));
    expect([id, (await agent.get(`/people/${id}`)).statusCode]).toEqual([id, administersPerson(scope, held, '2020-05-11') ? 200 : 404]);
  }
});

test('requests to add somebody reach the administrator of that unit: another county is not even told', async () => {
  const { house, app, agent } = await aCounty();
  const row = { name: '某甲', state: 'open', role: 'handler', askedBy: 1, askedOn: '2020-05-11' } as const;
  await house.db.commit(changeset(insertRow(personRequests, { id: 1, unitId: 9, ...row }), insertRow(personRequests, { id: 2, unitId: 8, ...row, name: '高台某乙' })));
  const list = (await agent.get('/person-requests')).body;
  expect([list.includes('某甲'), list.includes('高台某乙')]).toEqual([true, false]);
  expect((await agent.get('/person-requests/2/decline')).statusCode).toBe(404);
  expect((await agent.post('/person-requests/2/decline', { reason: '不' })).statusCode).toBe(404);
  expect((await agent.get('/people/new?request=2')).body).not.toContain('高台某乙');
  expect((await (await signedIn(app, 'admin')).get('/person-requests')).body).toContain('高台某乙');
});
