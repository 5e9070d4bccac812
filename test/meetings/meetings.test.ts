import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { meetingItems, meetings, people, posts } from '../../db/schema/index.js';
import { decideMeeting } from '../../src/meetings/commands/decide.js';
import { changeMeeting, prepareMeeting } from '../../src/meetings/commands/prepare.js';
import { itemsOf } from '../../src/meetings/queries.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { does, listed, walked } from '../support/factories.js';

async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  // Who typed nothing on the way may decide at its end.
  const waiting = async (data: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const number = await listed(house, cast, data);
    await walked(house, cast, number, 'CLOSE');
    return number;
  };
  const load = async (number: string) => (await findingQueries(house.db.reader).byNumber(number))!;
  const last = async (number: string) => (await findingQueries(house.db.reader).events((await load(number)).row.id, null, 1))[0];
  const app = await testApp(house);
  const office = await signedIn(app, 'office');
  const prepared = async (numbers: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> => {
    await office.get('/meetings/new');
    const response = await office.post('/meetings', { title: '五月销号审议会', heldOn: '2020-05-11', place: '二楼会议室', attendees: '领导小组成员', n: numbers, ...more });
    expect(response.statusCode).toBe(303);
    return String(response.headers.location);
  };
  const decided = async (address: string, rows: Readonly<Record<string, readonly [result: string, reason?: string]>>, more: readonly (readonly [string, string])[] = [], files: readonly (readonly [string, string, Uint8Array])[] = []) => {
    await office.get(address);
    const texts = Object.entries(rows).flatMap(([number, [result, reason = '']]) => [[`result.${number}`, result], [`reason.${number}`, reason]] as const);
    return office.send(`${address}/decision`, [['key', 'the-meeting'], ['version', '1'], ['decisionNumber', '张整〔2020〕5号'], ...texts, ...more], files);
  };
  return { house, cast, waiting, load, last, app, office, prepared, decided };
}

const scan: readonly [string, string, Uint8Array] = ['scan', '会议纪要.pdf', Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')];

test('a meeting closes most, sends one back and puts one off: one number, one commit, minutes beside it', async () => {
  const { house, waiting, load, last, office, prepared, decided } = await aHouse();
  const numbers = [await waiting(), await waiting(), await waiting(), await waiting()];
  const address = await prepared(numbers);
  const [one = '', two = '', back = '', off = ''] = numbers;
  const response = await decided(address, { [one]: ['closed'], [two]: ['basicallyClosed'], [back]: ['sentBack', '第三个项目的批复没有见到原件。'], [off]: ['deferred', '等待审计意见'] });
  expect([response.statusCode, response.headers.location]).toEqual([303, address]);
  expect(await Promise.all(numbers.map(async (number) => (await load(number)).row.state))).toEqual(['closed', 'closed', 'rectifying.executing', 'verified.approval']);
  expect((await load(two)).snapshot.context.closures).toMatchObject([{ decision: '张整〔2020〕5号', outcome: 'basicallyRectified' }]);
  expect((await last(back))?.type).toBe('SEND_BACK');
  const page = (await office.get(address)).body;
  for (const words of ['张整〔2020〕5号', '同意销号 2，退回整改 1，暂缓 1']) expect(page).toContain(words);
  const paper = (await office.get(`${address}/paper`)).body;
  for (const words of ['第三个项目的批复没有见到原件', '等待审计意见', '核查甲、核查乙']) expect(paper).toContain(words);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('when one row cannot be closed nothing at all is, what was typed is kept, and the row says why', async () => {
  const { house, cast, waiting, load, prepared, decided } = await aHouse();
  const [one, other] = [await waiting(), await waiting()];
  const address = await prepared([one, other]);
  await does(house, cast, 'office2', other, 'SEND_BACK', { missing: '还缺少一份批复的原件。' });
  const response = await decided(address, { [one]: ['closed'], [other]: ['closed'] });
  expect(response.statusCode).toBe(422);
  for (const words of ['张整〔2020〕5号', other, '还不能（或已不能）办理']) expect(response.body).toContain(words);
  expect([(await load(one)).row.state, (await house.db.reader.select().from(meetings))[0]?.state]).toEqual(['verified.approval', 'prepared']);
  const stale = await decided(address, { [one]: ['closed'], [other]: ['deferred', '已退回整改'] }, [[`seen.${one}`, '3']]);
  expect([stale.statusCode, stale.body.includes('在您查看之后有了新的变化')]).toEqual([422, true]);
  const again = await decided(address, { [one]: ['closed'], [other]: ['deferred', '已退回整改'] });
  expect(again.statusCode).toBe(303);
  expect((await load(one)).row.state).toBe('closed');
});

test('what is the leader’s is entered for them, with the signed paper beside each finding; the clerk who verified does not come into it', async () => {
  const { house, waiting, load, last, prepared, decided } = await aHouse();
  const [major, ordinary] = [await waiting({ severity: 'major' }), await waiting()];
  const address = await prepared([major, ordinary]);
  const bare = await decided(address, { [major]: ['closed'], [ordinary]: ['closed'] });
  expect([bare.statusCode, bare.body.includes('签批领导'), bare.body.includes('扫描')]).toEqual([422, true, true]);
  expect((await load(ordinary)).row.state).toBe('verified.approval');
  const response = await decided(address, { [major]: ['closed'], [ordinary]: ['closed'] }, [['leaderId', '9']], [scan]);
  expect(response.statusCode).toBe(303);
  const event = await last(major);
  expect(JSON.parse(event?.onBehalf ?? '{}')).toMatchObject({ principal: { name: '牵头领导', role: 'leader' }, basisNumber: '张整〔2020〕5号', basisDate: '2020-05-11' });
  expect((await last(ordinary))?.onBehalf).toBeNull();
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('sent twice it is decided once; a decided meeting is changed no more', async () => {
  const { house, waiting, last, office, prepared, decided } = await aHouse();
  const number = await waiting();
  const address = await prepared([number]);
  const both = [await decided(address, { [number]: ['closed'] }), await decided(address, { [number]: ['closed'] })];
  expect(both.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
  expect((await last(number))?.type).toBe('CLOSE');
  await office.get(address);
  expect((await office.post(address, { title: '改', heldOn: '2020-05-12', n: number, version: '2' })).statusCode).toBe(422);
  expect((await office.post(`${address}/dropping?version=2`, {})).statusCode).toBe(409);
  expect(await house.db.reader.select({ title: meetings.title, state: meetings.state }).from(meetings)).toEqual([{ title: '五月销号审议会', state: 'decided' }]);
});

test('before the meeting the page says what cannot be closed, and why; the list is changed, put in order, dropped', async () => {
  const { house, cast, waiting, office, prepared } = await aHouse();
  const [one, other] = [await waiting(), await waiting()];
  const address = await prepared([one, other], { [`order.${one}`]: '2', [`order.${other}`]: '1' });
  const order = async () => (await house.db.reader.select().from(meetingItems).where(eq(meetingItems.meetingId, Number(address.split('/').at(-1)))).orderBy(meetingItems.ordinal)).map(({ findingId }) => findingId);
  expect(await order()).toEqual([2, 1]);
  await does(house, cast, 'office2', other, 'SEND_BACK', { missing: '还缺少一份批复的原件。' });
  const page = (await office.get(address)).body;
  expect([page.includes('上会 2 件（项），其中可以销号 1 件'), page.includes('暂不能销号') || page.includes('正在整改')]).toEqual([true, true]);
  expect((await office.get(`${address}/change`)).body).not.toContain(`value="${other}"`);
  expect((await office.post(address, { title: '改期', heldOn: '2020-05-13', n: one, version: '1' })).statusCode).toBe(303);
  expect(await order()).toEqual([1]);
  expect((await office.post(address, { title: '又改', heldOn: '2020-05-13', n: one, version: '1' })).statusCode).toBe(409);
  expect((await office.get(`${address}/dropping`)).body).toContain('取消“改期”');
  expect((await office.post(`${address}/dropping?version=2`, {})).statusCode).toBe(303);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('another office, a unit and an inspector know of no meeting; its leader reads it and cannot decide it', async () => {
  const { waiting, app, prepared } = await aHouse();
  const address = await prepared([await waiting()]);
  const statuses = async (username: string) => {
    const agent = await signedIn(app, username);
    const [seen, paper] = [await agent.get(address), await agent.get(`${address}/paper`)];
    return [seen.statusCode, paper.statusCode, (await agent.post(`${address}/decision`, { version: '1' })).statusCode];
  };
  expect(await statuses('ganzhou-office')).toEqual([404, 404, 404]);
  expect(await statuses('transport')).toEqual([403, 403, 403]);
  expect(await statuses('inspector')).toEqual([403, 403, 403]);
  expect(await statuses('leader')).toEqual([200, 200, 403]);
});

test('minutes that were rewritten are found', async () => {
  const { house, waiting, prepared, decided } = await aHouse();
  const [one, other] = [await waiting(), await waiting()];
  await decided(await prepared([one, other]), { [one]: ['closed'], [other]: ['deferred', '等待'] });
  await house.db.commit(changeset(updateRow(meetingItems, { result: 'closed' }, { findingId: 2 }, 'item')));
  expect((await verifyLedger(house)).faults).toMatchObject([{ where: 'meeting 1', what: 'meeting' }, { where: other, what: 'meeting' }]);
});

test('a county’s meeting takes only what the county decides on', async () => {
  const { waiting, app } = await aHouse();
  const number = await waiting();
  const county = await signedIn(app, 'ganzhou-office');
  expect((await county.get('/meetings/new')).body).not.toContain(number);
  const response = await county.post('/meetings', { title: '区会', heldOn: '2020-05-11', n: number });
  expect([response.statusCode, response.body.includes('不在等待销号的问题中')]).toEqual([422, true]);
});

test('whoever verified and then became a clerk cannot decide on it at the meeting', async () => {
  const { house, waiting, load, prepared, decided } = await aHouse();
  const number = await waiting();
  const address = await prepared([number]);
  await house.db.commit(changeset(insertRow(posts, { id: 300, personId: 7, unitId: 2, role: 'office' })));
  expect(await house.db.reader.$count(people)).toBeGreaterThan(0);
  const clerk = await signedIn(await testApp(house), 'inspector');
  await clerk.get(address);
  const refused = await clerk.send(`${address}/decision`, [['key', 'k'], ['version', '1'], ['decisionNumber', '张整〔2020〕6号'], [`result.${number}`, 'closed'], [`reason.${number}`, '']], []);
  expect([refused.statusCode, (await load(number)).row.state]).toEqual([422, 'verified.approval']);
  expect((await decided(address, { [number]: ['closed'] })).statusCode).toBe(303);
});

test('a meeting that is still to come decides nothing, and no row is agreed to before somebody does', async () => {
  const { waiting, load, office, prepared, decided } = await aHouse();
  const number = await waiting();
  const address = await prepared([number], { heldOn: '2020-05-12' });
  expect((await office.get(address)).body).not.toMatch(/value="closed"[^>]* checked/u);
  const response = await decided(address, { [number]: ['closed'] });
  expect([response.statusCode, response.body.includes('会议定于 2020-05-12 召开')]).toEqual([422, true]);
  expect((await load(number)).row.state).toBe('verified.approval');
});

test('a finding stands on the list of one meeting that is still to decide, and a number is that of one meeting', async () => {
  const { waiting, load, office, prepared, decided } = await aHouse();
  const [one, two] = [await waiting(), await waiting()];
  const first = await prepared([one]);
  const fresh = (await office.get('/meetings/new')).body;
  expect([one, two].map((number) => fresh.includes(`value="${number}" aria-label="${number}" checked`))).toEqual([false, true]);
  expect([fresh.includes('已列入“五月销号审议会”'), fresh.includes(`name="n" value="${one}"`)]).toEqual([true, false]);
  const again = await office.post('/meetings', { title: '六月销号审议会', heldOn: '2020-05-11', place: '', attendees: '', n: [one, two] });
  expect([again.statusCode, again.body.includes(`${one} 已列入还没有议定的“五月销号审议会”`)]).toEqual([422, true]);
  await decided(first, { [one]: ['closed'] });
  const second = await prepared([two], { title: '六月销号审议会' });
  const taken = await decided(second, { [two]: ['closed'] }, [['key', 'another']]);
  expect([taken.statusCode, taken.body.includes('“张整〔2020〕5号”已是“五月销号审议会”的决定文号'), (await load(two)).row.stage]).toEqual([422, true, 'verified']);
});

const aMeeting = { title: '销号审议会', heldOn: '2020-05-11', place: '', attendees: '' };

test('of two clerks who put one finding on a list at once, one does; a form that is sent twice prepares one meeting', async () => {
  const { house, cast, waiting } = await aHouse();
  const [one, other] = [await waiting(), await waiting()];
  const clerks = [await cast.person('office'), await cast.person('office2')];
  const both = await Promise.allSettled(clerks.map((clerk) => prepareMeeting(house, clerk, 2, { ...aMeeting, numbers: [one] }, 'at once')));
  expect([both.map(({ status }) => status).toSorted(), await house.db.reader.$count(meetingItems)]).toEqual([['fulfilled', 'rejected'], 1]);
  const [clerk] = clerks;
  const twice = await Promise.all([1, 2].map(() => prepareMeeting(house, clerk!, 2, { ...aMeeting, numbers: [other] }, 'clicked twice')));
  expect([new Set(twice).size, await prepareMeeting(house, clerk!, 2, { ...aMeeting, numbers: [other] }, 'clicked twice'), await house.db.reader.$count(meetings)]).toEqual([1, twice[0], 2]);
});

test('the form of a meeting carries its key: two clicks on its button are one meeting', async () => {
  const { house, waiting, office } = await aHouse();
  const number = await waiting();
  const key = /name="key" value="([^"]+)"/u.exec((await office.get('/meetings/new')).body)?.[1] ?? '';
  const clicks = [await office.post('/meetings', { ...aMeeting, n: number, key }), await office.post('/meetings', { ...aMeeting, n: number, key })];
  expect([key.length > 8, clicks.map(({ headers }) => headers.location), await house.db.reader.$count(meetings)]).toEqual([true, ['/meetings/1', '/meetings/1'], 1]);
});

test('of two lists that take in one finding at once, one is changed', async () => {
  const { house, cast, waiting } = await aHouse();
  const [one, two, both] = [await waiting(), await waiting(), await waiting()];
  const office = await cast.person('office');
  for (const number of [one, two]) await prepareMeeting(house, office, 2, { ...aMeeting, numbers: [number] }, number);
  const kept = await house.db.reader.select().from(meetings);
  const changes = await Promise.allSettled(kept.map((meeting, at) => changeMeeting(house, office, meeting, 1, { ...aMeeting, numbers: [[one, two][at] ?? '', both] })));
  expect([changes.map(({ status }) => status).toSorted(), await house.db.reader.$count(meetingItems)]).toEqual([['fulfilled', 'rejected'], 3]);
});

test('of two meetings decided under one number at once, one is', async () => {
  const { house, cast, waiting, load } = await aHouse();
  const numbers = [await waiting(), await waiting()];
  const office = await cast.person('office');
  for (const number of numbers) await prepareMeeting(house, office, 2, { ...aMeeting, numbers: [number] }, number);
  const kept = await house.db.reader.select().from(meetings);
  const decision = { decisionNumber: '张整〔2020〕5号', leader: null, scan: null };
  const decisions = await Promise.allSettled(kept.map(async (meeting) => {
    const [item] = await itemsOf(house.db.reader, meeting.id);
    const loaded = new Map([[item!.number, await load(item!.number)]]);
    await decideMeeting(house, office, meeting, 1, [{ item: item!, result: 'closed', reason: '', seen: null }], loaded, decision, item!.number);
  }));
  expect(decisions.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect((await house.db.reader.select().from(meetings)).map(({ state }) => state).toSorted()).toEqual(['decided', 'prepared']);
});
