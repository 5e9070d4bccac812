import { expect, test } from 'vitest';
import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { people, posts } from '../../db/schema/index.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { does, listed, verdict, walked } from '../support/factories.js';

/** A finding that 核查甲 is to verify, on which 交通经办甲 reported. */
async function toVerify() {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await walked(house, cast, number, 'PASS');
  const marks = async () => (await findingQueries(house.db.reader).byNumber(number))?.snapshot.context.marks.filter(({ duty }) => duty === 'pass').map(({ personId }) => personId);
  /** What refuses it; the pass itself, where nothing does. */
  const withCompanions = (...companions: readonly string[]): Promise<unknown> => does(house, cast, 'inspector', number, 'PASS', { ...verdict, companions }).then(() => 'passed', (error: unknown) => (error instanceof Error ? Reflect.get(error, 'refusals') as { rule: string }[] : []).map(({ rule }) => rule)); // what the house's errors carry
  return { house, cast, number, marks, withCompanions };
}

test('a companion is found however their name is written, and whatever stands in brackets behind it', async () => {
  const { house, withCompanions, marks } = await toVerify();
  await house.db.commit(changeset(updateRow(people, { name: '交通 经办甲' }, { id: 4 }, 'person')));
  for (const name of ['交通经办甲', '交通　经办甲', '交通经办甲(核查组)', '交通经办甲（核查组）', '交通经办甲【借调】（核查组）']) expect([name, await withCompanions(name)]).toEqual([name, ['companionsFree']]);
  expect(await withCompanions('核查乙（核查组）')).toBe('passed');
  expect(await marks()).toEqual([7, 8]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('whoever reported on it does not go along, also without a post and without an account', async () => {
  const { house, withCompanions } = await toVerify();
  await house.db.commit(changeset(updateRow(posts, { untilOn: '2020-05-10' }, { id: 4 }, 'post')));
  expect(await withCompanions('交通经办甲')).toEqual(['companionsFree']);
  await house.db.commit(changeset(updateRow(people, { disabledOn: '2020-05-10' }, { id: 4 }, 'person')));
  expect(await withCompanions('交通经办甲')).toEqual(['companionsFree']);
});

test('somebody who goes along without a post of today is bound by it', async () => {
  const { house, withCompanions, marks } = await toVerify();
  await house.db.commit(changeset(updateRow(posts, { untilOn: '2020-05-10' }, { id: 8 }, 'post')));
  expect(await withCompanions('核查乙')).toBe('passed');
  expect(await marks()).toEqual([7, 8]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('one person under two names is one, and nobody goes along with themselves', async () => {
  const { house, number, withCompanions } = await toVerify();
  for (const name of ['核查甲(核查组)', '核查甲（核查组）', '核 查甲【市】']) expect([name, await withCompanions(name)]).toEqual([name, ['twoPeople']]);
  expect(await withCompanions('核查乙', '核查 乙', '核查乙（核查组）', '外单位李某（省厅）', '外单位李某(省厅)')).toBe('passed');
  const [passed] = await findingQueries(house.db.reader).events((await findingQueries(house.db.reader).byNumber(number))?.row.id ?? 0, null, 1);
  expect(JSON.parse(passed?.payload ?? '{}')).toMatchObject({ companions: ['核查乙', '外单位李某（省厅）'] });
});

test('who is called just so comes before who is called so but for the brackets', async () => {
  const { house, withCompanions } = await toVerify();
  const named = (id: number, name: string, unitId: number) => [insertRow(people, { id, username: `p${id}`, usernameKey: `p${id}`, name, passwordHash: 'x', mustChangePassword: false }), insertRow(posts, { id, personId: id, role: 'handler', unitId })];
  await house.db.commit(changeset(...named(60, '张三（交通）', 3), ...named(61, '张三（水务）', 7)));
  expect(await withCompanions('张三')).toEqual(['companionsFree']);
  expect(await withCompanions('张三(交通)')).toEqual(['companionsFree']);
  expect(await withCompanions('张三(水务)')).toBe('passed');
});
