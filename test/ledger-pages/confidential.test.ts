import { expect, test } from 'vitest';
import { changeset, insertRow } from '../../db/changeset.js';
import { sources } from '../../db/schema/index.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, assignment, does } from '../support/factories.js';

/** A letter from the public, confidential, handed to the road bureau with a part for the county. */
async function aConfidentialSource() {
  const house = await testHouse();
  const cast = await withCast(house);
  await house.db.commit(changeset(insertRow(sources, { id: 9, channel: 'hotline', issuer: '某镇村民来信', documentNumber: '信〔2020〕9号', confidential: true })));
  const one = { ...aFinding(cast), sourceId: 9, originalNumber: 'LX77', texts: { extra: JSON.stringify({ 反映人: '某村民' }) } };
  const [number = ''] = await listFindings(house, await cast.person('office'), [one], { commandKey: 'one' });
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, responsibleUnitIds: [4, 8] });
  return { house, cast, number, app: await testApp(house) };
}

const secrets = ['某镇村民来信', '信〔2020〕9号', 'LX77', '某村民', '群众来电来信'];

test('a unit that puts it right learns from no page, filter, word or file where it came from', async () => {
  const { app, number, house } = await aConfidentialSource();
  for (const [username, own] of [['transport', number], ['ganzhou', `${number}-01`], ['ganzhou-office', `${number}-01`], ['inspector', number]] as const) {
    const agent = await signedIn(app, username);
    for (const url of [`/findings/${own}`, `/findings/${own}/history`, '/findings/export.csv', '/findings/export.csv?kind=parts']) {
      const { body, statusCode } = await agent.get(url);
      expect([username, url, statusCode, secrets.filter((secret) => body.includes(secret))]).toEqual([username, url, 200, []]);
    }
    for (const query of ['channel=hotline', 'source=9', 'q=LX77', 'q=某村民']) expect([username, query, (await agent.get(`/findings?${query}`)).body.includes(own)]).toEqual([username, query, false]);
    const kind = own === number ? '' : '&kind=parts';
    expect((await agent.get(`/findings?channel=superior${kind}`)).body).toContain(own);
  }
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('the office that it was handed to sees it, and finds it by its source', async () => {
  const { app, number } = await aConfidentialSource();
  const office = await signedIn(app, 'office');
  const { body } = await office.get(`/findings/${number}`);
  expect(secrets.filter((secret) => !body.includes(secret))).toEqual([]);
  expect((await office.get('/findings?source=9')).body).toContain(number);
  const file = (await office.get('/findings/export.csv')).body;
  expect([file.includes('LX77'), file.includes('反映人：某村民')]).toEqual([true, true]);
});

test('an office to which a part was handed on does not find it by a source that it may not know', async () => {
  const { app, number, house, cast } = await aConfidentialSource();
  await does(house, cast, 'ganzhou', `${number}-01`, 'ACCEPT');
  await does(house, cast, 'ganzhou', `${number}-01`, 'DECOMPOSE', { parts: [{ unitId: 9, deadline: '2020-06-20' }] });
  const county = await signedIn(app, 'ganzhou-office');
  expect((await county.get('/findings?kind=parts')).body).toContain(`${number}-01-01`);
  expect((await county.get('/findings?kind=parts&source=9')).body).not.toContain(`${number}-01`);
});
