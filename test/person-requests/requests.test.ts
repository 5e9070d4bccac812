import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeset, updateRow } from '../../db/changeset.js';
import { people, personRequests, posts, streamEvents } from '../../db/schema/index.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { does, listed, walked } from '../support/factories.js';
import { codesIn } from '../support/slips.js';

async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  const app = await testApp(house);
  return { house, cast, app };
}

const asked = { name: '新承办人', unitId: '7', role: 'handler', phone: '', note: '接替水务经办甲', key: 'one' };

test('an office asks for somebody who is missing, the administrator adds them in one step, and the office sees that it was done', async () => {
  const { house, app } = await aHouse();
  const office = await signedIn(app, 'office');
  await office.get('/person-requests/new');
  expect((await office.post('/person-requests', asked)).statusCode).toBe(303);
  expect((await office.post('/person-requests', asked)).statusCode).toBe(303);
  expect(await house.db.reader.select().from(personRequests)).toHaveLength(1);
  expect((await office.get('/person-requests')).body).toContain('待管理员处理');
  const admin = await signedIn(app, 'admin');
  expect((await admin.get('/person-requests')).body).toContain('接替水务经办甲');
  const form = (await admin.get('/people/new?request=1')).body;
  expect([form.includes('value="新承办人"'), form.includes('name="request" value="1"')]).toEqual([true, true]);
  const added = await admin.post('/people', { username: 'shuiwu2', name: '新承办人', phone: '', request: '1', 'posts.0.role': 'handler', 'posts.0.unitId': '7', 'posts.0.kind': 'home' });
  expect(codesIn(added.body)).toHaveLength(1);
  const [row] = await house.db.reader.select().from(personRequests);
  const [person] = await house.db.reader.select().from(people).where(eq(people.username, 'shuiwu2'));
  expect([row?.state, row?.personId]).toEqual(['confirmed', person?.id]);
  expect((await office.get('/person-requests')).body).toContain('已新增');
  const types = (await house.db.reader.select().from(streamEvents)).map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['PersonRequested', 'PersonAdded', 'ActivationIssued']));
});

test('an administrator who declines says why; a request is answered once', async () => {
  const { house, app } = await aHouse();
  const head = await signedIn(app, 'transport-head');
  await head.get('/person-requests/new');
  await head.post('/person-requests', { ...asked, unitId: '3' });
  const admin = await signedIn(app, 'admin');
  await admin.get('/person-requests/1/decline');
  expect((await admin.post('/person-requests/1/decline', { reason: '' })).statusCode).toBe(422);
  expect((await admin.post('/person-requests/1/decline', { reason: '已有账号' })).statusCode).toBe(303);
  expect((await admin.post('/person-requests/1/decline', { reason: '再次' })).statusCode).toBe(404);
  const { body } = await head.get('/person-requests');
  expect([body.includes('不予新增'), body.includes('已有账号')]).toEqual([true, true]);
  // An answered request confirms nothing: the person is added on the administrator's own account.
  await admin.get('/people/new');
  await admin.post('/people', { username: 'xinren', name: '新人', request: '1', 'posts.0.role': 'handler', 'posts.0.unitId': '3', 'posts.0.kind': 'home' });
  expect((await house.db.reader.select().from(personRequests))[0]?.state).toBe('declined');
});

test('somebody asks for units where they work, and no others; a request sees only whoever made it', async () => {
  const { house, app } = await aHouse();
  const transport = await signedIn(app, 'transport');
  const { body } = await transport.get('/person-requests/new');
  expect([body.includes('市交通运输局'), body.includes('市水务局')]).toEqual([true, false]);
  for (const [typed, sentence] of [[{ ...asked, unitId: '7' }, '所在单位'], [{ ...asked, unitId: '3', role: 'admin' }, '岗位'], [{ ...asked, unitId: '3', name: '' }, '姓名'], [{ ...asked, unitId: '3', name: '长'.repeat(41) }, '太长']] as const) {
    const refused = await transport.post('/person-requests', typed);
    expect([sentence, refused.statusCode, refused.body.includes(sentence), refused.body.includes('接替水务经办甲')]).toEqual([sentence, 422, true, true]);
  }
  await transport.post('/person-requests', { ...asked, unitId: '3' });
  expect((await (await signedIn(app, 'transport-head')).get('/person-requests')).body).not.toContain('新承办人');
  for (const username of ['leader', 'inspector', 'auditor']) expect([username, (await (await signedIn(app, username)).get('/person-requests')).statusCode]).toEqual([username, 403]);
  expect((await transport.get('/person-requests/1/decline')).statusCode).toBe(403);
  expect(await house.db.reader.select().from(personRequests)).toHaveLength(1);
});

test('where a form names people it offers those who usually do it, takes any other name, and says where to ask for more', async () => {
  const { house, cast, app } = await aHouse();
  const number = await listed(house, cast);
  const office = await signedIn(app, 'office');
  const assign = (await office.get(`/findings/${number}/assignment`)).body.replaceAll('&#x3D;', '=');
  const offered = (html: string, field: string): string => new RegExp(`<datalist id="f-${field}-names">(.*?)</datalist>`, 'su').exec(html)?.[1] ?? '';
  expect([offered(assign, 'supervisor').includes('办公室乙'), offered(assign, 'supervisor').includes('牵头领导'), offered(assign, 'supervisor').includes('水务经办甲'), assign.includes('/person-requests/new?unitId=2')]).toEqual([true, true, false, true]);
  await walked(house, cast, number, 'PASS');
  const verdict = (await (await signedIn(app, 'inspector')).get(`/findings/${number}/verification`)).body;
  expect([offered(verdict, 'companions').includes('核查乙'), /list="f-companions-names"/u.test(verdict), verdict.includes('/person-requests/new')]).toEqual([true, true, false]);
  await does(house, cast, 'inspector', number, 'PASS', { method: 'onSite', companions: ['没有账号的同行人'], note: '已到现场查看，属实。' });
});

test('whoever left is not offered', async () => {
  const { house, cast, app } = await aHouse();
  const number = await listed(house, cast);
  await house.db.commit(changeset(updateRow(people, { disabledOn: '2020-05-01' }, { id: 2 }, 'person'), updateRow(posts, { untilOn: '2020-05-01' }, { id: 9 }, 'post')));
  const { body } = await (await signedIn(app, 'office')).get(`/findings/${number}/assignment`);
  expect([body.includes('value="办公室甲"'), body.includes('value="办公室乙"'), body.includes('value="牵头领导"')]).toEqual([true, false, false]);
});

test('several companions, each in a line of their own, come as several', async () => {
  const { house, cast, app } = await aHouse();
  const number = await listed(house, cast);
  await walked(house, cast, number, 'PASS');
  const inspector = await signedIn(app, 'inspector');
  const { body } = await inspector.get(`/findings/${number}/verification`);
  const hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`, 'u').exec(body)?.[1] ?? '';
  const sent = await inspector.send(`/findings/${number}/verification`, [['key', hidden('key')], ['seen', hidden('seen')], ['method', 'onSite'], ['companions', '核查乙'], ['companions', '外聘专家甲'], ['companions', ''], ['note', '已到现场查看，属实。']], []);
  expect(sent.statusCode).toBe(303);
  expect((await inspector.get(`/findings/${number}`)).body).toContain('核查乙、外聘专家甲');
});
