import { expect, test } from 'vitest';
import { changeset, insertRow } from '../../db/changeset.js';
import { categories } from '../../db/schema/index.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { findingQueries } from '../../src/findings/queries.js';
import { ruleFor, rulesOf } from '../../src/rules/suggest.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding } from '../support/factories.js';

async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  await house.db.commit(changeset(insertRow(categories, { id: 1, name: '道路' }), insertRow(categories, { id: 2, name: '饮水' })));
  const app = await testApp(house);
  const office = await signedIn(app, 'office');
  await office.get('/rules');
  return { house, cast, app, office };
}

test('an office keeps rules; one for a category and a region, each fault said, each change recorded', async () => {
  const { house, app, office } = await aHouse();
  expect((await office.post('/rules', { categoryId: '1', unitId: '3', days: '15', supervisor: '督办人甲' })).statusCode).toBe(303);
  const faulty: readonly (readonly [Record<string, string>, string])[] = [
    [{ categoryId: '1', unitId: '7' }, '已有规则'], [{ categoryId: '2' }, '请填写“牵头单位”'], [{ unitId: '999' }, '选择的单位不存在'], [{ unitId: '7', days: '0' }, '应是 1 到'], [{ unitId: '7', categoryId: '9' }, '请从所列选项中选择'],
    [{ unitId: '7', supervisor: '甲'.repeat(61) }, '太长'],
  ];
  for (const [form, sentence] of faulty) {
    const { statusCode, body } = await office.post('/rules', form);
    expect([statusCode, body.includes(sentence)], sentence).toEqual([422, true]);
  }
  expect((await office.get('/rules')).body).toContain('督办人甲');
  const [rule] = await rulesOf(house.db.reader, 2);
  const county = await signedIn(app, 'ganzhou-office');
  expect((await county.get('/rules')).body).not.toContain('督办人甲');
  expect((await county.post(`/rules/${rule?.id ?? 0}/removal`, {})).statusCode).toBe(404);
  for (const username of ['transport', 'leader', 'admin']) expect([username, (await (await signedIn(app, username)).get('/rules')).statusCode]).toEqual([username, 403]);
  expect((await office.post(`/rules/${rule?.id ?? 0}/removal`, {})).statusCode).toBe(303);
  expect(await rulesOf(house.db.reader, 2)).toEqual([]);
  expect((await (await signedIn(app, 'auditor')).get('/audit?stream=organisation')).body).toContain('删除分派规则');
});

test('the rule that fits best is the one of the category, and of those the one of the smallest region', async () => {
  const { house } = await aHouse();
  const tree = await house.tree();
  const rule = (id: number, categoryId: number | null, regionUnitId: number | null) => ({ id, hostOfficeId: 2, categoryId, regionUnitId, unitId: 3, sectorUnitId: null, supervisor: '', days: null });
  const rules = [rule(1, null, null), rule(2, null, 4), rule(3, 1, null), rule(4, 1, 4), rule(5, 1, 9)];
  const found = (categoryId: number | null, unitId: number | null): number | undefined => ruleFor(rules, { categoryId, unitId }, tree)?.id;
  expect([found(1, 9), found(1, 4), found(1, 8), found(2, 9), found(2, null), found(null, null)]).toEqual([5, 4, 3, 2, 1, 1]);
  expect(ruleFor([rule(4, 1, 4)], { categoryId: 1, unitId: null }, tree)).toBeNull();
});

test('clues are handed out by the rules when somebody accepts that, each to its unit; without it nothing is filled in', async () => {
  const { house, cast, office } = await aHouse();
  await office.post('/rules', { categoryId: '1', unitId: '3', days: '10' });
  await office.post('/rules', { categoryId: '2', unitId: '7', days: '5' });
  const clues = await listFindings(house, await cast.person('office'), [1, 2, null].map((categoryId) => ({ ...aFinding(cast, { suspected: true }), categoryId })), { commandKey: 'clues' });
  const { body } = await office.get('/findings/check-request?all=yes');
  for (const words of ['规则建议：市交通局', '规则建议：市水务局', '采用建议的单位等（2 件有建议）']) expect(body).toContain(words);
  expect((await office.post('/findings/check-request', { n: clues, step: 'confirm', key: 'a' })).statusCode).toBe(422);
  expect((await office.post('/findings/check-request', { n: clues, suggested: 'yes', step: 'preview', key: 'b' })).body).toContain('可以交办核实 2 件，不能交办核实 1 件');
  expect((await office.follow('/findings/check-request', { n: clues, suggested: 'yes', step: 'confirm', key: 'b' })).body).toContain('已交办核实 2 件');
  const rows = await Promise.all(clues.map(async (number) => (await findingQueries(house.db.reader).byNumber(number))?.row));
  expect(rows.map((row) => [row?.state, row?.leadUnitId, row?.dueOn])).toEqual([['suspected.checking', 3, '2020-05-21'], ['suspected.checking', 7, '2020-05-16'], ['suspected.toCheck', null, null]]);
});

test('a rule that is changed between preview and confirmation is previewed again: nothing is given to a unit that nobody saw', async () => {
  const { house, cast, office } = await aHouse();
  await office.post('/rules', { categoryId: '1', unitId: '3', days: '10' });
  const [clue = ''] = await listFindings(house, await cast.person('office'), [{ ...aFinding(cast, { suspected: true }), categoryId: 1 }], { commandKey: 'clue' });
  const form = { n: clue, suggested: 'yes', key: 'a' };
  const previewed = /name="previewed" value="([^"]+)"/u.exec((await office.post('/findings/check-request', { ...form, step: 'preview' })).body)?.[1] ?? '';
  const [rule] = await rulesOf(house.db.reader, 2);
  await office.post(`/rules/${rule?.id ?? 0}/removal`, {});
  await office.post('/rules', { categoryId: '1', unitId: '7', days: '10' });
  const again = (await office.post('/findings/check-request', { ...form, step: 'confirm', previewed })).body;
  expect((await findingQueries(house.db.reader).byNumber(clue))?.row.state).toBe('suspected.toCheck');
  const now = /name="previewed" value="([^"]+)"/u.exec(again)?.[1] ?? '';
  expect(now).not.toBe(previewed);
  await office.post('/findings/check-request', { ...form, step: 'confirm', previewed: now });
  expect((await findingQueries(house.db.reader).byNumber(clue))?.row).toMatchObject({ state: 'suspected.checking', leadUnitId: 7 });
});
