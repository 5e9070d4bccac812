import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { findingSources, sources, units } from '../../db/schema/index.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { actOnMany } from '../../src/findings/commands/many.js';
import { findingQueries, type Loaded } from '../../src/findings/queries.js';
import { sentenceOfEvent } from '../../src/ledger/sentence.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { countsOf } from '../../src/totals/counts.js';
import { totalsOf } from '../../src/totals/totals.js';
import { words } from '../../src/words.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, assignment, claim, does, listed, photo, plan } from '../support/factories.js';

async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  const queries = findingQueries(house.db.reader);
  const load = async (number: string): Promise<Loaded> => {
    const found = await queries.byNumber(number);
    if (!found) throw new Error(`${number} is not there.`);
    return found;
  };
  const from = async (number: string) => (await queries.sources((await load(number)).row.id)).map(({ source, originalNumber }) => `${source.issuer} ${originalNumber}`).sort();
  const history = async (number: string) => (await queries.events((await load(number)).row.id, null, 50)).toReversed();
  const totals = async () => totalsOf(await countsOf(house.db.reader, [1], false), house.clock.today());
  /** The same problem, found by somebody else under a number of theirs. */
  const again = async (originalNumber: string): Promise<string> => {
    await house.db.commit(changeset(insertRow(sources, { id: 2, channel: 'hotline', issuer: '市长热线', documentNumber: '' })));
    const [number = ''] = await listFindings(house, await cast.person('office'), [{ ...aFinding(cast, { title: '道路手续办得慢' }), sourceId: 2, originalNumber }], { commandKey: randomUUID() });
    return number;
  };
  /** The road bureau ends; a unit that follows it takes over. */
  const followed = async (successorId: number): Promise<void> => {
    const [old] = await house.db.reader.select().from(units).where(eq(units.id, 3));
    await house.db.commit(changeset(updateRow(units, { disabledOn: '2020-05-01', successorId, version: 2 }, { id: 3, version: old?.version ?? 1 }, 'unit')));
    house.changed();
  };
  return { house, cast, load, from, history, totals, again, followed };
}

test('one finding, several sources: what was merged into it is found by its old number, traced on both, and counted once', async () => {
  const { house, cast, load, from, history, totals, again } = await aHouse();
  const [kept, other] = [await listed(house, cast), await again('RX-88')];
  await does(house, cast, 'office', other, 'MERGE', { target: kept, reason: '同一条道路的同一问题' });
  expect(await from(kept)).toEqual(['市长热线 RX-88', '省审计厅 7']);
  expect((await load(kept)).snapshot.context.absorbed).toEqual([other]);
  const traced = (await history(kept)).at(-1);
  const told = traced && sentenceOfEvent(traced, words('zh-CN'), await house.tree());
  expect([traced?.type, told?.sentence.includes(other)]).toEqual(['ABSORB', true]);
  expect((await load(other)).row).toMatchObject({ stage: 'merged' });
  expect(await house.db.search('RX-88', [1], 10)).toContain((await load(kept)).row.id);
  expect(await totals()).toMatchObject({ everListed: 2, founded: 1, open: 1, outcomes: 1 });
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a unit that never saw what was merged into its finding does not learn its number, on the page or in the history; the office does', async () => {
  const { house, cast, again } = await aHouse();
  const [kept, other] = [await listed(house, cast), await again('RX-88')];
  await does(house, cast, 'office', kept, 'ASSIGN', assignment);
  await does(house, cast, 'office', other, 'MERGE', { target: kept, reason: '同一条道路的同一问题' });
  const app = await testApp(house);
  const tells = async (username: string): Promise<readonly boolean[]> => {
    const agent = await signedIn(app, username);
    return Promise.all([`/findings/${kept}`, `/findings/${kept}/history`].map(async (address) => { const { statusCode, body } = await agent.get(address); expect(statusCode).toBe(200); return body.includes(other); }));
  };
  expect([await tells('transport'), await tells('office')]).toEqual([[false, false], [true, true]]);
});

test('whoever reported on what was merged does not verify what it was merged into', async () => {
  const { house, cast, load, again } = await aHouse();
  const [kept, other] = [await listed(house, cast), await again('RX-88')];
  for (const number of [kept, other]) {
    await does(house, cast, 'office', number, 'ASSIGN', assignment);
    await does(house, cast, 'transport', number, 'ACCEPT');
    await does(house, cast, 'transport', number, 'SUBMIT_PLAN', plan);
    await does(house, cast, 'transport-head', number, 'SIGN_PLAN');
    await does(house, cast, 'office', number, 'APPROVE_PLAN');
  }
  await does(house, cast, 'transport', other, 'REPORT', { text: '已办结一半' });
  await does(house, cast, 'leader', other, 'MERGE', { target: kept, reason: '同一问题' });
  const reporter = await cast.person('transport');
  expect((await load(kept)).snapshot.context.marks).toContainEqual({ duty: 'report', personId: reporter.id, cycle: 1 });
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a source that somebody slips into the ledger without a merger is found', async () => {
  const { house, cast, load, again } = await aHouse();
  const [kept, other] = [await listed(house, cast), await again('RX-88')];
  await house.db.commit(changeset(insertRow(findingSources, { findingId: (await load(kept)).row.id, sourceId: 2, originalNumber: 'RX-99', verbatim: '' })));
  expect((await verifyLedger(house)).faults).toMatchObject([{ where: kept, what: 'beside', detail: 'finding_sources' }]);
  expect(other).not.toBe(kept);
});

test('two problems in one row become findings of their own, with numbers of their own and the same source', async () => {
  const { house, cast, load, from, history, totals } = await aHouse();
  const number = await listed(house, cast, { leadUnitId: 3, deadline: '2020-06-30' });
  const before = await totals();
  const pieces = [{ title: '一条道路未立项', description: '甲路没有立项。' }, { title: '管护资金未落实', description: '乙路没有管护资金。' }];
  await does(house, cast, 'office', number, 'SPLIT', { pieces, reason: '一条里写了三件事' });
  const { splitInto = [] } = (await load(number)).snapshot.context;
  expect(splitInto).toEqual(['ZG-2020-0002', 'ZG-2020-0003']);
  const piece = await load('ZG-2020-0003');
  expect(piece.row).toMatchObject({ title: '管护资金未落实', stage: 'listed', parentId: null, leadUnitId: 3, dueOn: '2020-06-30', hostOfficeId: 2 });
  expect(piece.snapshot.context.splitFrom).toBe(number);
  expect(await from('ZG-2020-0003')).toEqual(['省审计厅 7']);
  expect((await history('ZG-2020-0003')).map(({ type }) => type)).toEqual(['LIST']);
  expect(await totals()).toMatchObject({ everListed: before.everListed + 2, open: before.open + 2, outcomes: 0 });
  await does(house, cast, 'office', 'ZG-2020-0003', 'ASSIGN', assignment);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('what has parts, is a part or was handed out already is not split', async () => {
  const { house, cast } = await aHouse();
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', assignment);
  await expect(does(house, cast, 'office', number, 'SPLIT', { pieces: [{ title: '甲', description: '乙' }], reason: '两件事' })).rejects.toMatchObject({ because: 'state' });
  const other = await listed(house, cast);
  await expect(does(house, cast, 'office', other, 'SPLIT', { pieces: [{ title: '甲', description: '' }], reason: '两件事' })).rejects.toMatchObject({ because: 'input', refusals: [{ rule: 'field.row', field: 'pieces' }] });
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a unit that ended is followed by its successor, in many findings at once; what was done stands as it was', async () => {
  const { house, cast, load, followed } = await aHouse();
  const [one, other] = [await listed(house, cast), await listed(house, cast)];
  await does(house, cast, 'office', one, 'ASSIGN', assignment);
  await does(house, cast, 'transport', one, 'ACCEPT');
  await does(house, cast, 'transport', one, 'SUBMIT_PLAN', plan);
  await does(house, cast, 'transport-head', one, 'SIGN_PLAN');
  await does(house, cast, 'office', one, 'APPROVE_PLAN');
  await does(house, cast, 'transport', one, 'REPORT', { text: '已办结', progress: [{ id: 1, percent: 100 }] });
  await followed(7);
  const requests = [one, other].map((number) => ({ number, event: 'SUCCEED', data: { reason: '机构改革，职能划入市水务局' }, seen: null, onBehalf: null, files: [] }));
  const { rows } = await actOnMany(house, await cast.person('office'), requests, randomUUID());
  expect(rows.map(({ to, refusals }) => [to, refusals.map(({ rule }) => rule)])).toEqual([['rectifying.executing', []], [null, ['unitsSucceeded']]]);
  expect((await load(one)).row.leadUnitId).toBe(7);
  expect((await load(one)).snapshot.context).toMatchObject({ measures: [{ ownerUnitId: 7, percent: 100 }], deadline: '2020-06-30', originalDeadline: '2020-06-30' });
  await expect(does(house, cast, 'transport', one, 'CLAIM', claim)).rejects.toMatchObject({ code: 'notVisible' });
  await does(house, cast, 'water', one, 'CLAIM', claim, { files: [await photo(house)] });
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('an amendment says what was, what is, and why', async () => {
  const { house, cast, history } = await aHouse();
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'AMEND', { title: '村组道路项目前期手续偏慢', requirement: '倒排工期', reason: '原标题多写了“部分”二字。' });
  const last = (await history(number)).at(-1);
  const told = last && sentenceOfEvent(last, words('zh-CN'), await house.tree());
  expect(told?.sentence).toContain('部分村组道路项目前期手续偏慢 → 村组道路项目前期手续偏慢');
  expect(told?.sentence).toContain('（无） → 倒排工期');
  expect(told?.note).toContain('多写了');
});
