import { parse } from 'node-html-parser';
import { expect, test } from 'vitest';
import { changeset, updateRow } from '../../db/changeset.js';
import { savedViews, sources } from '../../db/schema/index.js';
import { addressOf, filtersFrom } from '../../src/ledger-pages/filters.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, does, listed } from '../support/factories.js';

async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  const app = await testApp(house);
  return { house, cast, as: (username: string) => signedIn(app, username) };
}

const heads = (body: string): readonly string[] => parse(body).querySelectorAll('main table thead th').map((each) => each.text.trim()).filter((text) => text !== '' && text !== '选择');

test('columns are chosen, put in order, and stand in the address, on the page, in the file and on paper alike', async () => {
  const { house, cast, as } = await aHouse();
  const number = await listed(house, cast, { title: '甲问题' });
  await does(house, cast, 'office', number, 'ASSIGN', assignment);
  const office = await as('office');
  const chosen = 'columns=title&columns=number&columns=leadUnit&place.number=1&place.title=2&place.leadUnit=3';
  const page = (await office.get(`/findings?${chosen}`)).body;
  expect(heads(page).length).toBe(3);
  const canonical = addressOf(filtersFrom({ columns: ['title', 'number', 'leadUnit'], 'place.number': '1', 'place.title': '2', 'place.leadUnit': '3' }).filters, { by: 'number', descending: false });
  expect(canonical).toBe('/findings?columns=number.title.leadUnit');
  const csv = (await office.get('/findings/export.csv?columns=number.title.leadUnit')).body.replace('\ufeff', '').split('\r\n');
  expect([csv[0]?.split(',').length, csv[1]]).toEqual([3, `${number},甲问题,市交通运输局`]);
  const paper = (await office.get('/findings/print?columns=number.title.leadUnit')).body;
  expect(heads(paper)).toEqual(['序', ...heads(page).map((head) => head.replace(' ↑', ''))]);
  // What a list is put in order by, and its lights, stay when columns are chosen.
  const due = (await office.get('/findings?columns=number.deadline.stage&sort=due')).body;
  expect(heads(due).slice(-3)).toEqual(['编号', '整改时限 ↑', '阶段']);
  expect(due).toContain('class="light');
  expect(paper).toContain('共 1 件');
  // The way to saving the view takes all of it along, as one value.
  expect((await office.get('/findings?stage=open&columns=number.title.leadUnit')).body.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')).toContain('href="/views?query=stage%3Dopen%26columns%3Dnumber.title.leadUnit"');
  expect((await office.get('/findings?columns=number.secret')).body).toContain('没有看懂并已忽略：列');
});

test('a view that was saved is there again; what is no view is refused, and nothing else than the ledger can be kept', async () => {
  const { house, as } = await aHouse();
  const unit = await as('transport');
  await unit.get('/views?query=stage%3Dopen%26light%3Dred');
  expect((await unit.post('/views', { name: '我的红灯', query: 'stage=open&light=red' })).statusCode).toBe(303);
  expect((await unit.get('/findings')).body).toContain('href="/findings?stage&#x3D;open&amp;light&#x3D;red"');
  for (const [name, query, word] of [['', 'stage=open', '请填写'], ['坏的', 'light=blue', '不是台账的视图'], ['名'.repeat(41), '', '41']] as const) {
    const refused = await unit.post('/views', { name, query });
    expect([refused.statusCode, refused.body.includes(word)]).toEqual([422, true]);
  }
  await unit.post('/views', { name: '<script>alert(1)</script>', query: 'q=https%3A%2F%2Felsewhere.example&next=//elsewhere.example' });
  expect((await house.db.reader.select().from(savedViews)).map(({ query }) => query)).toEqual(['stage=open&light=red', 'q=https%3A%2F%2Felsewhere.example']);
  expect((await unit.get('/views')).body).not.toContain('<script>alert');
});

test('an office shares a view with its jurisdiction; a county’s stays in the county; only the office takes it away', async () => {
  const { as } = await aHouse();
  const [city, county, unit, elsewhere] = [await as('office'), await as('ganzhou-office'), await as('ganzhou'), await as('gaotai')];
  await city.get('/views');
  await city.post('/views', { name: '全市逾期', query: 'light=red', shared: 'yes' });
  await county.get('/views');
  await county.post('/views', { name: '全区逾期', query: 'light=red', shared: 'yes' });
  const seen = async (agent: typeof city) => { const { body } = await agent.get('/views'); return ['全市逾期', '全区逾期'].map((name) => body.includes(name)); };
  expect([await seen(city), await seen(county), await seen(unit), await seen(elsewhere)]).toEqual([[true, false], [true, true], [true, true], [true, false]]);
  expect((await unit.post('/views', { name: '我要共享', query: '', shared: 'yes' })).statusCode).toBe(403);
  expect((await unit.post('/views/1/removal', {})).statusCode).toBe(403);
  expect((await elsewhere.post('/views/2/removal', {})).statusCode).toBe(404);
  expect((await city.get('/views/1/removal')).body).toContain('删除视图“全市逾期”');
  expect((await city.post('/views/1/removal', {})).statusCode).toBe(303);
  expect((await seen(unit))[0]).toBe(false);
});

test('one person’s own views are nobody else’s, and there is an end to them', async () => {
  const { as } = await aHouse();
  const [mine, other] = [await as('transport'), await as('transport-head')];
  await mine.get('/views');
  for (let index = 0; index < 30; index += 1) await mine.post('/views', { name: `视图${index}`, query: '' });
  expect((await mine.post('/views', { name: '再来一个', query: '' })).statusCode).toBe(422);
  expect((await other.get('/views')).body).not.toContain('视图1');
  await other.get('/views');
  expect((await other.post('/views/1/removal', {})).statusCode).toBe(404);
  expect((await (await as('admin')).get('/views')).statusCode).toBe(403);
});

test('the number in a confidential source stays with its own office, in columns and on paper too', async () => {
  const { house, cast, as } = await aHouse();
  await house.db.commit(changeset(updateRow(sources, { confidential: true }, { id: 1 }, 'source')));
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', assignment);
  for (const address of ['/findings?columns=originalNumber.title', '/findings/print?columns=originalNumber.title']) {
    const cell = async (username: string) => parse((await (await as(username)).get(address)).body).querySelectorAll('main table tbody td').map((each) => each.text.trim());
    expect([await cell('office'), await cell('transport')].map((cells) => cells.includes('7'))).toEqual([true, false]);
  }
});
