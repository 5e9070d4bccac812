import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { buildApp } from '../../src/app.js';
import type { Clock } from '../../src/clock.js';
import { dateIn } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import type { House } from '../../src/context.js';
import { houseOn } from '../../src/house.js';
import { sessionKey } from '../../src/plugins/sessions.js';
import { freshDatabase } from './databases.js';

/** A house on a ledger of its own, on 2020-05-11, noon in Shanghai, unless the test sets the clock on. */
export async function testHouse(): Promise<House & { readonly clock: SettableClock }> {
  const { db, dir } = await freshDatabase();
  const config = readConfig({}, { DATA_DIR: dir, LOG_LEVEL: 'silent' });
  const clock = settableClock('2020-05-11T04:00:00.000Z');
  return { ...(await houseOn(db, config, pino({ level: 'silent' }), clock)), clock };
}

export interface SettableClock extends Clock {
  set(instant: string): void;
}

export function settableClock(start: string, zone = 'Asia/Shanghai'): SettableClock {
  let instant = start;
  return { zone, now: () => instant, occurring: () => instant, today: () => dateIn(zone, instant), set: (next) => { instant = next; } };
}

export async function testApp(house: House): Promise<FastifyInstance> {
  const app = await buildApp(house);
  onTestFinished(async () => { await app.close(); });
  return app;
}

/** A browser of sorts: keeps its cookie, knows the token of the last page it saw. */
export interface Agent {
  get(url: string): Promise<LightMyRequestResponse>;
  post(url: string, form: Readonly<Record<string, string | readonly string[]>>): Promise<LightMyRequestResponse>;
  /** Sends a form and follows where its answer leads, as a browser does. */
  follow(url: string, form: Readonly<Record<string, string | readonly string[]>>): Promise<LightMyRequestResponse>;
  /** One file, as a form with a file sends it. */
  upload(url: string, name: string, bytes: Uint8Array): Promise<LightMyRequestResponse>;
  /** the cookie header, the token of the last page, and the key under which the session is kept. */
  cookie(): string;
  token(): string;
  session(): string;
  /** What a program sends. */
  json(url: string, data: unknown): Promise<LightMyRequestResponse>;
  /** Bytes of some type, as no browser sends them. */
  raw(url: string, type: string, payload: string): Promise<LightMyRequestResponse>;
  /** A form with texts and files, as a browser sends it. */
  send(url: string, texts: readonly (readonly [name: string, value: string])[], files: readonly (readonly [field: string, name: string, bytes: Uint8Array])[]): Promise<LightMyRequestResponse>;
}

export function agentOf(app: FastifyInstance): Agent {
  let cookie = '';
  let token = '';
  const seen = (response: LightMyRequestResponse): LightMyRequestResponse => {
    const set = response.cookies.find((each) => each.name === 'zhenggai');
    if (set) cookie = `zhenggai=${encodeURIComponent(set.value)}`;
    token = /name="_csrf" value="([^"]+)"/u.exec(response.body)?.[1] ?? token;
    return response;
  };
  const headers = () => ({ cookie, accept: 'text/html' });
  const send: Agent['send'] = async (url, texts, files) => {
    const mark = '----zhenggai';
    const part = (disposition: string, bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from(`--${mark}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`), bytes, Buffer.from('\r\n')]);
    const payload = Buffer.concat([
      ...texts.map(([name, value]) => part(`name="${name}"`, Buffer.from(value))),
      ...files.map(([field, name, bytes]) => part(`name="${field}"; filename="${name}"\r\nContent-Type: application/octet-stream`, bytes)), Buffer.from(`--${mark}--\r\n`),
    ]);
    return seen(await app.inject({ method: 'POST', url: `${url}?_csrf=${encodeURIComponent(token)}`, headers: { ...headers(), 'content-type': `multipart/form-data; boundary=${mark}` }, payload }));
  };
  const get: Agent['get'] = async (url) => seen(await app.inject({ method: 'GET', url, headers: headers() }));
  const post: Agent['post'] = async (url, form) => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries({ _csrf: token, ...form })) for (const each of [value].flat()) body.append(name, String(each));
    return seen(await app.inject({ method: 'POST', url, headers: { ...headers(), 'content-type': 'application/x-www-form-urlencoded' }, payload: body.toString() }));
  };
  return {
    get, post,
    async follow(url, form) {
      const answer = await post(url, form);
      return answer.statusCode === 303 ? get(String(answer.headers.location)) : answer;
    },
    cookie: () => cookie,
    token: () => token,
    session: () => sessionKey(decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? ''),
    json: async (url, data) => seen(await app.inject({ method: 'POST', url, headers: { cookie, accept: 'application/json', 'x-csrf-token': token }, payload: { data } })),
    upload: (url, name, bytes) => send(url, [], [['file', name, bytes]]),
    send,
    raw: async (url, type, payload) => seen(await app.inject({ method: 'POST', url: `${url}?_csrf=${encodeURIComponent(token)}`, headers: { ...headers(), 'content-type': type }, payload })),
  };
}

/** Signs in through the page, as people do. */
export async function signedIn(app: FastifyInstance, username: string, password = 'zhenggai-demo'): Promise<Agent> {
  const agent = agentOf(app);
  await agent.get('/sign-in');
  const response = await agent.post('/sign-in', { username, password, next: '/healthz' });
  if (response.statusCode !== 303) throw new Error(`${username} could not sign in: ${response.statusCode}`);
  await agent.get('/account');
  return agent;
}
