import { expect, test } from 'vitest';
import { buildApp } from '../../src/app.js';
import { isBegun } from '../../src/first-run/first-run.js';
import { agentOf, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';

const form = { code: 'ABCD2345', root: '某市', name: '管理员', username: 'root', password: 'long enough 1', again: 'long enough 1' };

test('whoever reads the code on the console makes the first administrator, once', async () => {
  const house = await testHouse();
  const app = await buildApp(house, { code: form.code });
  const agent = agentOf(app);
  expect((await agent.get('/sign-in')).headers.location).toBe('/first-run');
  await agent.get('/first-run');
  for (const [wrong, sentence] of [[{ code: 'WRONG234' }, '一次性代码'], [{ root: '' }, '需要改正'], [{ password: 'short', again: 'short' }, '需要改正'], [{ again: 'another one 2' }, '需要改正']] as const) {
    const { statusCode, body } = await agent.post('/first-run', { ...form, ...wrong });
    expect([statusCode, body.includes(sentence)], JSON.stringify(wrong)).toEqual([422, true]);
  }
  expect(await isBegun(house)).toBe(false);
  const answers = await Promise.all([agent.post('/first-run', form), agent.post('/first-run', { ...form, username: 'other' })]);
  expect(answers.map((answer) => answer.statusCode).sort()).toEqual([303, 404]);
  expect((await agent.get('/first-run')).statusCode).toBe(404);
  const signedIn = await Promise.all(['root', 'other'].map(async (username) => {
    const one = agentOf(app);
    await one.get('/sign-in');
    return (await one.post('/sign-in', { username, password: form.password })).statusCode;
  }));
  expect(signedIn.sort()).toEqual([303, 422]);
  await app.close();
});

test('a ledger in which somebody works is never begun anew', async () => {
  const house = await testHouse();
  await withCast(house);
  const app = await buildApp(house, { code: form.code });
  const agent = agentOf(app);
  await agent.get('/sign-in');
  expect((await agent.get('/first-run')).statusCode).toBe(404);
  expect((await agent.post('/first-run', form)).statusCode).toBe(404);
  await app.close();
});
