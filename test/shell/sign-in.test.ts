import { eq } from 'drizzle-orm';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { people, sessions, streamEvents } from '../../db/schema/index.js';
import { agentOf, signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';

test('an unknown name and a wrong password get the same answer', async () => {
  const house = await testHouse();
  await withCast(house);
  const agent = agentOf(await testApp(house));
  await agent.get('/sign-in');
  const unknown = await agent.post('/sign-in', { username: 'nobody', password: 'wrong password' });
  const wrong = await agent.post('/sign-in', { username: 'office', password: 'wrong password' });
  expect([unknown.statusCode, wrong.statusCode]).toEqual([422, 422]);
  const told = (body: string): string => /role="alert">([^<]+)/u.exec(body)?.[1] ?? '';
  expect(told(unknown.body)).toBe(told(wrong.body));
});

test('five wrong tries lock the name for a minute, even for the right password; then it opens again', async () => {
  const house = await testHouse();
  await withCast(house);
  const app = await testApp(house);
  const agent = agentOf(app);
  await agent.get('/sign-in');
  for (let tries = 0; tries < 5; tries += 1) await agent.post('/sign-in', { username: 'office', password: 'wrong password' });
  expect((await agent.post('/sign-in', { username: 'office', password: 'zhenggai-demo' })).statusCode).toBe(422);
  house.clock.set('2020-05-11T04:01:01.000Z');
  expect((await agent.post('/sign-in', { username: 'office', password: 'zhenggai-demo' })).statusCode).toBe(303);
  const [row] = await house.db.reader.select({ failures: people.failures }).from(people).where(eq(people.username, 'office'));
  expect(row?.failures).toBe(0);
});

test('a session gets a new identifier at sign-in, is kept only as a hash, and is gone after the idle time', async () => {
  const house = await testHouse();
  await withCast(house);
  const app = await testApp(house);
  const before = agentOf(app);
  const page = await before.get('/sign-in');
  const given = page.cookies.find((cookie) => cookie.name === 'zhenggai')?.value ?? '';
  const response = await before.post('/sign-in', { username: 'office', password: 'zhenggai-demo' });
  const taken = response.cookies.find((cookie) => cookie.name === 'zhenggai')?.value ?? '';
  expect(taken).not.toBe(given);
  const rows = await house.db.reader.select().from(sessions);
  expect(rows.some((row) => taken.startsWith(row.id))).toBe(false);
  expect((await before.get('/account')).statusCode).toBe(200);
  house.clock.set('2020-05-11T06:00:00.000Z');
  expect((await before.get('/account')).statusCode).toBe(303);
});

test('a session that was ended stays ended, also for a request that was under way', async () => {
  const house = await testHouse();
  await withCast(house);
  const app = await testApp(house);
  const [slow, other] = [await signedIn(app, 'office'), await signedIn(app, 'office')];
  const rows = await house.db.reader.select({ id: sessions.id }).from(sessions);
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const body = new URLSearchParams({ _csrf: slow.token(), language: 'en', back: '/account' }).toString();
  const socket = connect(Number(port), '127.0.0.1').resume();
  socket.write(`POST /account/language HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${slow.cookie()}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body.slice(0, 5)}`);
  await setTimeout(100);
  for (const { id } of rows) if (id !== other.session()) await other.post('/account/sessions/end', { key: id });
  socket.write(body.slice(5));
  await once(socket, 'close');
  expect((await slow.get('/account')).statusCode).toBe(303);
  expect((await other.get('/account')).statusCode).toBe(200);
});

test('a disabled person is out at once', async () => {
  const house = await testHouse();
  await withCast(house);
  const app = await testApp(house);
  const transport = await signedIn(app, 'transport');
  const admin = await signedIn(app, 'admin');
  await admin.get('/people/4');
  expect((await admin.post('/people/4/disabling', { disabled: 'yes' })).statusCode).toBe(303);
  expect((await transport.get('/')).headers.location).toContain('/sign-in');
});

test('no write without its token, whatever the route', async () => {
  const house = await testHouse();
  await withCast(house);
  const app = await testApp(house);
  const office = await signedIn(app, 'office');
  for (const url of ['/sign-out', '/account/password', '/account/language', '/findings', '/findings/assignment', '/findings/ZG-2020-0001/closure']) {
    const response = await office.post(url, { _csrf: 'made-up' });
    expect([url, response.statusCode]).toEqual([url, 403]);
  }
});

test('what is sent after the session ended is not taken, that is said, and the way leads back to its form', async () => {
  const house = await testHouse();
  await withCast(house);
  const agent = agentOf(await testApp(house));
  await agent.get('/sign-in');
  const sent = await agent.post('/findings/new', { title: '台账不全' });
  const back = await agent.post('/findings/ZG-2020-0001/report', { text: '已办结' });
  expect([sent.statusCode, back.headers.location]).toEqual([303, '/sign-in?next=%2Ffindings%2FZG-2020-0001%2Freport&lost=yes']);
  const page = await agent.get(String(back.headers.location));
  expect(page.body).toContain('刚才提交的内容没有保存');
  expect((await agent.post('/sign-in', { username: 'office', password: 'zhenggai-demo', next: '/findings/ZG-2020-0001/report' })).headers.location).toBe('/findings/ZG-2020-0001/report');
});

test('only a path of this site is gone to after signing in', async () => {
  const house = await testHouse();
  await withCast(house);
  const agent = agentOf(await testApp(house));
  await agent.get('/sign-in');
  for (const next of ['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example']) {
    expect((await agent.post('/sign-in', { username: 'office', password: 'zhenggai-demo', next })).headers.location).toBe('/');
    await agent.post('/sign-out', {});
    await agent.get('/sign-in');
  }
});

test('nothing runs inline, nothing comes from elsewhere, and another host name is refused', async () => {
  const house = await testHouse();
  const app = await testApp(house);
  const page = await app.inject({ url: '/sign-in' });
  expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  expect(page.headers['strict-transport-security']).toBeUndefined();
  expect((await app.inject({ url: '/healthz', headers: { host: 'evil.example' } })).statusCode).toBe(421);
});

test('sign-ins and refusals stand in the audit trail, which only the auditor reads', async () => {
  const house = await testHouse();
  await withCast(house);
  const app = await testApp(house);
  const office = await signedIn(app, 'office');
  const auditor = await signedIn(app, 'auditor');
  expect((await office.get('/audit')).statusCode).toBe(403);
  expect((await auditor.get('/audit')).body).toContain('登录成功');
  expect((await auditor.get('/findings')).statusCode).toBe(403);
  expect((await house.db.reader.select().from(streamEvents)).length).toBeGreaterThanOrEqual(2);
});
