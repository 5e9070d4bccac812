import { expect, test } from 'vitest';
import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { people, posts } from '../../db/schema/index.js';
import { actorsOf } from '../../src/findings/actors.js';
import type { Behalf } from '../../src/findings/commands/behalf.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { does, listed, photo, walked } from '../support/factories.js';

const found = { method: 'onSite', companions: ['外单位李某'], note: '属实，已到现场。' } as const;
const scan = ['scan', '签字原件.pdf', Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF')] as const;

/** A finding that an inspector is to verify, on 6 May; by 11 May what was decided on paper is typed. */
async function aWeekOfPapers(until = 'PASS') {
  const house = await testHouse();
  const cast = await withCast(house);
  house.clock.set('2020-05-06T04:00:00.000Z');
  const number = await listed(house, cast);
  await walked(house, cast, number, until);
  const load = async () => {
    const loaded = await findingQueries(house.db.reader).byNumber(number);
    if (!loaded) throw new Error(`${number} is not there.`);
    return loaded;
  };
  const paperOf = async (username: string, basisDate: string): Promise<Behalf> => {
    const principals = actorsOf(await cast.person(username), (await load()).snapshot.context, await house.tree());
    return { principals, basisNumber: '核〔2020〕1号', basisDate, scan: { ...(await photo(house, 'paper')), kind: 'scan' } };
  };
  const refusedBy = (doing: Promise<unknown>): Promise<unknown> => doing.then(() => [], (error: unknown) => (error instanceof Error ? Reflect.get(error, 'refusals') as { rule: string }[] : []).map(({ rule }) => rule)); // what the house's errors carry
  return { house, cast, number, load, paperOf, refusedBy };
}

test('whoever was seconded to the lead unit on the day of the paper did not verify it that day, whenever it is typed', async () => {
  const { house, cast, number, paperOf, refusedBy } = await aWeekOfPapers();
  await house.db.commit(changeset(insertRow(posts, { id: 90, personId: 7, unitId: 3, role: 'handler', kind: 'secondment', untilOn: '2020-05-09' })));
  house.clock.set('2020-05-08T04:00:00.000Z');
  expect(await refusedBy(does(house, cast, 'inspector', number, 'PASS', found))).toEqual(['never.belongs']);
  house.clock.set('2020-05-11T04:00:00.000Z');
  expect(await refusedBy(does(house, cast, 'office2', number, 'PASS', found, { onBehalf: await paperOf('inspector', '2020-05-08') }))).toEqual(['never.belongs']);
  expect(await refusedBy(does(house, cast, 'office2', number, 'PASS', found, { onBehalf: await paperOf('inspector', '2020-05-10') }))).toEqual([]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('nor did whoever has come to the lead unit since: duties bind both ways', async () => {
  const { house, cast, number, paperOf, refusedBy } = await aWeekOfPapers();
  await house.db.commit(changeset(insertRow(posts, { id: 90, personId: 7, unitId: 3, role: 'handler', kind: 'secondment', fromOn: '2020-05-10' })));
  house.clock.set('2020-05-11T04:00:00.000Z');
  expect(await refusedBy(does(house, cast, 'office2', number, 'PASS', found, { onBehalf: await paperOf('inspector', '2020-05-08') }))).toEqual(['never.belongs']);
});

test('a companion is who they were on the day of the paper, too', async () => {
  const { house, cast, number, paperOf, refusedBy } = await aWeekOfPapers();
  await house.db.commit(changeset(insertRow(posts, { id: 90, personId: 8, unitId: 3, role: 'handler', kind: 'secondment', untilOn: '2020-05-09' })));
  house.clock.set('2020-05-11T04:00:00.000Z');
  const along = { ...found, companions: ['核查乙'] };
  expect(await refusedBy(does(house, cast, 'office2', number, 'PASS', along, { onBehalf: await paperOf('inspector', '2020-05-08') }))).toEqual(['companionsFree']);
  expect(await refusedBy(does(house, cast, 'office2', number, 'PASS', along, { onBehalf: await paperOf('inspector', '2020-05-10') }))).toEqual([]);
});

test('what the head signed before they left is entered for them; their successor signed nothing then', async () => {
  const { house, number, load } = await aWeekOfPapers('SIGN_PLAN');
  await house.db.commit(changeset(
    updateRow(posts, { untilOn: '2020-05-08' }, { id: 5 }, 'post'),
    insertRow(people, { id: 60, username: 'transport-head2', usernameKey: 'transport-head2', name: '交通新负责人', passwordHash: 'x', mustChangePassword: false }), insertRow(posts, { id: 90, personId: 60, unitId: 3, role: 'head', fromOn: '2020-05-09' }),
  ));
  house.clock.set('2020-05-11T04:00:00.000Z');
  const transport = await signedIn(await testApp(house), 'transport');
  const entered = async (person: number, date: string) => {
    await transport.get(`/findings/${number}/plan-signature`);
    return transport.send(`/findings/${number}/plan-signature`, [['behalfPersonId', String(person)], ['basisNumber', '交运签〔2020〕3号'], ['basisDate', date]], [scan]);
  };
  const early = await entered(60, '2020-05-08');
  expect([early.statusCode, early.body.includes('交通新负责人在审签当日（2020-05-08）没有担任')]).toEqual([422, true]);
  expect((await entered(5, '2020-05-09')).statusCode).toBe(422);
  expect((await entered(5, '2020-05-08')).statusCode).toBe(303);
  expect((await load()).row.state).toBe('rectifying.planReview');
  expect((await verifyLedger(house)).faults).toEqual([]);
});
