import { eq } from 'drizzle-orm';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { people, sessions, streamEvents } from '../../db/schema/index.js';
import { findingQueries } from '../../src/findings/queries.js';
import { sentFrom } from '../../src/sign-in/sent.js';
import { agentOf, signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, does, listed } from '../support/factories.js';

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

test('what was typed while the session ended waits for whoever signs in, and is sent in their name when they say so; from another site nothing does', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, rectificationType: 'immediate' });
  await does(house, cast, 'transport', number, 'ACCEPT');
  const app = await testApp(house);
  const typed = '三处缺口已经补齐，“照片”附后。';
  const sending = async (origin: string, fields: Readonly<Record<string, string>>) => app.inject({ method: 'POST', url: `/findings/${number}/report`, headers: { accept: 'text/html', origin, 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams(fields).toString() });
  expect((await sending('http://elsewhere.example', { text: typed })).headers.location).toContain('lost=yes');
  expect((await sending('http://localhost:80', { current_password: 'geheim' })).headers.location).toContain('lost=yes');
  const page = await sending('http://localhost:80', { text: typed, key: 'k', seen: '3' });
  expect([page.statusCode, page.body.includes('刚才填写的文字还在')]).toEqual([401, true]);
  const [, sent = ''] = /name="sent" value="([^"]+)"/u.exec(page.body) ?? [];
  const agent = agentOf(app);
  await agent.get('/sign-in');
  const wrong = await agent.post('/sign-in', { username: 'transport', password: 'nothing', sent });
  expect([wrong.statusCode, wrong.body.includes(sent)]).toEqual([422, true]);
  const again = await agent.post('/sign-in', { username: 'transport', password: 'zhenggai-demo', sent });
  expect([again.statusCode, again.body.includes('交通经办甲'), again.body.includes('三处缺口已经补齐')]).toEqual([200, true, true]);
  expect((await agent.post(`/findings/${number}/report`, { text: typed, key: 'k', seen: '3' })).statusCode).toBe(303);
  expect((await findingQueries(house.db.reader).byNumber(number))?.row.latest).toBe(typed);
  // So does a page that stayed open while its reader signed in anew.
  const stale = await app.inject({ method: 'POST', url: `/findings/${number}/report`, headers: { accept: 'text/html', origin: 'http://localhost:80', cookie: agent.cookie(), 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ _csrf: 'of-the-session-before', text: '第四处也已补齐。' }).toString() });
  expect([stale.statusCode, stale.body.includes('第四处也已补齐'), (await findingQueries(house.db.reader).byNumber(number))?.row.latest]).toEqual([409, true, typed]);
  // A form with a file comes as a stream: its texts wait, its file does not.
  const mark = '----zhenggai';
  const payload = `--${mark}\r\nContent-Disposition: form-data; name="text"\r\n\r\n${typed}\r\n--${mark}\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\r\n--${mark}--\r\n`;
  const streamed = await app.inject({ method: 'POST', url: `/findings/${number}/report`, headers: { accept: 'text/html', origin: 'http://localhost:80', 'content-type': `multipart/form-data; boundary=${mark}` }, payload });
  const [, kept = ''] = /name="sent" value="([^"]+)"/u.exec(streamed.body) ?? [];
  expect(sentFrom(kept)).toEqual({ path: `/findings/${number}/report`, texts: [['text', typed]] });
  for (const text of ['', 'x', Buffer.from('{"path":"//elsewhere.example","texts":[]}').toString('base64url'), Buffer.from('{"path":"/","texts":[["a"]]}').toString('base64url')]) expect(sentFrom(text)).toBeNull();
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
