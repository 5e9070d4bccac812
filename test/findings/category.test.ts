import { expect, test } from 'vitest';
import { changeset, insertRow } from '../../db/changeset.js';
import { categories } from '../../db/schema/index.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, assignment, does, listed } from '../support/factories.js';
import { listFindings } from '../../src/findings/commands/list.js';

/** A house with three categories, the last one out of use, and two findings under the first. */
async function filedWrong() {
  const house = await testHouse();
  const cast = await withCast(house);
  const of = (id: number, name: string, disabledOn: string | null = null) => insertRow(categories, { id, name, disabledOn });
  await house.db.commit(changeset(of(91, '道路建设'), of(92, '村组道路'), of(93, '旧类别', '2020-01-01')));
  const numbers = await listFindings(house, await cast.person('office'), ['甲问题', '乙问题'].map((title) => ({ ...aFinding(cast, { title }), categoryId: 91 })), { commandKey: 'two' });
  const category = async (number: string) => (await findingQueries(house.db.reader).byNumber(number))?.row.categoryId;
  return { house, cast, numbers, category };
}

test('a wrong category is corrected for many at once; filters and history follow, and the record still proves the row', async () => {
  const { house, numbers: [one = '', two = ''], category } = await filedWrong();
  const office = await signedIn(await testApp(house), 'office');
  const form = (await office.get(`/findings/category?n=${one}&n=${two}`)).body;
  expect([form.includes('村组道路'), form.includes('旧类别')]).toEqual([true, false]);
  const done = await office.follow('/findings/category', { n: [one, two], categoryId: '92', reason: '清单把村组道路归在道路建设下。', step: 'confirm', key: 'a' });
  expect(done.body).toContain('已调整类别 2 件');
  expect([await category(one), await category(two)]).toEqual([92, 92]);
  const [old, now] = [(await office.get('/findings?category=91')).body, (await office.get('/findings?category=92')).body];
  expect([old.includes(one), now.includes(one), now.includes(two)]).toEqual([false, true, true]);
  expect((await office.get(`/findings/${one}/history`)).body).toContain('道路建设 → 村组道路');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('to where it is already, to one out of use, or to none it is not filed', async () => {
  const { house, cast, numbers: [one = ''], category } = await filedWrong();
  const refused = async (categoryId: number) => does(house, cast, 'office', one, 'RECLASSIFY', { categoryId, reason: '归错了类。' }).then(() => 'done', (error: unknown) => JSON.stringify(error).match(/category\w+/u)?.[0]);
  expect([await refused(91), await refused(93), await refused(999), await category(one)]).toEqual(['categoryDiffers', 'categoryKnown', 'categoryKnown', 91]);
});

test('only its host office files it elsewhere', async () => {
  const { house, cast } = await filedWrong();
  const number = await listed(house, cast, {});
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, leadUnitId: 4 });
  for (const username of ['ganzhou-office', 'ganzhou', 'inspector', 'leader']) await expect(does(house, cast, username, number, 'RECLASSIFY', { categoryId: 92, reason: '归错了类。' })).rejects.toThrow();
});
