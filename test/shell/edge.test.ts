import type { FastifyInstance } from 'fastify';
import { connect } from 'node:net';
import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { changeset } from '../../db/changeset.js';
import { streamEvents } from '../../db/schema/index.js';
import { ConfigError, readConfig } from '../../src/config.js';
import { commitRecorded } from '../../src/ledger/stream.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { agentOf, signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, does, listed } from '../support/factories.js';

async function aServer() {
  const house = await testHouse();
  const cast = await withCast(house);
  const app = await testApp(house);
  return { house, cast, app };
}

test('every fault of the settings is named at once', () => {
  const wrong = { PORT: 'ninety', ZONE: 'Mars/Olympus', LOG_LEVEL: 'loud', TRUST_PROXY: 'perhaps', SESSION_IDLE_MINUTES: '1', SESSION_HOURS: '0', UPLOAD_LIMIT_MB: '-1' };
  expect(() => readConfig({}, wrong)).toThrow(ConfigError);
  try {
    readConfig({}, wrong);
  } catch (error) {
    for (const name of Object.keys(wrong)) expect(String(error)).toContain(name);
  }
});

test('no write without its token, on any route there is', async () => {
  const { app, cast, house } = await aServer();
  await listed(house, cast);
  const office = await signedIn(app, 'office');
  const urls = everyWrite(app).map((url) => url.replace(':number', 'ZG-2020-0001').replace(':resource', 'assignment').replace(':id', '4'));
  expect(urls).toEqual(expect.arrayContaining(['/sign-in', '/sign-out', '/first-run', '/account/language', '/account/password', '/account/sessions/end', '/findings', '/findings/assignment', '/findings/ZG-2020-0001/assignment', '/imports', '/imports/4/mapping', '/imports/4/confirmation', '/people', '/people/4', '/people/4/disabling', '/people/4/slip', '/activation', '/handover', '/organisation', '/organisation/4', '/organisation/import']));
  for (const url of urls) {
    const refused = await office.post(url, { _csrf: 'made-up' });
    expect([url, refused.statusCode, refused.body.includes('页面已过期')]).toEqual([url, 403, true]);
    expect([url, (await app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json', accept: 'text/html' }, payload: '{}' })).statusCode >= 300]).toEqual([url, true]);
  }
});

/** Every address that takes a POST, as the router knows them. */
function everyWrite(app: FastifyInstance): readonly string[] {
  const path: string[] = [];
  return app.printRoutes({ commonPrefix: false, method: 'POST' }).split('\n').flatMap((line) => {
    const found = /^([│ ]*)[├└]── (\S*)(?: \(POST\))?/u.exec(line);
    if (!found) return [];
    path.length = (found[1] ?? '').length / 4;
    path.push(found[2] ?? '');
    return line.includes('(POST)') ? [path.join('')] : [];
  });
}

test('an address or a request that cannot be read is answered in words, and nothing is told of the inside', async () => {
  const { app } = await aServer();
  for (const url of ['/%', '/findings/%E4%B8', '/findings/%ff']) {
    const answer = await app.inject({ url });
    expect([url, answer.statusCode, answer.body.includes('服务器看不懂这个请求'), /Error|at \w+|FST_/u.test(answer.body)]).toEqual([url, 400, true, false]);
  }
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = new URL(address);
  for (const [raw, status] of [['NONSENSE\r\n\r\n', '400'], [`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, '431']] as const) {
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(raw);
    const [bytes] = await once(socket, 'data') as [Buffer]; // what a socket emits
    expect(bytes.toString('utf8').startsWith(`HTTP/1.1 ${status}`)).toBe(true);
    socket.destroy();
  }
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
});

test('a form with a text or with more files than a form may carry is refused, and what was there stays', async () => {
  const { app, cast, house } = await aServer();
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', assignment);
  await does(house, cast, 'transport', number, 'ACCEPT');
  const transport = await signedIn(app, 'transport');
  await transport.get('/account');
  const long = await transport.send(`/findings/${number}/evidence`, [['note', '长'.repeat(100_000)]], []);
  expect([long.statusCode, long.body.includes('href="#f-note"'), long.body.includes('长'.repeat(100_000))]).toEqual([422, true, true]);
  const large = await transport.send(`/findings/${number}/evidence`, [['note', 'x'.repeat(600_000)]], []);
  expect([large.statusCode, large.body.includes('太大')]).toEqual([413, true]);
  const sum = await transport.send(`/findings/${number}/evidence`, Array.from({ length: 10 }, (_, each) => [`x${each}`, 'x'.repeat(300_000)] as const), []);
  expect([sum.statusCode, sum.body.includes('太大')]).toEqual([413, true]);
  const many = await transport.send(`/findings/${number}/evidence`, [], Array.from({ length: 25 }, (_, each) => ['files', `${each}.txt`, Buffer.from('x')] as const));
  expect([many.statusCode, many.body.includes('太大')]).toEqual([413, true]);
  expect((await transport.get(`/findings/${number}`)).body).not.toContain('24.txt');
  for (const [type, payload] of [['multipart/form-data; boundary=x', '--x\r\nbroken'], ['multipart/form-data', 'x'], ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\ncut off']] as const) {
    const broken = await transport.raw(`/findings/${number}/evidence`, type, payload);
    expect([payload, broken.statusCode, broken.body.includes('服务器看不懂这个请求')]).toEqual([payload, 400, true]);
  }
});

test('five wrong tries from one address wait a minute, even with the right password; from elsewhere the person gets in', async () => {
  const { app, house } = await aServer();
  const here = agentOf(app);
  await here.get('/sign-in');
  const token = /name="_csrf" value="([^"]+)"/u;
  const from = async (remoteAddress: string, password: string): Promise<number> => {
    const page = await app.inject({ url: '/sign-in', remoteAddress });
    const cookie = `zhenggai=${encodeURIComponent(page.cookies[0]?.value ?? '')}`;
    return (await app.inject({ method: 'POST', url: '/sign-in', remoteAddress, headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ _csrf: token.exec(page.body)?.[1] ?? '', username: 'office', password }).toString() })).statusCode;
  };
  for (let tries = 0; tries < 5; tries += 1) expect(await from('10.0.0.66', 'wrong password')).toBe(422);
  expect(await from('10.0.0.66', 'zhenggai-demo')).toBe(422);
  expect(await from('10.0.0.7', 'zhenggai-demo')).toBe(303);
  house.clock.set('2020-05-11T04:01:01.000Z');
  expect(await from('10.0.0.66', 'wrong password')).toBe(422);
  house.clock.set('2020-05-11T04:02:30.000Z');
  expect(await from('10.0.0.66', 'zhenggai-demo')).toBe(422);
  house.clock.set('2020-05-11T05:30:00.000Z');
  expect(await from('10.0.0.66', 'zhenggai-demo')).toBe(303);
});

test('however many write to one record at once, each is written', async () => {
  const house = await testHouse();
  const before = await house.db.reader.$count(streamEvents);
  await Promise.all(Array.from({ length: 120 }, (_, index) => commitRecorded(house, changeset(), { stream: 'exports', type: 'LedgerExported', actorId: index, actorName: '某人', payload: {} })));
  expect(await house.db.reader.$count(streamEvents)).toBe(before + 120);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('however busy, everybody signs in again after twelve hours', async () => {
  const { app, house } = await aServer();
  const office = await signedIn(app, 'office');
  for (let hour = 4; hour < 15; hour += 0.5) {
    house.clock.set(`2020-05-11T${String(Math.floor(hour)).padStart(2, '0')}:${hour % 1 === 0 ? '00' : '30'}:00.000Z`);
    expect([hour, (await office.get('/account')).statusCode]).toEqual([hour, 200]);
  }
  for (const instant of ['2020-05-11T15:30:00.000Z', '2020-05-11T16:00:30.000Z']) {
    house.clock.set(instant);
    await office.get('/account');
  }
  expect((await office.get('/account')).statusCode).toBe(303);
});

test('over a bad line a page is a fraction of itself, for whoever can read that; a workbook is packed already', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  for (let each = 0; each < 12; each += 1) await listed(house, cast);
  const app = await testApp(house);
  const office = await signedIn(app, 'office');
  const plain = await app.inject({ url: '/findings', headers: { cookie: office.cookie() } });
  const packed = await app.inject({ url: '/findings', headers: { cookie: office.cookie(), 'accept-encoding': 'gzip' } });
  expect([plain.headers['content-encoding'], packed.headers['content-encoding'], packed.headers.vary]).toEqual([undefined, 'gzip', 'accept-encoding']);
  expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
  expect(gunzipSync(packed.rawPayload).toString()).toContain('ZG-2020-0012');
  const file = await app.inject({ url: '/findings/export.xlsx', headers: { cookie: office.cookie(), 'accept-encoding': 'gzip' } });
  expect([file.statusCode, file.headers['content-encoding']]).toEqual([200, undefined]);
});
