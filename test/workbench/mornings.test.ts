import { expect, test } from 'vitest';
import { parse } from 'node-html-parser';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { words } from '../../src/words.js';
import { unanswered } from '../../src/workbench/instructions.js';
import { signedIn, testApp, testHouse, type Agent } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, does, listed, walked } from '../support/factories.js';

async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  const app = await testApp(house);
  const clue = (title: string) => listed(house, cast, { title, suspected: true });
  return { house, cast, app, clue, as: (username: string) => signedIn(app, username) };
}

/** Every figure of a page, with how many rows its link leads to. */
async function figures(agent: Agent, address: string): Promise<readonly (readonly [label: string, value: string, rows: string])[]> {
  const page = parse((await agent.get(address)).body);
  const found: (readonly [string, string, string])[] = [];
  for (const figure of page.querySelectorAll('.figure')) {
    const href = figure.querySelector('a')?.getAttribute('href')?.replaceAll('&amp;', '&') ?? '';
    const head = parse((await agent.get(href)).body).querySelector('h1')?.text ?? '';
    found.push([figure.querySelector('.figure-label')?.text ?? '', figure.querySelector('strong')?.text ?? '', /共 (\d+)/u.exec(head)?.[1] ?? '']);
  }
  return found;
}

const section = (body: string, id: string): string => parse(body).querySelector(`[aria-labelledby="${id}"]`)?.text.replaceAll(/\s+/gu, ' ') ?? '';

test('every figure of every first page leads to exactly its rows, for the office, a county, a unit and the leader', async () => {
  const { house, cast, as, clue } = await aHouse();
  for (const until of ['ACCEPT', 'CLAIM', 'PASS', 'CLOSE', '']) await walked(house, cast, await listed(house, cast), until);
  const [handed, late] = [await clue('疑似甲'), await clue('疑似乙')];
  for (const number of [handed, late]) await does(house, cast, 'office', number, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-12' });
  const common = await listed(house, cast);
  await does(house, cast, 'office', common, 'ASSIGN', { ...assignment, responsibleUnitIds: [4, 8] });
  await does(house, cast, 'office', await listed(house, cast), 'ASSIGN', { ...assignment, leadLeader: '牵头领导' });
  house.clock.set('2020-07-13T04:00:00.000Z');
  for (const username of ['office', 'ganzhou-office', 'transport', 'ganzhou', 'inspector', 'leader']) {
    const all = await figures(await as(username), '/');
    expect(all.length).toBeGreaterThan(0);
    for (const [label, value, rows] of all) expect(`${username} ${label} ${value}`).toBe(`${username} ${label} ${rows}`);
  }
}, 60_000);

test('the office sees what is late with others, longest first, with the telephone; what is not late is not there', async () => {
  const { house, cast, as, clue } = await aHouse();
  const [first, second, later] = [await clue('最久的'), await clue('次久的'), await clue('还早的')];
  for (const [number, checkBy] of [[second, '2020-05-14'], [first, '2020-05-12'], [later, '2020-06-30']] as const) await does(house, cast, 'office', number, 'HAND_OUT', { checkUnitId: 3, checkBy });
  house.clock.set('2020-05-20T04:00:00.000Z');
  const told = section((await (await as('office')).get('/')).body, 'late-report_check');
  expect(told).toContain('逾期未反馈核实 (2)');
  expect([told.indexOf('最久的') < told.indexOf('次久的'), told.includes('还早的'), told.includes('市交通局 待反馈核实')]).toEqual([true, false, true]);
  expect(section((await (await as('transport')).get('/')).body, 'late-report_check')).toBe('');
});

test('a county’s office sees what its county must accept, sign and report, and what it handed on and who is missing', async () => {
  const { house, cast, as } = await aHouse();
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, leadUnitId: 4 });
  const office = await as('ganzhou-office');
  expect(section((await office.get('/')).body, 'watched')).toContain('甘州区 待签收');
  await does(house, cast, 'ganzhou', number, 'ACCEPT');
  await does(house, cast, 'ganzhou-office', number, 'DECOMPOSE', { parts: [{ unitId: 9, deadline: '2020-06-15' }] });
  for (const agent of [office, await as('ganzhou')]) {
    const handed = section((await agent.get('/')).body, 'handed-on');
    for (const said of [`${number}-01`, '某镇', '分项 0/1', '2020-06-15']) expect(handed).toContain(said);
  }
  expect(section((await (await as('gaotai')).get('/')).body, 'handed-on')).toBe('');
});

test('the leader sees apart what they are named for, and of what is red theirs first', async () => {
  const { house, cast, as } = await aHouse();
  const [other, led] = [await listed(house, cast, { title: '别人牵头的' }), await listed(house, cast, { title: '由我牵头的' })];
  await does(house, cast, 'office', other, 'ASSIGN', { ...assignment, deadline: '2020-05-20' });
  await does(house, cast, 'office', led, 'ASSIGN', { ...assignment, deadline: '2020-06-01', leadLeader: '牵头领导' });
  house.clock.set('2020-07-13T04:00:00.000Z');
  const leader = await as('leader');
  const { body } = await leader.get('/');
  const red = section(body, 'red');
  expect([red.indexOf('由我牵头的') < red.indexOf('别人牵头的'), red.match(/我牵头的/gu)?.length]).toEqual([true, 2]);
  const rows = (await leader.get(`/findings?leader=${encodeURIComponent('牵头领导')}`)).body;
  expect([rows.includes('由我牵头的'), rows.includes('别人牵头的')]).toEqual([true, false]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('the leader reads on one page which are red, with whom they are stuck, and which instructions nobody answered', async () => {
  const { house, cast, as } = await aHouse();
  const number = await listed(house, cast, { title: '村组道路手续偏慢' });
  await walked(house, cast, number, 'CLAIM');
  await does(house, cast, 'leader', number, 'INSTRUCT', { text: '请倒排工期，周五前书面回复。', unitId: 3 });
  house.clock.set('2020-07-13T04:00:00.000Z');
  const leader = await as('leader');
  const { body } = await leader.get('/');
  const red = section(body, 'red');
  for (const said of [number, '村组道路手续偏慢', '市交通局', '逾期 13 天', '待申请销号']) expect(red).toContain(said);
  expect(section(body, 'instructions')).toContain('请倒排工期');
  const unit = await as('transport');
  expect((await unit.get('/instructions')).body).toContain(`/findings/${number}/instruction-reply`);
  expect((await (await as('water')).get('/instructions')).body).not.toContain('请倒排工期');
  await does(house, cast, 'transport', number, 'REPLY_INSTRUCTION', { text: '已倒排工期，每周调度。' });
  const after = section((await leader.get('/')).body, 'instructions');
  expect([after.includes('请倒排工期'), after.includes('批示都已反馈')]).toEqual([false, true]);
});

test('one finding with many instructions takes the place of none: each leader finds their own, the oldest first', async () => {
  const { house, cast, as } = await aHouse();
  const [one, two] = [await listed(house, cast, { title: '批示最多的' }), await listed(house, cast, { title: '另一件' })];
  for (const number of [one, two]) await walked(house, cast, number, 'CLAIM');
  for (let index = 0; index < 20; index += 1) await does(house, cast, 'leader', one, 'INSTRUCT', { text: `第${index}条，请回复。`, unitId: 3 });
  await does(house, cast, 'leader', two, 'INSTRUCT', { text: '这件也请回复。', unitId: 3 });
  const asked = await unanswered(house, await cast.person('leader'), words('zh-CN'), 21);
  expect([asked.length, asked.filter(({ number }) => number === two).length]).toEqual([21, 1]);
  expect((await unanswered(house, await cast.person('leader'), words('zh-CN'), 2)).length).toBe(2);
  expect((await (await as('transport')).get('/instructions')).body).toContain('这件也请回复');
});

test('clues that are late are told to the leader beside what is listed, and lead to their rows', async () => {
  const { house, cast, as } = await aHouse();
  const clue = await listed(house, cast, { title: '疑似的', suspected: true });
  await does(house, cast, 'office', clue, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-12' });
  house.clock.set('2020-05-20T04:00:00.000Z');
  const leader = await as('leader');
  const red = section((await leader.get('/')).body, 'red');
  expect(red).toContain('另有 1 件疑似问题逾期');
  expect((await leader.get('/findings?stage=suspected&light=red&sort=due')).body).toContain(clue);
});

test('what a unit found to be nothing is offered for dismissal first, singly and together', async () => {
  const { house, cast, as } = await aHouse();
  const clues: string[] = [];
  for (const result of ['founded', 'unfounded']) {
    const clue = await listed(house, cast, { title: result, suspected: true });
    await does(house, cast, 'office', clue, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
    await does(house, cast, 'transport', clue, 'REPORT_CHECK', { result, note: '到现场核实，情况如上。' });
    clues.push(clue);
  }
  const queue = parse((await (await as('office')).get('/')).body).querySelector('[aria-labelledby="queue-confirm"]')?.toString() ?? '';
  expect(queue).toContain('formaction="/findings/dismissal"');
  const main = [...queue.matchAll(/btn-primary" href="\/findings\/([^/]+)\/(\w+)"/gu)].map(([, number, verb]) => [number, verb]);
  expect(main).toEqual([[clues[0], 'confirmation'], [clues[1], 'dismissal']]);
});

test('closed this week counts the last seven days, and no parts', async () => {
  const { house, cast, as } = await aHouse();
  const number = await listed(house, cast);
  await walked(house, cast, number);
  expect((await findingQueries(house.db.reader).byNumber(number))?.row.closedOn).toBe('2020-05-11');
  const closedWeek = async () => parse((await (await as('leader')).get('/')).body).querySelectorAll('.figure').find((figure) => figure.text.includes('本周销号'))?.querySelector('strong')?.text;
  house.clock.set('2020-05-17T04:00:00.000Z');
  expect(await closedWeek()).toBe('1');
  house.clock.set('2020-05-18T04:00:00.000Z');
  expect(await closedWeek()).toBe('0');
});

test('a first page is no longer than a bad line can carry, however much waits', async () => {
  const { house, cast, as } = await aHouse();
  for (let index = 0; index < 60; index += 1) {
    const number = await listed(house, cast, { title: `第${index}件 ${'很长的标题'.repeat(10)}`, suspected: index % 2 === 0 });
    if (index % 2 === 0) await does(house, cast, 'office', number, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-11' });
  }
  house.clock.set('2020-05-20T04:00:00.000Z');
  for (const username of ['office', 'transport', 'leader']) expect([username, Buffer.byteLength((await (await as(username)).get('/')).body) < 80_000]).toEqual([username, true]);
});
