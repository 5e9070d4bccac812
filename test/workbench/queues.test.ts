import { expect, test } from 'vitest';
import { waitingForMe } from '../../src/workbench/queries.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, does, listed, walked } from '../support/factories.js';

test('what came back stands first, then what is due first, whoever holds which of several posts', async () => {
  const { house, cast } = await (async () => { const made = await testHouse(); return { house: made, cast: await withCast(made) }; })();
  const given = async (deadline: string): Promise<string> => {
    const number = await listed(house, cast, { title: `时限 ${deadline}` });
    await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, rectificationType: 'immediate', deadline });
    await does(house, cast, 'transport', number, 'ACCEPT');
    return number;
  };
  const [late, early] = [await given('2020-06-30'), await given('2020-05-20')];
  const back = await listed(house, cast, { title: '退回的' });
  await walked(house, cast, back, 'PASS');
  await does(house, cast, 'inspector', back, 'SEND_BACK', { method: 'onSite', companions: ['核查乙'], missing: '缺少第三个项目的批复原件，请补充。' });
  const rows = await waitingForMe(house.db.reader, await cast.person('transport'), await house.tree(), 'CLAIM', 20);
  expect(rows.map(({ number }) => number)).toEqual([back, early, late]);
  expect((await waitingForMe(house.db.reader, await cast.person('transport-head'), await house.tree(), 'CLAIM', 2)).map(({ number }) => number)).toEqual([back, early]);
  const { body } = await (await signedIn(await testApp(house), 'transport')).get('/');
  expect(body).toContain('退回整改');
  expect(body.indexOf(back)).toBeLessThan(body.indexOf(early));
});
