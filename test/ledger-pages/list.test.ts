import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findingCounts, findingScope, streamEvents } from '../../db/schema/index.js';
import { parse } from 'node-html-parser';
import { addressOf, filtersFrom } from '../../src/ledger-pages/filters.js';
import { viewOf, matchesOf, pageQuery } from '../../src/ledger-pages/queries.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, does, listed, walked } from '../support/factories.js';

test('every figure of the workbench links to a list with exactly that many rows, whoever asks', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  for (let each = 0; each < 4; each += 1) await does(house, cast, 'office', await listed(house, cast), 'ASSIGN', { ...assignment, leadUnitId: each % 2 === 0 ? 3 : 7, deadline: each === 0 ? '2020-05-01' : '2020-06-30', lateReason: '上级限期' });
  await walked(house, cast, await listed(house, cast));
  await listed(house, cast, { suspected: true });
  const app = await testApp(house);
  for (const username of ['office', 'transport', 'water', 'leader', 'inspector', 'ganzhou']) {
    const agent = await signedIn(app, username);
    const page = (await agent.get('/')).body;
    const figures = [...page.matchAll(/<a href="(\/findings\?[^"]+)"><strong>(\d+)<\/strong>/gu)].map(([, href = '', value = '']) => ({ href: href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='), value: Number(value) }));
    expect(figures.length).toBeGreaterThan(3);
    for (const { href, value } of figures) {
      const total = /共 (\d+) 件/u.exec((await agent.get(href)).body)?.[1];
      expect([username, href, Number(total)]).toEqual([username, href, value]);
    }
  }
});

test('a unit finds nothing of another unit in list, search, count or export', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', assignment);
  const app = await testApp(house);
  const [transport, water] = [await signedIn(app, 'transport'), await signedIn(app, 'water')];
  for (const address of ['/findings', '/findings?q=前期手续', '/findings/export.csv', '/findings?stage=open']) {
    expect([address, (await transport.get(encodeURI(address))).body.includes(number)]).toEqual([address, true]);
    expect([address, (await water.get(encodeURI(address))).body.includes(number)]).toEqual([address, false]);
  }
  expect((await water.get('/findings')).body).toContain('台账还是空的');
});

test('pages go forwards and backwards over the same rows', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  for (let each = 0; each < 45; each += 1) await listed(house, cast);
  const office = await signedIn(await testApp(house), 'office');
  const numbers = (body: string): readonly string[] => [...body.matchAll(/<a href="\/findings\/(ZG-[\d-]+)">/gu)].map(([, number = '']) => number);
  const next = (body: string, rel: string): string => (new RegExp(`rel="${rel}" href="([^"]+)"`, 'u').exec(body)?.[1] ?? '').replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
  const first = (await office.get('/findings?size=20')).body;
  const second = (await office.get(next(first, 'next'))).body;
  const third = (await office.get(next(second, 'next'))).body;
  expect([...numbers(first), ...numbers(second), ...numbers(third)]).toHaveLength(45);
  expect(new Set([...numbers(first), ...numbers(second), ...numbers(third)]).size).toBe(45);
  expect(next(third, 'next')).toBe('');
  expect(numbers((await office.get(next(third, 'prev'))).body)).toEqual(numbers(second));
});

test('a list of clues speaks of clues: until when each is to be checked, and what may be done to those of one state', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast, { suspected: true });
  await does(house, cast, 'office', number, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
  await does(house, cast, 'transport', number, 'REPORT_CHECK', { result: 'partly', note: '到现场核实，一处属实。' });
  const office = await signedIn(await testApp(house), 'office');
  const verbs = async (query: string): Promise<readonly string[]> => parse((await office.get(`/findings?${query}`)).body).querySelectorAll('button[formaction]').map((each) => each.text);
  expect((await verbs('stage=suspected'))[0]).toBe('交办核实');
  for (const query of ['stage=suspected&state=suspected.checked', 'waits=CONFIRM']) expect((await verbs(query))[0]).toBe('认定属实');
  const clues = (await office.get('/findings?stage=suspected')).body;
  expect([clues.includes('核实期限'), clues.includes('>整改时限'), (await office.get('/findings')).body.includes('>整改时限')]).toEqual([true, false, true]);
  expect((await office.get('/findings/export.csv?stage=suspected')).body).toContain('核实期限');
  expect((await office.get(`/findings/${number}`)).body).toContain('轮到您：认定属实或认定不属实');
});

test('what is not understood in an address is said, and nothing breaks', async () => {
  const house = await testHouse();
  await withCast(house);
  const office = await signedIn(await testApp(house), 'office');
  for (const query of ["stage=') OR 1=1 --", 'unit=abc', 'dueFrom=2020-02-30', 'light=purple', 'after=x~y&sort=due', `q=${'字'.repeat(5000)}`, 'q="AND(*', 'size=-1', 'stage=closed&stage=closed']) {
    expect([query.slice(0, 20), (await office.get(`/findings?${encodeURI(query)}`)).statusCode]).toEqual([query.slice(0, 20), 200]);
  }
  expect((await office.get('/findings?dueFrom=2020-02-30')).body).toContain('没有看懂');
});

test('pressing the button of the filters again changes neither what is shown nor its columns', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast, { suspected: true });
  await does(house, cast, 'office', number, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
  const office = await signedIn(await testApp(house), 'office');
  const { body } = await office.get('/findings?stage=suspected&state=suspected.checking&sort=due');
  expect(body).toContain('环节：核实中');
  const form = parse(body).querySelector('details.filters form');
  const pressed = new URLSearchParams();
  for (const field of form?.querySelectorAll('input, select') ?? []) {
    const value = field.tagName === 'SELECT' ? field.querySelector('option[selected]')?.getAttribute('value') ?? '' : field.getAttribute('type') === 'checkbox' && !field.hasAttribute('checked') ? null : field.getAttribute('value') ?? '';
    if (value !== null) pressed.append(field.getAttribute('name') ?? '', value);
  }
  const { filters, order } = filtersFrom(Object.fromEntries([...new Set(pressed.keys())].map((name) => [name, pressed.getAll(name)])));
  expect(addressOf(filters, order)).toBe('/findings?stage=suspected&state=suspected.checking&sort=due');
  for (const stage of ['open', 'completed']) expect(parse((await office.get(`/findings?stage=${stage}`)).body).querySelector('details.filters select[name=stage] option[selected]')?.getAttribute('value')).toBe(stage);
});

test('the ledger never scans its tables, and a page of fifty rows stays under 80 KB', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  for (let each = 0; each < 55; each += 1) await listed(house, cast);
  const office = await signedIn(await testApp(house), 'office');
  expect(Buffer.byteLength((await office.get('/findings')).body)).toBeLessThan(80 * 1024);
  const tree = await house.tree();
  const connection = new Sqlite(join(house.config.dataDir, 'ledger.db'), { readonly: true });
  const queries = [{}, { stage: 'closed' }, { unit: '3', severity: 'major' }, { light: 'red', sort: 'due' }, { campaign: '1', type: 'staged', adopted: 'no' }, { source: '1' }, { stage: 'suspected', state: 'suspected.checking' }, { q: '前期手续' }, { q: '交通运输局 前期手续' }, { listed: 'yes' }, { stage: 'open', unit: '3', sort: 'due' }];
  for (const unitIds of [[1], [3, 4]]) {
    for (const query of queries) {
      const { filters, order } = filtersFrom(query);
      const matches = filters.words === '' ? null : await matchesOf(house, tree, unitIds, filters.words);
      const { sql, params } = pageQuery(house.db.reader, viewOf({ unitIds, offices: [2], tree, today: '2020-05-11', matches }, filters), order, null, 51).toSQL();
      const plan = connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params) as { detail: string }[]; // what SQLite answers to EXPLAIN
      expect([query, plan.map((step) => step.detail).filter((detail) => detail.startsWith('SCAN') && !/SCAN (?:list|CONSTANT|json_each)/u.test(detail))]).toEqual([query, []]);
      expect(plan.map((step) => step.detail).join('\n')).toMatch(/finding_scope USING (?:COVERING INDEX|PRIMARY KEY|INDEX sqlite_autoindex|INDEX finding_scope_finding \(finding_id=\?\))/u);
    }
  }
  connection.close();
});

test.each(['number', 'due'] as const)('what is open is read page by page in the order of %s, forwards and back, and nothing is sorted for it', async (by) => {
  const house = await testHouse();
  const cast = await withCast(house);
  for (const unit of [3, 4, 8]) await does(house, cast, 'office', await listed(house, cast), 'ASSIGN', { ...assignment, responsibleUnitIds: [unit], deadline: `2020-06-0${unit}` });
  for (let each = 0; each < 4; each += 1) await listed(house, cast);
  const tree = await house.tree();
  const { filters } = filtersFrom({ stage: 'open' });
  const view = viewOf({ unitIds: [1], offices: [2], tree, today: '2020-05-11', matches: null }, filters);
  for (const descending of [false, true]) {
    const ask = (row: { readonly value: string; readonly number: string } | null, backwards: boolean, limit: number) => pageQuery(house.db.reader, view, { by, descending }, { row, backwards }, limit);
    const all = await ask(null, false, 100);
    const key = (row: { readonly value: string; readonly number: string }): string => `${row.value} ${row.number}`;
    expect(all.map(key)).toEqual(all.map(key).toSorted((one, other) => (one < other ? -1 : 1) * (descending ? -1 : 1)));
    expect(all).toHaveLength(7);
    const forwards = [];
    for (let page = await ask(null, false, 2); page.length > 0; page = await ask(page.at(-1) ?? null, false, 2)) forwards.push(...page);
    expect(forwards).toEqual(all);
    const back = [];
    for (let page = await ask(null, true, 2); page.length > 0; page = await ask(page.at(-1) ?? null, true, 2)) back.push(...page);
    expect(back.toReversed()).toEqual(all);
    const { sql, params } = ask(null, false, 51).toSQL();
    const connection = new Sqlite(join(house.config.dataDir, 'ledger.db'), { readonly: true });
    const plan = connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params) as { detail: string }[]; // what SQLite answers to EXPLAIN
    connection.close();
    expect(plan.filter(({ detail }) => detail.includes('TEMP B-TREE'))).toEqual([]);
  }
});

test('the kept counts are what a recount says', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  await walked(house, cast, await listed(house, cast));
  await does(house, cast, 'office', await listed(house, cast), 'ASSIGN', { ...assignment, responsibleUnitIds: [4, 8] });
  await listed(house, cast, { suspected: true });
  const kept = (await house.db.reader.select().from(findingCounts)).filter((row) => row.amount > 0).map((row) => [row.unitId, row.isPart, row.stage, row.dueOn, row.amount].join()).sort();
  const recount = new Map<string, number>();
  for (const row of await house.db.reader.select().from(findingScope)) {
    const key = [row.unitId, row.isPart, row.stage, row.dueOn ?? ''].join();
    recount.set(key, (recount.get(key) ?? 0) + 1);
  }
  expect(kept).toEqual([...recount].map(([key, amount]) => `${key},${amount}`).sort());
});

test('a date that is none narrows nothing: it is said above the paper and the texts for the chat, and nothing is exported', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  await listed(house, cast);
  const office = await signedIn(await testApp(house), 'office');
  for (const way of ['print', 'reminder']) expect((await office.get(`/findings/${way}?dueTo=2020-13-01`)).body).toContain('没有看懂并已忽略：');
  const refused = await office.get('/findings/export.csv?dueTo=2020-13-01');
  expect([refused.statusCode, refused.headers['content-disposition'], refused.body.includes('什么也没有导出')]).toEqual([422, undefined, true]);
  expect((await house.db.reader.select().from(streamEvents)).some(({ type }) => type === 'LedgerExported')).toBe(false);
  expect((await office.get('/findings/export.csv?dueTo=2020-12-01')).statusCode).toBe(200);
});
