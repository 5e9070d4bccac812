import { expect, test } from 'vitest';
import { reportDrafts } from '../../db/schema/index.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { addPeriods } from '../../src/reporting/period-commands.js';
import { tidy } from '../../src/tidy.js';
import { signedIn, testApp } from '../support/app.js';
import { does, listed, walked } from '../support/factories.js';
import { accepted, aCampaign, monday, thursdayNoon } from './a-campaign.js';

/** Two findings of the road bureau in this week's period, one of the water bureau; and one with a plan, in no campaign. */
async function aGrid() {
  const { house, cast } = await aCampaign();
  await addPeriods(house, await cast.person('office'), 1, [{ name: '第1周', opensAt: monday, cutOffAt: thursdayNoon }], 'week');
  const [one, two] = [await accepted(house, cast, '甲问题', 3, 'transport'), await accepted(house, cast, '乙问题', 3, 'transport')];
  const water = await accepted(house, cast, '水务问题', 7, 'water');
  const planned = await listed(house, cast, { title: '有方案的问题' });
  await walked(house, cast, planned, 'REPORT');
  const found = async (number: string) => { const loaded = await findingQueries(house.db.reader).byNumber(number); if (!loaded) throw new Error(number); return loaded; };
  const drafts = () => house.db.reader.select({ findingId: reportDrafts.findingId, unitId: reportDrafts.unitId, text: reportDrafts.text, nothingNew: reportDrafts.nothingNew, personId: reportDrafts.personId, version: reportDrafts.version }).from(reportDrafts);
  return { house, cast, app: await testApp(house), one, two, water, planned, found, drafts };
}

const draftIn = (page: string, number: string): string => new RegExp(`name="draft.${number}" value="(\\d+)"`, 'u').exec(page)?.[1] ?? '';

test('a handler keeps a draft and signs out; the head sees who wrote it, sends it, and it is gone', async () => {
  const { house, app, one, two, found, drafts } = await aGrid();
  const transport = await signedIn(app, 'transport');
  await transport.get('/reporting');
  expect((await transport.post('/reporting/drafts', { key: 'a', [`text.${one}`]: '已办结两项', [`text.${two}`]: '', [`draft.${one}`]: '0' })).statusCode).toBe(303);
  expect((await transport.get('/reporting')).body).toContain('已暂存 1 件');
  expect([(await found(one)).row.latest, (await drafts()).length]).toEqual([null, 1]);
  await transport.post('/sign-out', {});
  const head = await signedIn(app, 'transport-head');
  const page = (await head.get('/reporting')).body;
  expect([page.includes('>已办结两项</textarea>'), page.includes('草稿：交通经办甲 5月11日（周一）08:00')]).toEqual([true, true]);
  const form = { key: 'b', [`text.${one}`]: '已办结两项', [`draft.${one}`]: draftIn(page, one) };
  for (const times of [1, 2]) expect([times, (await head.post('/reporting', form)).statusCode]).toEqual([times, 303]);
  expect([(await found(one)).row.latest, await drafts()]).toEqual(['已办结两项', []]);
  expect((await found(one)).row.version).toBe((await found(two)).row.version + 1);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('of two colleagues who write the same row the second is told, sees what the first wrote, and loses nothing', async () => {
  const { app, one, found, drafts } = await aGrid();
  const [handler, head] = [await signedIn(app, 'transport'), await signedIn(app, 'transport-head')];
  for (const agent of [handler, head]) await agent.get('/reporting');
  await handler.post('/reporting/drafts', { [`text.${one}`]: '经办写的', [`draft.${one}`]: '0' });
  const late = await head.post('/reporting/drafts', { [`text.${one}`]: '负责人写的', [`draft.${one}`]: '0' });
  expect([late.statusCode, late.body.includes('>负责人写的</textarea>'), late.body.includes('“经办写的”'), late.body.includes('同事刚才改了')]).toEqual([422, true, true, true]);
  const stale = await head.post('/reporting', { key: 'x', [`text.${one}`]: '负责人写的', [`draft.${one}`]: '1' });
  expect([stale.statusCode, (await found(one)).row.latest, (await drafts()).map(({ text }) => text)]).toEqual([422, null, ['经办写的']]);
  const again = await head.post('/reporting', { key: 'y', [`text.${one}`]: '负责人写的', [`draft.${one}`]: draftIn(stale.body, one) });
  expect([again.statusCode, (await found(one)).row.latest, await drafts()]).toEqual([303, '负责人写的', []]);
});

test('a draft is the unit\'s own: another unit neither sees it nor writes one on what is not theirs', async () => {
  const { app, one, water, drafts } = await aGrid();
  const transport = await signedIn(app, 'transport');
  await transport.get('/reporting');
  await transport.post('/reporting/drafts', { [`text.${one}`]: '内部草稿', [`draft.${one}`]: '0' });
  const other = await signedIn(app, 'water');
  expect((await other.get('/reporting')).body).not.toContain('内部草稿');
  const refused = await other.post('/reporting/drafts', { [`text.${one}`]: '别人的', [`text.${water}`]: '自己的' });
  expect([refused.statusCode, refused.body.includes('不在您的查看范围内')]).toEqual([422, true]);
  expect((await drafts()).map(({ unitId, text }) => [unitId, text])).toEqual([[3, '内部草稿'], [7, '自己的']]);
  for (const username of ['office', 'inspector', 'leader']) expect([username, (await (await signedIn(app, username)).post('/reporting/drafts', { [`text.${one}`]: 'x' })).statusCode]).toEqual([username, 403]);
});

test('what was left lying for two months goes; what somebody began last month stays', async () => {
  const { house, app, one, two, drafts } = await aGrid();
  const transport = await signedIn(app, 'transport');
  await transport.get('/reporting');
  await transport.post('/reporting/drafts', { [`text.${one}`]: '五月写的', [`draft.${one}`]: '0' });
  house.clock.set('2020-06-20T00:00:00.000Z');
  const again = await signedIn(app, 'transport');
  await again.get('/reporting');
  await again.post('/reporting/drafts', { [`text.${two}`]: '六月写的', [`draft.${two}`]: '0' });
  expect((await tidy(house)).drafts).toBe(0);
  house.clock.set('2020-07-15T00:00:00.000Z');
  expect([(await tidy(house)).drafts, (await drafts()).map(({ text }) => text)]).toEqual([1, ['六月写的']]);
});

test('what is emptied again is no draft any more', async () => {
  const { app, one, drafts } = await aGrid();
  const transport = await signedIn(app, 'transport');
  await transport.get('/reporting');
  await transport.post('/reporting/drafts', { [`text.${one}`]: '写错了', [`draft.${one}`]: '0' });
  const seen = draftIn((await transport.get('/reporting')).body, one);
  await transport.post('/reporting/drafts', { [`text.${one}`]: '', [`draft.${one}`]: seen });
  expect(await drafts()).toEqual([]);
});

test('the rest is ticked, looked at, and sent together; what is reported already is left alone', async () => {
  const { house, cast, app, one, two, planned, found, drafts } = await aGrid();
  await does(house, cast, 'transport', one, 'REPORT', { text: '周一已报' });
  const transport = await signedIn(app, 'transport');
  await transport.get('/reporting');
  const rows = { [`text.${one}`]: '', [`text.${two}`]: '', [`text.${planned}`]: '有进展' };
  expect((await transport.post('/reporting/rest', rows)).statusCode).toBe(303);
  const page = (await transport.get('/reporting')).body;
  expect(page).toContain('其余 1 件已勾');
  expect((await drafts()).map(({ text, nothingNew }) => [text, nothingNew]).toSorted()).toEqual([['', true], ['有进展', false]]);
  expect([page.includes(`name="nothing.${two}" value="yes" checked`), page.includes(`name="nothing.${one}" value="yes" checked`)]).toEqual([true, false]);
  const before = await found(one);
  await transport.post('/reporting', { key: 'all', ...rows, [`nothing.${two}`]: 'yes', [`draft.${two}`]: draftIn(page, two), [`draft.${planned}`]: draftIn(page, planned) });
  expect([(await found(one)).row.version, (await found(planned)).row.latest, await drafts()]).toEqual([before.row.version, '有进展', []]);
});

test('each measure is reported on in its row; a percentage that is none is refused and kept', async () => {
  const { app, planned, found, drafts } = await aGrid();
  const transport = await signedIn(app, 'transport');
  expect((await transport.get('/reporting')).body).toContain('措施 0/1 完成，总体 0%');
  const wrong = await transport.post('/reporting/drafts', { [`text.${planned}`]: '推进中', [`progress.${planned}.1`]: '170' });
  expect([wrong.statusCode, wrong.body.includes('value="170"'), await drafts()]).toEqual([422, true, []]);
  const sent = await transport.post('/reporting', { key: 'w', [`text.${planned}`]: '推进中', [`progress.${planned}.1`]: '六成' });
  expect([sent.statusCode, sent.body.includes('0 到 100 的整数'), (await found(planned)).row.latest]).toEqual([422, true, null]);
  await transport.post('/reporting/drafts', { [`text.${planned}`]: '推进中', [`progress.${planned}.1`]: '60' });
  const page = (await transport.get('/reporting')).body;
  expect(page).toMatch(new RegExp(`name="progress.${planned}.1" value="60"`, 'u'));
  expect((await found(planned)).snapshot.context.measures[0]?.percent).toBe(0);
  await transport.post('/reporting', { key: 'k', [`text.${planned}`]: '推进中', [`progress.${planned}.1`]: '60', [`draft.${planned}`]: draftIn(page, planned) });
  expect((await found(planned)).snapshot.context.measures[0]).toMatchObject({ percent: 60, done: false });
  // A page that says nothing about a measure leaves it as it is.
  await transport.post('/reporting', { key: 'l', [`text.${planned}`]: '再报' });
  expect((await found(planned)).snapshot.context.measures[0]).toMatchObject({ percent: 60, done: false });
});

test('the head of the page says how the period stands, and shows only what is missing', async () => {
  const { house, cast, app, one, two } = await aGrid();
  await does(house, cast, 'transport', one, 'REPORT', { text: '周一已报' });
  const transport = await signedIn(app, 'transport');
  const all = (await transport.get('/reporting')).body;
  expect(all).toContain('本期 第1周（百日攻坚），截止 5月14日（周四）12:00，已报 1/2，未报 1');
  const missing = (await transport.get('/reporting?show=missing')).body;
  expect([missing.includes(`text-${two}`), missing.includes(`text-${one}`)]).toEqual([true, false]);
  const sent = await transport.post('/reporting', { key: 'm', show: 'missing', [`nothing.${two}`]: 'yes' });
  expect(sent.headers.location).toBe('/reporting?show=missing');
  expect((await transport.get('/reporting?show=missing')).body).toContain('本期该报的都报了');
});
