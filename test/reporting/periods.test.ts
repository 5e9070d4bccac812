import fc from 'fast-check';
import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { people, posts, reportingDues, reportingPeriods, streamEvents, units } from '../../db/schema/index.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { chatText } from '../../src/reporting/chat.js';
import { closePeriods } from '../../src/reporting/close.js';
import { dueSightOf, duesQuery, duesShown, markOf, quickTallies, tallies, tallyQuery, totalOf } from '../../src/reporting/dues.js';
import { owedNow } from '../../src/reporting/owed.js';
import { addPeriods, changePeriod } from '../../src/reporting/period-commands.js';
import { periodById, periodsOf } from '../../src/reporting/period-queries.js';
import { overlapped, phaseOf, weekdayOf, weeklyPeriods } from '../../src/reporting/periods.js';
import { words } from '../../src/words.js';
import { signedIn, testApp } from '../support/app.js';
import { aFinding, assignment, claim, does, photo } from '../support/factories.js';
import { accepted, aCampaign, monday, nextMonday, nextThursday, thursdayNoon, type TestHouse } from './a-campaign.js';
import type { Cast } from '../support/cast.js';

// The server stands in another zone than the house: what is said at noon in Shanghai must not depend on it.
const zone = process.env['TZ'];
process.env['TZ'] = 'America/New_York';
afterAll(() => { if (zone === undefined) delete process.env['TZ']; else process.env['TZ'] = zone; });

const twoWeeks = [{ name: '第1周', opensAt: monday, cutOffAt: thursdayNoon }, { name: '第2周', opensAt: nextMonday, cutOffAt: nextThursday }];

/** Three findings of the road bureau and one of the water bureau; two periods. */
async function aWeek() {
  const { house, cast } = await aCampaign();
  await addPeriods(house, await cast.person('office'), 1, twoWeeks, 'weeks');
  const [one, two, three] = [await accepted(house, cast, '甲问题', 3, 'transport'), await accepted(house, cast, '乙问题', 3, 'transport'), await accepted(house, cast, '丙问题', 3, 'transport')];
  const water = await accepted(house, cast, '水务问题', 7, 'water');
  return { house, cast, app: await testApp(house), one, two, three, water };
}

async function totals(house: TestHouse, cast: Cast, username: string, id = 1) {
  const of = await periodById(house.db.reader, id);
  if (!of) throw new Error('There is no such period.');
  return totalOf(await tallies(house.db.reader, of.period, await dueSightOf(house, await cast.person(username)), house.clock.occurring()));
}

test('a week: it opens on Monday, two of four are reported, it is cut off on Thursday at noon, one comes late and is late for good', async () => {
  const { house, cast, app, one, two, three, water } = await aWeek();
  expect(await totals(house, cast, 'office')).toEqual({ owed: 4, inTime: 0, late: 0, missing: 4 });
  await does(house, cast, 'transport', one, 'REPORT', { text: '已开工' });
  house.clock.set(thursdayNoon);
  await does(house, cast, 'water', water, 'REPORT', { nothingNew: true });
  const office = await signedIn(app, 'office');
  const before = (await office.get('/reporting/periods/1')).body;
  expect(before).toContain('截至5月14日（周四）12:00，“百日攻坚”第1周应报 4 件，已报 2 件');
  expect(before).toContain(`市交通局 2 件：${two}、${three}`);
  expect(before).toContain('请于5月14日（周四）12:00前');

  // A second later it is late; a minute later the marks are written down, once.
  house.clock.set('2020-05-14T07:10:00.000Z');
  expect([await closePeriods(house), await closePeriods(house)]).toEqual([1, 0]);
  await does(house, cast, 'transport', two, 'REPORT', { text: '补报' });
  expect(await totals(house, cast, 'office')).toEqual({ owed: 4, inTime: 2, late: 1, missing: 1 });
  const later = await signedIn(app, 'office');
  const after = (await later.get('/reporting/periods/1?mark=all')).body;
  expect(after).toMatch(/迟报<\/span>\s+5月14日（周四）15:10/u);
  expect(after).toContain(`市交通局 1 件：${three}`);
  expect(after).toContain('请尽快补报（计迟报）');
  expect(after).not.toContain('/reporting/periods/1/change');

  // The next week does not take the mark away, and what never came is missing for good.
  house.clock.set('2020-05-18T01:00:00.000Z');
  for (const number of [two, three]) await does(house, cast, 'transport', number, 'REPORT', { text: '本周进展' });
  expect(await totals(house, cast, 'office')).toEqual({ owed: 4, inTime: 2, late: 1, missing: 1 });
  expect(await totals(house, cast, 'office', 2)).toEqual({ owed: 4, inTime: 2, late: 0, missing: 2 });
  const last = (await (await signedIn(app, 'office')).get('/reporting/periods/1')).body;
  expect([last.includes('已结束'), last.includes('整改填报提醒')]).toEqual([true, false]);
  const [closed] = await house.db.reader.select().from(streamEvents).where(eq(streamEvents.type, 'PeriodClosed'));
  expect([closed?.stream, JSON.parse(closed?.payload ?? '{}')]).toEqual(['proceedings', expect.objectContaining({ id: 1, owed: 4, reported: 2, missing: 2 })]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('what was reported and then claimed stays reported, live and when the period is closed; what was claimed without a word is owed no more', async () => {
  const { house, cast, one, two } = await aWeek();
  await does(house, cast, 'transport', one, 'REPORT', { text: '已全部办结' });
  const before = await totals(house, cast, 'office');
  expect(before).toEqual({ owed: 4, inTime: 1, late: 0, missing: 3 });
  for (const number of [one, two]) {
    await does(house, cast, 'transport', number, 'CLAIM', claim, { files: [await photo(house)] });
    await does(house, cast, 'transport-head', number, 'SIGN_CLAIM');
  }
  expect(await totals(house, cast, 'office')).toEqual({ owed: 3, inTime: 1, late: 0, missing: 2 });
  const period = (await periodsOf(house.db.reader, 1))[0]!;
  const sight = await dueSightOf(house, await cast.person('office'));
  expect(await tallies(house.db.reader, period, sight, house.clock.occurring())).toEqual(await tallyQuery(house.db.reader, period, sight));
  expect((await duesShown(house.db.reader, period, sight, { mark: 'inTime', unitId: null, limit: 9, offset: 0 })).map(({ number }) => number)).toEqual([one]);
  house.clock.set('2020-05-14T05:00:00.000Z');
  await closePeriods(house);
  expect(await totals(house, cast, 'office')).toEqual({ owed: 3, inTime: 1, late: 0, missing: 2 });
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('every figure leads to just its rows, and the units add up to the total', async () => {
  const { house, cast, app, one, two } = await aWeek();
  await does(house, cast, 'transport', one, 'REPORT', { text: '已开工' });
  house.clock.set('2020-05-14T07:10:00.000Z');
  await closePeriods(house);
  await does(house, cast, 'transport', two, 'REPORT', { text: '补报' });
  const office = await signedIn(app, 'office');
  const page = (await office.get('/reporting/periods/1')).body.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
  const links = [...page.matchAll(/<td class="amount"[^>]*><a href="([^"#]+)#rows">(\d+)<\/a>/gu)].map(([, href = '', count = '']) => ({ href, count: Number(count) }));
  expect(links.length).toBe(10);
  for (const { href, count } of links) expect([href, [...(await office.get(href)).body.matchAll(/<td class="number"><a href="\/findings\//gu)].length]).toEqual([href, count]);
  const owedBy = (unit: string) => links.filter(({ href }) => href.includes('mark=all') && href.includes(unit)).reduce((sum, { count }) => sum + count, 0);
  expect(owedBy('unit=')).toBe(links.find(({ href }) => href.endsWith('mark=all'))?.count);
});

test('a server that was off at the cut-off writes down what was owed then, not what stands there now', async () => {
  const { house, cast, one, two, three, water } = await aWeek();
  await does(house, cast, 'transport', one, 'REPORT', { text: '已开工' });
  house.clock.set('2020-05-15T04:00:00.000Z');
  // After the cut-off one is reported on, one is withdrawn, one is handed to another unit, and a new one is accepted.
  await does(house, cast, 'transport', two, 'REPORT', { text: '迟了' });
  await does(house, cast, 'leader', three, 'WITHDRAW', { reason: '重复列入，撤销处理。' });
  await accepted(house, cast, '周五才签收', 7, 'water');
  house.clock.set('2020-05-25T04:00:00.000Z');
  expect(await closePeriods(house)).toBe(2);
  const rows = await house.db.reader.select().from(reportingDues).where(eq(reportingDues.periodId, 1));
  expect(rows.length).toBe(4);
  expect(await totals(house, cast, 'office')).toEqual({ owed: 4, inTime: 1, late: 1, missing: 2 });
  expect((await duesShown(house.db.reader, (await periodsOf(house.db.reader, 1))[0]!, await dueSightOf(house, await cast.person('office')), { mark: 'missing', unitId: null, limit: 9, offset: 0 })).map(({ number }) => number)).toEqual([three, water]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('what is owed is read from indexes, before the cut-off and after it', async () => {
  const { house } = await aWeek();
  const { default: Sqlite } = await import('better-sqlite3');
  const { join } = await import('node:path');
  for (const instant of [null, '2020-05-14T05:00:00.000Z']) {
    if (instant !== null) { house.clock.set(instant); await closePeriods(house); }
    const period = (await periodsOf(house.db.reader, 1))[0]!;
    const connection = new Sqlite(join(house.config.dataDir, 'ledger.db'), { readonly: true });
    for (const scope of [[1], [3, 4]]) {
      const sight = { scope, units: [3, 4, 7], whole: scope.includes(1) };
      for (const query of [tallyQuery(house.db.reader, period, sight), duesQuery(house.db.reader, period, sight, { mark: 'missing', unitId: 3, limit: 51, offset: 0 })]) {
        const { sql, params } = query.toSQL();
        const plan = connection.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...params).map(({ detail }) => detail);
        expect(plan.filter((detail) => detail.startsWith('SCAN') && !/SCAN (?:dues|owing|json_each|CONSTANT)/u.test(detail))).toEqual([]);
        expect(plan.join('\n')).toMatch(/lead_reports_unit|r USING/u);
        if (instant === null) expect(plan.filter((detail) => /finding_scope_(?:owed|reported)/u.test(detail)).length, plan.join('\n')).toBe(2);
      }
    }
    connection.close();
  }
});

test('what every morning page counts of a running period is a range of two indexes', async () => {
  const { house } = await aWeek();
  const { default: Sqlite } = await import('better-sqlite3');
  const { join } = await import('node:path');
  const connection = new Sqlite(join(house.config.dataDir, 'ledger.db'), { readonly: true });
  for (const name of ['running', 'cutOff'] as const) {
    const { sql, params } = quickTallies(house.db.reader)[name].getQuery();
    const plan = connection.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...params.map(() => null)).map(({ detail }) => detail);
    for (const index of ['finding_scope_owed', 'finding_scope_reported']) expect([name, plan.some((detail) => detail.startsWith('SEARCH finding_scope USING') && detail.includes(index))]).toEqual([name, true]);
  }
  connection.close();
});

test('the quick count of a period is the thorough one, before the cut-off, after it and when it is closed', async () => {
  const { house, cast, one, two, water } = await aWeek();
  const sight = await dueSightOf(house, await cast.person('office'));
  expect(sight.scope).toEqual([1]);
  await does(house, cast, 'transport', one, 'REPORT', { text: '已开工' });
  const byUnit = (all: readonly { readonly unitId: number }[]) => all.toSorted((before, after) => before.unitId - after.unitId);
  const counted: unknown[] = [];
  for (const [instant, late] of [['2020-05-13T01:00:00.000Z', null], ['2020-05-14T05:00:00.000Z', two], ['2020-05-16T05:00:00.000Z', water], [nextMonday, null]] as const) {
    house.clock.set(instant);
    if (late !== null) await does(house, cast, late === water ? 'water' : 'transport', late, 'REPORT', { text: '迟报的进展' });
    const period = (await periodsOf(house.db.reader, 1))[0]!;
    expect(period.closedAt).toBeNull();
    const quick = await tallies(house.db.reader, period, sight, house.clock.occurring());
    expect(byUnit(quick)).toEqual(byUnit(await tallyQuery(house.db.reader, period, sight)));
    counted.push(totalOf(quick));
  }
  await closePeriods(house);
  const closed = (await periodsOf(house.db.reader, 1))[0]!;
  expect(closed.closedAt).not.toBeNull();
  expect(byUnit(await tallies(house.db.reader, closed, sight, nextMonday))).toEqual(byUnit(await tallyQuery(house.db.reader, closed, sight)));
  expect(counted).toEqual([{ owed: 4, inTime: 1, late: 0, missing: 3 }, { owed: 4, inTime: 1, late: 1, missing: 2 }, { owed: 4, inTime: 1, late: 2, missing: 1 }, { owed: 4, inTime: 1, late: 2, missing: 1 }]);
});

test('a report is in time for the unit that made it, whoever leads the finding meanwhile', async () => {
  const { house, cast, one } = await aWeek();
  const missing = async () => (await totals(house, cast, 'office')).missing;
  await does(house, cast, 'transport', one, 'REPORT', { text: '已开工' });
  expect(await missing()).toBe(3);
  await house.db.commit(changeset(updateRow(units, { disabledOn: '2020-05-11', successorId: 7, version: 2 }, { id: 3, version: 1 }, 'unit')));
  house.changed();
  await does(house, cast, 'office', one, 'SUCCEED', { reason: '机构改革，职能划入市水务局' });
  expect(await missing()).toBe(4);
  await does(house, cast, 'water', one, 'REPORT', { text: '已接手' });
  expect(await missing()).toBe(3);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('two processes that close at once write the marks once', async () => {
  const { house, cast } = await aWeek();
  house.clock.set('2020-05-14T04:02:00.000Z');
  expect((await Promise.all([closePeriods(house), closePeriods(house), closePeriods(house)])).reduce((sum, count) => sum + count, 0)).toBe(1);
  expect((await house.db.reader.select().from(reportingDues)).length).toBe(4);
  expect(await totals(house, cast, 'office')).toEqual({ owed: 4, inTime: 0, late: 0, missing: 4 });
});

test('a supporting unit reports its own; the lead unit still owes', async () => {
  const { house, cast } = await aCampaign();
  await addPeriods(house, await cast.person('office'), 1, twoWeeks, 'weeks');
  const { listFindings } = await import('../../src/findings/commands/list.js');
  const [number = ''] = await listFindings(house, await cast.person('office'), [{ ...aFinding(cast), campaignId: 1 }], { commandKey: 'support' });
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, supportingUnitIds: [7], rectificationType: 'immediate' });
  await does(house, cast, 'transport', number, 'ACCEPT');
  await does(house, cast, 'water', number, 'REPORT', { text: '配合完成' });
  expect(await totals(house, cast, 'office')).toEqual({ owed: 1, inTime: 0, late: 0, missing: 1 });
  expect((await owedNow(house, await cast.person('water'))).missing).toBe(0);
  await does(house, cast, 'transport', number, 'REPORT', { nothingNew: true });
  expect(await totals(house, cast, 'office')).toEqual({ owed: 1, inTime: 1, late: 0, missing: 0 });
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('everybody sees what is theirs: the county its own, a unit its own, another office and another county nothing', async () => {
  const { house, cast, app } = await aWeek();
  const county = await accepted(house, cast, '甘州问题', 4, 'ganzhou');
  expect(await totals(house, cast, 'ganzhou-office')).toEqual({ owed: 1, inTime: 0, late: 0, missing: 1 });
  expect(await totals(house, cast, 'leader')).toEqual({ owed: 5, inTime: 0, late: 0, missing: 5 });
  const office = await signedIn(app, 'ganzhou-office');
  const page = (await office.get('/reporting/periods/1?mark=all')).body;
  expect([page.includes(county), page.includes('甘州区 1 件'), page.includes('市交通局')]).toEqual([true, true, false]);
  const unit = await signedIn(app, 'ganzhou');
  expect((await unit.get('/reporting/periods/1')).body).not.toContain('整改填报提醒');
  for (const username of ['gaotai', 'auditor']) expect([username, (await (await signedIn(app, username)).get('/reporting/periods/1')).statusCode]).toEqual([username, username === 'auditor' ? 403 : 404]);
});

test('only the host office and the administrator keep periods; the county\'s office changes nothing of the city\'s', async () => {
  const { house, cast, app } = await aWeek();
  await accepted(house, cast, '甘州问题', 4, 'ganzhou');
  const form = { kind: 'one', campaignId: '1', name: '第3周', opensOn: '2020-05-25', opensTime: '00:00', cutOffOn: '2020-05-28', cutOffTime: '12:00', step: 'add', key: 'k' };
  for (const [username, status] of [['transport', 403], ['leader', 403], ['ganzhou-office', 422], ['office', 303], ['admin', 303]] as const) {
    const agent = await signedIn(app, username);
    const week = username === 'admin' ? { name: '第4周', opensOn: '2020-06-01', cutOffOn: '2020-06-04' } : {};
    expect([username, (await agent.post('/reporting/periods', { ...form, ...week })).statusCode]).toEqual([username, status]);
    expect([username, (await agent.get('/reporting/periods/2/change')).statusCode]).toEqual([username, status === 303 ? 200 : 403]);
    expect([username, (await agent.post('/reporting/periods/2/removal', { version: '9' })).statusCode]).toEqual([username, status === 303 ? 409 : 403]);
  }
  expect((await periodsOf(house.db.reader, 1)).map(({ name }) => name)).toEqual(['第1周', '第2周', '第3周', '第4周']);
  // The administrator of a county keeps nothing of the city's.
  const [admin10] = await house.db.reader.select().from(people).where(eq(people.username, 'admin'));
  await house.db.commit(changeset(insertRow(people, { id: 60, username: 'county-admin', usernameKey: 'county-admin', name: '县管理员', passwordHash: admin10?.passwordHash ?? '', mustChangePassword: false }), insertRow(posts, { id: 60, personId: 60, role: 'admin', unitId: 4 })));
  const countys = await signedIn(app, 'county-admin');
  expect([(await countys.get('/reporting/periods')).statusCode, (await countys.get('/reporting/periods/2/change')).statusCode, (await countys.post('/reporting/periods/2', { version: '1', cutOffOn: '2020-05-20' })).statusCode]).toEqual([403, 403, 403]);
  const admin = (await (await signedIn(app, 'admin')).get('/reporting/periods/1')).body;
  expect([admin.includes('甲问题'), admin.includes('市交通局')]).toEqual([false, false]);
});

test('a series is previewed, a cut-off on a day off is said, and sent twice it is added once', async () => {
  const { house } = await aCampaign();
  const { loadCalendar } = await import('../../src/calendar/load.js');
  await loadCalendar(house);
  house.changed();
  const office = await signedIn(await testApp(house), 'office');
  await office.get('/reporting/periods/new?kind=weekly');
  const form = { kind: 'weekly', campaignId: '1', pattern: '第#周', first: '9', opensWeekday: '1', opensTime: '00:00', weekday: '4', time: '12:00', from: '2020-06-15', to: '2020-07-05' };
  const preview = await office.post('/reporting/periods', form);
  // 25 June 2020 was the Dragon Boat Festival.
  expect([preview.statusCode, preview.body.includes('第10周'), preview.body.includes('截止日是休息日（端午节'), await house.db.reader.$count(reportingPeriods)]).toEqual([200, true, true, 0]);
  for (let sent = 0; sent < 2; sent += 1) expect((await office.post('/reporting/periods', { ...form, step: 'add', key: 'twice' })).statusCode).toBe(303);
  expect((await periodsOf(house.db.reader, 1)).map(({ name, cutOffAt }) => [name, cutOffAt])).toEqual([['第9周', '2020-06-18T04:00:00.000Z'], ['第10周', '2020-06-25T04:00:00.000Z'], ['第11周', '2020-07-02T04:00:00.000Z']]);
  const again = await office.post('/reporting/periods', { ...form, step: 'add', key: 'other' });
  expect([again.statusCode, again.body.includes('重叠')]).toEqual([422, true]);
  const wrong = await office.post('/reporting/periods', { ...form, time: '25:00', to: '2020-02-30', campaignId: '2' });
  expect([wrong.statusCode, wrong.body.includes('value="25:00"'), wrong.body.includes('请填写“专项行动”'), wrong.body.includes('时刻请写成')]).toEqual([422, true, true, true]);
});

test('what was cut off is never changed; what has opened keeps its opening and is not removed', async () => {
  const { house, cast, app } = await aWeek();
  const office = await signedIn(app, 'office');
  const form = { name: '第1周', opensOn: '2020-05-11', opensTime: '00:00', cutOffOn: '2020-05-14', cutOffTime: '18:00', version: '1' };
  expect((await office.post('/reporting/periods/1', { ...form, opensOn: '2020-05-12' })).body).toContain('开始时间不能再改');
  expect((await office.post('/reporting/periods/1/removal', { version: '1' })).body).toContain('不能删除');
  expect((await office.post('/reporting/periods/1', form)).statusCode).toBe(303);
  const stale = await office.post('/reporting/periods/1', { ...form, name: '第一周' });
  expect([stale.statusCode, stale.body.includes('刚才被别人改过'), stale.body.includes('value="第一周"'), stale.body.includes('name="version" value="2"')]).toEqual([422, true, true, true]);
  expect((await office.post('/reporting/periods/2', { ...form, opensOn: '2020-05-18', cutOffOn: '2020-05-21' })).body).toContain('已经有“第1周”');
  expect((await periodsOf(house.db.reader, 1))[0]?.cutOffAt).toBe('2020-05-14T10:00:00.000Z');
  house.clock.set('2020-05-14T10:00:01.000Z');
  const again = await signedIn(app, 'office');
  const late = await again.post('/reporting/periods/1', { ...form, cutOffOn: '2020-05-15', version: '2' });
  expect([late.statusCode, late.body.includes('已经截止，不能再改'), (await again.get('/reporting/periods/1/change')).statusCode]).toEqual([409, true, 409]);
  // Nor by a later period that would take in what was late for this one.
  await expect(addPeriods(house, await cast.person('office'), 1, [{ name: '插', opensAt: '2020-05-14T10:00:00.500Z', cutOffAt: '2020-05-15T04:00:00.000Z' }], 'in')).rejects.toThrow('invalid');
  expect((await again.post('/reporting/periods/2/removal', { version: '1' })).headers.location).toBe('/reporting/periods?show=ahead');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('of two who change periods at once none makes them overlap', async () => {
  const { house, cast } = await aWeek();
  const [office, kept] = [await cast.person('office'), await periodsOf(house.db.reader, 1)];
  const second = kept[1]!;
  const longer = { name: '第1周', opensAt: monday, cutOffAt: '2020-05-17T15:00:00.000Z' };
  const earlier = { name: '第2周', opensAt: '2020-05-16T16:00:00.000Z', cutOffAt: nextThursday };
  const tried = await Promise.allSettled([changePeriod(house, office, kept[0]!, 1, longer), changePeriod(house, office, second, 1, earlier)]);
  expect(tried.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const [one, two] = await periodsOf(house.db.reader, 1);
  expect(one!.cutOffAt <= two!.opensAt).toBe(true);
});

test('a mark that somebody changes behind the ledger\'s back is found', async () => {
  const { house } = await aWeek();
  house.clock.set('2020-05-14T05:00:00.000Z');
  await closePeriods(house);
  const { default: Sqlite } = await import('better-sqlite3');
  const { join } = await import('node:path');
  const behind = new Sqlite(join(house.config.dataDir, 'ledger.db'));
  expect(() => behind.exec("UPDATE reporting_dues SET reported_at = '2020-05-12'")).toThrow('never changed');
  behind.exec("DROP TRIGGER reporting_dues_no_update; UPDATE reporting_dues SET reported_at = '2020-05-12T00:00:00.000Z', reported_seq = 3 WHERE finding_id = 1; INSERT INTO lead_reports VALUES (2, 3, 3, '2020-05-12T00:00:00.000Z')");
  behind.close();
  expect((await verifyLedger(house)).faults.map(({ where, detail }) => `${where} ${detail}`)).toEqual(['ZG-2020-0002 lead_reports', 'ZG-2020-0002 finding_scope 1 reported_at', 'ZG-2020-0002 finding_scope 3 reported_at', 'reporting_periods 1 PeriodClosed', 'reporting_periods 1 reporting_dues 1']);
});

const hour = 3_600_000;
const week = 7 * 24 * hour;

test('whenever units report, in time and late and missing are what is owed, and each mark is what its instants say', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 0, max: 3 * 7 * 24 * 2 })), { maxLength: 14 }), fc.nat(40), async (reports, closedLate) => {
    const { house, cast } = await aCampaign();
    house.clock.set('2020-05-11T00:00:00.000Z');
    const begin = Date.parse(monday);
    const at = (ms: number): string => new Date(begin + ms).toISOString();
    await addPeriods(house, await cast.person('office'), 1, [0, 1, 2].map((index) => ({ name: `第${index + 1}周`, opensAt: at(index * week), cutOffAt: at(index * week + 84 * hour) })), 'three');
    const numbers = [await accepted(house, cast, '甲', 3, 'transport'), await accepted(house, cast, '乙', 3, 'transport'), await accepted(house, cast, '丙', 7, 'water')];
    // Half hours from Monday eight o'clock on: some fall just on a cut-off or an opening.
    const told = reports.map(([which, half]) => ({ which, ms: 8 * hour + half * hour / 2 })).toSorted((one, other) => one.ms - other.ms);
    for (const { which, ms } of told) {
      house.clock.set(at(ms));
      await closePeriods(house);
      await does(house, cast, which === 2 ? 'water' : 'transport', numbers[which] ?? '', 'REPORT', { nothingNew: true });
    }
    house.clock.set(at(3 * week + closedLate * hour));
    await closePeriods(house);
    for (const [index, period] of (await periodsOf(house.db.reader, 1)).entries()) {
      const sight = await dueSightOf(house, await cast.person('office'));
      const total = totalOf(await tallies(house.db.reader, period, sight, house.clock.occurring()));
      expect(total.inTime + total.late + total.missing).toBe(total.owed);
      const dues = await duesShown(house.db.reader, period, sight, { mark: null, unitId: null, limit: 10, offset: 0 });
      const expected = numbers.map((number, which) => {
        const times = told.filter((each) => each.which === which).map(({ ms }) => ms - index * week);
        const end = index === 2 ? Number.POSITIVE_INFINITY : week;
        return [number, times.some((ms) => ms >= 0 && ms <= 84 * hour) ? 'inTime' : times.some((ms) => ms > 84 * hour && ms < end) ? 'late' : 'missing'];
      });
      expect(dues.map((due) => [due.number, markOf(due)])).toEqual(expected);
      expect((await tallies(house.db.reader, period, sight, house.clock.occurring())).map(({ unitId, owed }) => [unitId, owed])).toEqual([[3, 2], [7, 1]]);
    }
  }), { numRuns: 12 });
}, 120_000);

test('the weeks of a series stand in the house\'s zone, whatever day it begins, and never overlap', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 200 }), (start, opensWeekday, weekday, length) => {
    const from = new Date(Date.UTC(2019, 0, 1 + start)).toISOString().slice(0, 10);
    const to = new Date(Date.UTC(2019, 0, 1 + start + length)).toISOString().slice(0, 10);
    for (const zoneName of ['Asia/Shanghai', 'Europe/Berlin']) {
      const plan = weeklyPeriods({ pattern: '#', first: 1, opensWeekday, opensTime: '12:00', weekday, time: '12:00', from, to }, zoneName, '2000-01-01T00:00:00.000Z', false);
      for (const [index, each] of plan.entries()) {
        expect(overlapped(plan.slice(0, index), each)).toBeUndefined();
        expect(each.opensAt < each.cutOffAt).toBe(true);
        expect(weekdayOf(new Intl.DateTimeFormat('en-CA', { timeZone: zoneName }).format(new Date(each.cutOffAt)))).toBe(weekday);
      }
      expect(plan.length).toBeGreaterThanOrEqual(Math.floor((length + 1) / 7));
    }
  }));
});

test('a period is open up to the very instant of its cut-off, then late, and over when the next one opens', () => {
  const period = { opensAt: monday, cutOffAt: thursdayNoon, nextOpensAt: nextMonday };
  expect(['2020-05-10T15:59:59.999Z', monday, thursdayNoon, '2020-05-14T04:00:00.001Z', '2020-05-17T15:59:59.999Z', nextMonday].map((now) => phaseOf(period, now))).toEqual(['ahead', 'open', 'open', 'late', 'late', 'over']);
  expect(phaseOf({ ...period, nextOpensAt: null }, '2021-01-01T00:00:00.000Z')).toBe('late');
});

test('the text for the chat names every unit that is silent, and says how many when there are too many numbers', () => {
  const facts = { campaign: '百日攻坚', period: '第3周', now: '5月14日（周四）09:00', cutOff: '5月14日（周四）12:00', isOver: false, owed: 20, inTime: 8, late: 0 };
  const numbers = Array.from({ length: 11 }, (_, index) => `ZG-2020-${String(index + 1).padStart(4, '0')}`);
  const text = chatText({ ...facts, silent: [{ unit: '市交通局', missing: 11, numbers }, { unit: '市水务局', missing: 1, numbers: ['ZG-2020-0020'] }] }, words('zh-CN'));
  expect(text.split('\n')).toEqual(['【整改填报提醒】截至5月14日（周四）09:00，“百日攻坚”第3周应报 20 件，已报 8 件。以下单位未报：', expect.stringMatching(/^市交通局 11 件：ZG-2020-0001、.*ZG-2020-0008 等$/u), '市水务局 1 件：ZG-2020-0020', '请于5月14日（周四）12:00前在整改台账“集中填报”中填报。']);
  expect(chatText({ ...facts, silent: [] }, words('zh-CN'))).toContain('各单位均已填报');
  expect(chatText({ ...facts, isOver: true, late: 5, silent: [] }, words('zh-CN'))).toContain('按期已报 8 件，迟报 5 件');
});
