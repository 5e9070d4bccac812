import { expect, test } from 'vitest';
import { changeset, insertRow } from '../../db/changeset.js';
import { categories } from '../../db/schema/index.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { signedIn, testApp, testHouse, type Agent } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, assignment, does } from '../support/factories.js';

/** Nine problems of two categories and none, with units, with a township, with the city itself, with nobody; one of them overdue. */
async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  await house.db.commit(changeset(insertRow(categories, { id: 1, name: '道路' }), insertRow(categories, { id: 2, name: '饮水', disabledOn: '2020-05-01' })));
  const given: readonly (readonly [categoryId: number | null, leadUnitId: number | null, suspected: boolean])[] = [[1, 3, false], [1, 3, false], [1, 4, false], [2, 9, false], [2, null, false], [null, null, true], [null, 7, true], [1, 1, false], [null, 3, false]];
  const numbers = await listFindings(house, await cast.person('office'), given.map(([categoryId, leadUnitId, suspected]) => ({ ...aFinding(cast, { suspected, ...(leadUnitId ? { leadUnitId } : {}) }), categoryId })), { commandKey: 'nine' });
  await does(house, cast, 'office', numbers[0] ?? '', 'ASSIGN', { ...assignment, deadline: '2020-05-12' });
  house.clock.set('2020-05-20T04:00:00.000Z');
  return testApp(house);
}

interface Cell { readonly href: string; readonly text: string }

async function figuresOf(agent: Agent, url: string): Promise<readonly (readonly Cell[])[]> {
  const { body } = await agent.get(url);
  return [...body.matchAll(/<table class="cross">.*?<\/table>/gsu)].map(([table]) => [...table.matchAll(/<a href="([^"]+)">(\d+)<\/a>/gu)].map(([, href = '', text = '']) => ({ href: href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='), text })));
}

test('every figure of the matrix leads to exactly its rows, and every sum is the sum', async () => {
  const office = await signedIn(await aHouse(), 'office');
  for (const url of ['/matrix', '/matrix?stage=listed', '/matrix?severity=ordinary&stage=suspected']) {
    const tables = await figuresOf(office, url);
    expect(tables).toHaveLength(2);
    for (const figure of new Map(tables.flat().map((each) => [each.href, each])).values()) {
      const { body } = await office.get(figure.href);
      expect([url, figure.href, /共 (\d+) 件/u.exec(body)?.[1]]).toEqual([url, figure.href, figure.text]);
    }
  }
  const { body } = await office.get('/matrix');
  for (const words of ['张掖市（本级）', '未定单位', '饮水', '未分类', '其中逾期', '甘州区']) expect(body).toContain(words);
  expect(body).not.toContain('某镇');
  const [byCategory = [], byStage = []] = await figuresOf(office, '/matrix');
  for (const table of [byCategory, byStage]) expect(table.filter(({ href }) => href === '/findings').map(({ text }) => text)).toEqual(['9']);
});

test('a unit sees its own, an administrator none of it, and what is nobody’s leads to nobody else', async () => {
  const app = await aHouse();
  const transport = await signedIn(app, 'transport');
  const [byCategory = []] = await figuresOf(transport, '/matrix');
  expect(byCategory.map(({ text }) => text)).toEqual(byCategory.map(() => '1'));
  expect((await (await signedIn(app, 'admin')).get('/matrix')).statusCode).toBe(403);
});

test('a county that has a part in what the city leads is led to just that, and not to all that it sees', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const [led = ''] = await listFindings(house, await cast.person('office'), [3, 9, 9, 4].map((leadUnitId) => aFinding(cast, { leadUnitId })), { commandKey: 'four' });
  await does(house, cast, 'office', led, 'ASSIGN', { ...assignment, responsibleUnitIds: [4, 8] });
  const county = await signedIn(await testApp(house), 'ganzhou-office');
  expect((await county.get('/matrix')).body).toContain('市交通局');
  for (const figure of (await figuresOf(county, '/matrix')).flat()) expect([figure.href, /共 (\d+) 件/u.exec((await county.get(figure.href)).body)?.[1]]).toEqual([figure.href, figure.text]);
});

test('what belongs to no campaign is counted as it is listed', async () => {
  const office = await signedIn(await aHouse(), 'office');
  const { body } = await office.get('/findings?campaign=0');
  expect([/共 (\d+) 件/u.exec(body)?.[1], (body.match(/<td class="number"><a /gu) ?? []).length]).toEqual(['9', 9]);
});

test('clues that were handed out are tracked on the same screen, and what is kept says the same as the rows', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const numbers = await listFindings(house, await cast.person('office'), Array.from({ length: 5 }, () => aFinding(cast, { suspected: true })), { commandKey: 'five' });
  for (const [index, number] of numbers.slice(0, 4).entries()) await does(house, cast, 'office', number, 'HAND_OUT', { checkUnitId: index < 3 ? 3 : 7, checkBy: '2020-05-12' });
  for (const [index, result] of ['founded', 'unfounded'].entries()) await does(house, cast, 'transport', numbers[index] ?? '', 'REPORT_CHECK', { result, note: '已到现场核实，情况属实如附。' });
  await does(house, cast, 'office', numbers[0] ?? '', 'CONFIRM', { note: '属实，列入清单。' });
  house.clock.set('2020-05-20T04:00:00.000Z');
  const office = await signedIn(await testApp(house), 'office');
  const [, , tracking = []] = await figuresOf(office, '/matrix');
  // 已交办 4 = 未反馈 2 + 已反馈 2; 属实 stays counted when it is listed, and late are those alone that were not reported.
  expect(tracking.slice(-6).map(({ text }) => text)).toEqual(['4', '2', '2', '2', '1', '1']);
  for (const figure of tracking) expect([figure.href, /共 (\d+) 件/u.exec((await office.get(figure.href)).body)?.[1]]).toEqual([figure.href, figure.text]);
  // An address that the kept counts do not know is counted from the rows, and comes to the same.
  expect((await figuresOf(office, '/matrix?adopted=no')).map((table) => table.map(({ text }) => text))).toEqual((await figuresOf(office, '/matrix')).map((table) => table.map(({ text }) => text)));
  const [, , narrowed = []] = await figuresOf(office, '/matrix?check=none');
  for (const figure of narrowed) expect([figure.href, /共 (\d+) 件/u.exec((await office.get(figure.href)).body)?.[1]]).toEqual([figure.href, figure.text]);
  expect((await office.get('/matrix')).body).toContain('批量交办核实未定单位的 1 件');
});
