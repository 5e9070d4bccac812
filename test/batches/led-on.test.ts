import { parse } from 'node-html-parser';
import { expect, test } from 'vitest';
import { listFindings } from '../../src/findings/commands/list.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, assignment, does, photo } from '../support/factories.js';

/** Clues whose list said more of them than the import understood, by the column and its text; '' where it said nothing. */
async function withClues(said: readonly (readonly [column: string, text: string])[]) {
  const house = await testHouse();
  const cast = await withCast(house);
  const clues = await listFindings(house, await cast.person('office'), said.map(([column, text]) => ({ ...aFinding(cast, { suspected: true }), texts: { responsible: '', leadLeader: '', supervisor: '', extra: JSON.stringify({ [column]: text }) } })), { commandKey: 'clues' });
  const office = await signedIn(await testApp(house), 'office');
  const row = async (number: string) => (await findingQueries(house.db.reader).byNumber(number))?.row;
  return { house, cast, clues, office, row };
}

const groups = (body: string): readonly (readonly [string, readonly string[]])[] => parse(body).querySelectorAll('table[data-paste] tbody').map((each) => [each.querySelector('tr.group')?.text.trim() ?? '', each.querySelectorAll('tr[data-number]').map((one) => one.getAttribute('data-number') ?? '')] as const);

test('the list itself proposes a unit where its column of units or places names one and no other; accepted or not, and never two', async () => {
  const { clues, office, row } = await withClues([['涉及县区', '高台'], ['责任单位（拟）', '水务'], ['涉及县区', '甘州区、高台县'], ['联系方式', '高台县']]);
  const [one = '', two = '', three = '', four = ''] = clues;
  const { body } = await office.get('/findings/check-request?all=yes');
  for (const words of ['清单所写：高台县', '清单所写：市水务局', '采用建议的单位等（2 件有建议）']) expect(body).toContain(words);
  const form = { n: clues, checkBy: '2020-05-20' };
  expect((await office.post('/findings/check-request', { ...form, step: 'preview', key: 'a' })).body).toContain('可以交办核实 0 件');
  await office.follow('/findings/check-request', { ...form, suggested: 'yes', step: 'confirm', key: 'b' });
  expect(await Promise.all([one, two, three, four].map(async (number) => (await row(number))?.leadUnitId))).toEqual([8, 7, null, null]);
});

test('a rule for a region knows the region by what the list said', async () => {
  const { clues: [one = ''], office, row } = await withClues([['涉及县区', '高台县']]);
  await office.get('/rules');
  await office.post('/rules', { regionUnitId: '8', unitId: '7', days: '10' });
  expect((await office.get('/findings/check-request?all=yes')).body).toContain('规则建议：市水务局');
  await office.post('/findings/check-request', { n: one, suggested: 'yes', step: 'confirm', key: 'a' });
  expect(await row(one)).toMatchObject({ leadUnitId: 7, dueOn: '2020-05-21' });
});

test('what has no unit stands first where others have one, and after the preview what cannot be done', async () => {
  const { house, cast, office } = await withClues([]);
  const filed = (unit: number | null) => aFinding(cast, { suspected: true, ...(unit === null ? {} : { leadUnitId: unit }) });
  const [one = '', two = '', three = ''] = await listFindings(house, await cast.person('office'), [filed(3), filed(null), filed(8)], { commandKey: 'three' });
  const fresh = (await office.get('/findings/check-request?all=yes')).body;
  expect(groups(fresh)).toEqual([['还没有单位的 1 件', [two]], ['已有单位的 2 件', [one, three]]]);
  const preview = (await office.post('/findings/check-request', { n: [one, two, three], checkBy: '2020-05-20', step: 'preview' })).body;
  expect(groups(preview)).toEqual([['不能交办核实的 1 件', [two]], ['可以交办核实的 2 件', [one, three]]]);
  await office.post('/findings/check-request', { n: [two], checkUnitId: '3', checkBy: '2020-05-20', step: 'confirm', key: 'a' });
  expect(groups((await office.get(`/findings/check-request?n=${one}`)).body)).toEqual([['', [one]]]);
});

test('what some row needs said once is marked, and what every row brings along is not', async () => {
  const { house, cast, office, clues } = await withClues([['', ''], ['', '']]);
  const must = (body: string, id: string): boolean => parse(body).querySelector(`label[for=${id}] .must`) !== null;
  const [one = '', two = ''] = clues;
  for (const [index, number] of clues.entries()) {
    await does(house, cast, 'office', number, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
    await does(house, cast, 'transport', number, 'REPORT_CHECK', { result: 'unfounded', note: '到现场核实，情况如上。' }, { files: index === 0 ? [await photo(house)] : [] });
  }
  const dismissal = async (numbers: readonly string[]): Promise<string> => (await office.get(`/findings/dismissal?${numbers.map((number) => `n=${number}`).join('&')}`)).body;
  expect([must(await dismissal([one]), 'f-files'), must(await dismissal([one, two]), 'f-files')]).toEqual([false, true]);
  const [listed = '', half = ''] = await listFindings(house, await cast.person('office'), [aFinding(cast, assignment), aFinding(cast, { leadUnitId: 3 })], { commandKey: 'listed' });
  const assigning = async (numbers: readonly string[]): Promise<string> => (await office.get(`/findings/assignment?${numbers.map((number) => `n=${number}`).join('&')}`)).body;
  expect([must(await assigning([listed]), 'f-deadline'), must(await assigning([listed, half]), 'f-deadline')]).toEqual([false, true]);
});

test('what was confirmed together is handed out together: the page of the batch leads on to just those', async () => {
  const { house, cast, office, clues } = await withClues([['', ''], ['', ''], ['', '']]);
  const [one = '', two = ''] = clues;
  for (const number of clues) {
    await does(house, cast, 'office', number, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
    await does(house, cast, 'transport', number, 'REPORT_CHECK', { result: 'founded', note: '到现场核实，情况如上。' });
  }
  await office.get('/findings/confirmation?all=yes');
  const done = (await office.follow('/findings/confirmation', { n: [one, two], note: '属实', step: 'confirm', key: 'c' })).body;
  const way = parse(done).querySelectorAll('a').find((each) => each.text === '接着交办这 2 件')?.getAttribute('href') ?? '';
  expect(way).toMatch(/^\/findings\/assignment\?after=/u);
  expect(groups((await office.get(way)).body)).toEqual([['', ['ZG-2020-0001', 'ZG-2020-0002']]]);
  await does(house, cast, 'office', 'ZG-2020-0001', 'ASSIGN', assignment);
  expect(groups((await office.get(way)).body)).toEqual([['', ['ZG-2020-0002']]]);
  const other = await signedIn(await testApp(house), 'office2');
  expect((await other.get(way)).body).toContain('还没有选择问题');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('what is done together from one’s first page is what it lists, parts too, and not what waits for others', async () => {
  const { house, cast, office } = await withClues([]);
  const [common = '', own = ''] = await listFindings(house, await cast.person('office'), [aFinding(cast), aFinding(cast)], { commandKey: 'two' });
  await does(house, cast, 'office', common, 'ASSIGN', { ...assignment, responsibleUnitIds: [4, 8] });
  await does(house, cast, 'office', own, 'ASSIGN', { ...assignment, leadUnitId: 4 });
  const ganzhou = await signedIn(await testApp(house), 'ganzhou');
  const href = parse((await ganzhou.get('/')).body).querySelectorAll('a').find((each) => each.text === '全部 2 件一起办')?.getAttribute('href') ?? '';
  const { body } = await ganzhou.get(href);
  expect(groups(body).flatMap(([, numbers]) => numbers).toSorted()).toEqual([`${common}-01`, own].toSorted());
  expect((await office.get('/findings/acceptance?mine=yes')).statusCode).toBe(403);
});

test('a county hands what it was asked to check on to its townships in one go, each by name, and reports what they found', async () => {
  const { house, cast, clues } = await withClues([['', ''], ['', '']]);
  for (const number of clues) await does(house, cast, 'office', number, 'HAND_OUT', { checkUnitId: 4, checkBy: '2020-05-20' });
  const county = await signedIn(await testApp(house), 'ganzhou-office');
  const first = (await county.get('/')).body;
  expect([first.includes('待反馈核实 (2)'), first.includes('formaction="/findings/check-handing-on"')]).toEqual([true, true]);
  const [one = '', other = ''] = clues;
  const form = await county.get(`/findings/check-handing-on?n=${one}&n=${other}`);
  expect([form.body.includes('甘州区某镇（暂无账号）'), form.body.includes('>张掖市水务局')]).toEqual([true, false]);
  await county.post('/findings/check-handing-on', { n: clues, checkBy: '2020-05-18', [`unit.${one}`]: '某镇', [`unit.${other}`]: '某镇', step: 'confirm', key: 'a' });
  for (const number of clues) expect((await findingQueries(house.db.reader).byNumber(number))?.snapshot.context.handedOn).toMatchObject({ unitId: 9, checkBy: '2020-05-18' });
  expect((await verifyLedger(house)).faults).toEqual([]);
});
