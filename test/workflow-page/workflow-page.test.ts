import { expect, test } from 'vitest';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';

test('everybody sees the workflow as a picture; its proof is for those who look after the system', async () => {
  const house = await testHouse();
  await withCast(house);
  const app = await testApp(house);
  for (const username of ['office', 'transport', 'admin', 'auditor']) {
    const { body } = await (await signedIn(app, username)).get('/workflow');
    expect([username, body.includes('<svg'), body.includes('条流转')]).toEqual([username, true, username === 'admin' || username === 'auditor']);
  }
});
