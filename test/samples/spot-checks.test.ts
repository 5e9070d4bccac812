import { expect, test } from 'vitest';
import { RefusedError } from '../../src/errors.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { does, listed, walked } from '../support/factories.js';

const look = { method: 'onSite', companions: ['同行甲'], note: '到现场复看。' } as const;

/** A finding that was verified and waits for its closure. */
async function aVerified() {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await walked(house, cast, number, 'CLOSE');
  const closing = does.bind(null, house, cast, 'office', number, 'CLOSE', { outcome: 'rectified', decisionNumber: '张整〔2020〕1号' });
  const load = async () => findingQueries(house.db.reader).byNumber(number);
  return { house, cast, number, closing, load };
}

const refused = async (doing: Promise<unknown>): Promise<readonly string[]> => doing.then(() => [], (error: unknown) => (error instanceof RefusedError ? error.refusals.map(({ rule }) => rule) : Promise.reject(error)));

test('what a spot check found not to be done is not closed: it goes back, or somebody finds it done', async () => {
  const { house, cast, number, closing, load } = await aVerified();
  await does(house, cast, 'inspector3', number, 'SPOT_CHECK', { ...look, result: 'unsound' });
  expect(await refused(closing())).toEqual(['notFoundUnsound']);
  const office = await signedIn(await testApp(house), 'office');
  expect((await office.get(`/findings/${number}/closure`)).body).toContain('2020-05-11 抽查发现没有达到要求');
  await does(house, cast, 'office', number, 'SEND_BACK', { missing: '抽查发现一处责任牌缺失，请补齐。' });
  expect((await load())?.snapshot.context.unsoundOn).toBeNull();
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a second look that finds it done lets it be closed, and the form of the closure shows both', async () => {
  const { house, cast, number, closing, load } = await aVerified();
  await does(house, cast, 'inspector3', number, 'SPOT_CHECK', { ...look, result: 'unsound' });
  await does(house, cast, 'inspector3', number, 'SPOT_CHECK', { ...look, note: '当日已补，复看合格。', result: 'sound' });
  const office = await signedIn(await testApp(house), 'office');
  expect((await office.get(`/findings/${number}/closure`)).body).toContain('当日已补，复看合格');
  await closing();
  expect((await load())?.row.stage).toBe('closed');
});

test('a look that would leave nobody to close it says so before it binds them', async () => {
  const { house, cast, number } = await aVerified();
  const both = { ...look, companions: ['办公室甲', '办公室乙'], result: 'sound' };
  expect(await refused(does(house, cast, 'inspector3', number, 'SPOT_CHECK', both, { warn: true }))).toEqual(['nobodyLeft.CLOSE']);
  await does(house, cast, 'inspector3', number, 'SPOT_CHECK', { ...both, companions: ['办公室乙'] }, { warn: true });
});
