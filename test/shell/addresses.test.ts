import { expect, test } from 'vitest';
import { ownPath } from '../../src/own-path.js';
import { agentOf, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';

test('an address to go to is a path of this site, in ASCII', () => {
  expect(ownPath('/findings?q=道路#第一')).toBe('/findings?q=%E9%81%93%E8%B7%AF#%E7%AC%AC%E4%B8%80');
  expect(ownPath('/中文')).toBe('/%E4%B8%AD%E6%96%87');
  for (const elsewhere of ['', 'findings', '//elsewhere.example', '/\\elsewhere.example', '/\t/elsewhere.example', '/.//elsewhere.example', '/a/..//elsewhere.example', 'https://elsewhere.example', '///', 'javascript:alert(1)']) {
    expect([elsewhere, ownPath(elsewhere)]).toEqual([elsewhere, '/']);
  }
});

test('whoever changes the language on a page with a Chinese address comes back to it, and the server lives on', async () => {
  const house = await testHouse();
  const app = await testApp(house);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const page = await fetch(`${address}/sign-in`);
  const token = /name="_csrf" value="([^"]+)"/u.exec(await page.text())?.[1] ?? '';
  const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const answer = await fetch(`${address}/account/language`, { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams({ _csrf: token, language: 'en', back: '/中文' }) });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/%E4%B8%AD%E6%96%87']);
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
});

test('a header that cannot be written, behind a session that is saved, is an error of that request and of no other', async () => {
  const house = await testHouse();
  await withCast(house);
  const app = await testApp(house);
  app.get('/broken', { config: { open: true } }, (request, reply) => {
    request.session.language = 'en';
    return reply.code(303).header('location', '/中文').send('');
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const answer = await fetch(`${address}/broken`, { redirect: 'manual' });
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('ERR_INVALID_CHAR');
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  expect((await agentOf(app).get('/sign-in')).statusCode).toBe(200);
});
