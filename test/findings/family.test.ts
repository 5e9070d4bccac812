import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { people, posts, units } from '../../db/schema/index.js';
import type { Post } from '../../src/context.js';
import { actorsOf } from '../../src/findings/actors.js';
import type { Behalf } from '../../src/findings/commands/behalf.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { findingQueries, type Loaded } from '../../src/findings/queries.js';
import { sentenceOfEvent } from '../../src/ledger/sentence.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { words } from '../../src/words.js';
import { testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, assignment, claim, does, listed, photo, verdict, walked } from '../support/factories.js';

async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  const load = async (number: string): Promise<Loaded> => {
    const found = await findingQueries(house.db.reader).byNumber(number);
    if (!found) throw new Error(`${number} is not there.`);
    return found;
  };
  const refusedBy = async (doing: Promise<unknown>): Promise<unknown> => doing.then(() => 'done', (error: unknown) => (error instanceof Error && Array.isArray(Reflect.get(error, 'refusals')) ? (Reflect.get(error, 'refusals') as { rule: string }[]).map(({ rule }) => rule) : error)); // what the house's errors carry
  const also = (personId: number, role: Post['role'], unitId: number) => insertRow(posts, { id: personId + 200, personId, unitId, role });
  const newcomer = async (id: number, username: string, role: Post['role'], unitId: number): Promise<void> => {
    await house.db.commit(changeset(insertRow(people, { id, username, usernameKey: username, name: username, passwordHash: 'x', mustChangePassword: false }), also(id, role, unitId)));
  };
  const signedBy = async (number: string, username: string, basisDate: string): Promise<Behalf> => {
    const { snapshot } = await load(number);
    return { principals: actorsOf(await cast.person(username), snapshot.context, await house.tree()), basisNumber: '阅批〔2020〕1号', basisDate, scan: await photo(house, randomUUID()) };
  };
  /** A part of an immediate finding, from its acceptance to its closure. */
  const closed = async (number: string, handler: string, head: string): Promise<void> => {
    await does(house, cast, handler, number, 'ACCEPT');
    await does(house, cast, handler, number, 'CLAIM', claim, { files: [await photo(house, number)] });
    await does(house, cast, head, number, 'SIGN_CLAIM');
    await does(house, cast, 'office', number, 'ASSIGN_VERIFICATION', { verifierIds: [7] });
    await does(house, cast, 'inspector', number, 'PASS', verdict);
    await does(house, cast, 'office', number, 'CLOSE', { outcome: 'rectified', decisionNumber: '张整〔2020〕2号' });
  };
  /** A common problem of two counties, with heads that sign. */
  const common = async (): Promise<string> => {
    await newcomer(50, 'ganzhou-head', 'head', 4);
    await newcomer(51, 'gaotai-head', 'head', 8);
    const number = await listed(house, cast);
    await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, rectificationType: 'immediate', responsibleUnitIds: [4, 8] });
    return number;
  };
  const reopening = { reason: '回头看发现问题反弹，需要重新挂号整改。' };
  return { house, cast, load, refusedBy, also, newcomer, signedBy, closed, common, reopening };
}

test('a part that was closed before its parent was extended is reopened within the new date', async () => {
  const { house, cast, load, closed, common, reopening } = await aHouse();
  const number = await common();
  await closed(`${number}-01`, 'ganzhou', 'ganzhou-head');
  await does(house, cast, 'transport', number, 'ACCEPT');
  await does(house, cast, 'transport', number, 'REQUEST_EXTENSION', { reason: '汛期无法施工，请求顺延三个月。', requestedDate: '2020-09-30' });
  await does(house, cast, 'office', number, 'GRANT', { deadline: '2020-09-30' });
  expect((await load(`${number}-01`)).snapshot.context.parentDeadline).toBe('2020-09-30');
  await does(house, cast, 'inspector2', `${number}-01`, 'PROPOSE_REOPENING', reopening, { files: [await photo(house, 'z')] });
  await does(house, cast, 'office', `${number}-01`, 'REOPEN', { ...reopening, deadline: '2020-08-31' });
  expect((await load(number)).snapshot.context.parts.map(({ open }) => open)).toEqual([true, true]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a part is not opened again under a parent that is closed', async () => {
  const { house, cast, load, closed, common, reopening, refusedBy } = await aHouse();
  const number = await common();
  await closed(`${number}-01`, 'ganzhou', 'ganzhou-head');
  await closed(`${number}-02`, 'gaotai', 'gaotai-head');
  await closed(number, 'transport', 'transport-head');
  await does(house, cast, 'inspector2', `${number}-01`, 'PROPOSE_REOPENING', reopening, { files: [await photo(house, 'z')] });
  expect(await refusedBy(does(house, cast, 'office', `${number}-01`, 'REOPEN', { ...reopening, deadline: '2020-06-20' }))).toEqual(['parentNotOpen']);
  expect((await load(number)).row).toMatchObject({ stage: 'closed', partsOpen: 0 });
});

test('a problem with the longest title there may be is given to several units', async () => {
  const { house, cast, load } = await aHouse();
  const number = await listed(house, cast, { title: '题'.repeat(200) });
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, responsibleUnitIds: [4, 8] });
  const { title } = (await load(`${number}-01`)).row;
  expect([[...title].length, title.endsWith('（甘州区）')]).toEqual([200, true]);
});

test('a part says with what it came, and its parent says which part is over or has another date', async () => {
  const { house, cast, load, closed, common } = await aHouse();
  const number = await common();
  const told = async (of: string): Promise<readonly string[]> => {
    const { row, snapshot } = await load(of);
    const events = await findingQueries(house.db.reader).events(row.id, null, 50);
    return Promise.all(events.map(async (event) => sentenceOfEvent(event, words('zh-CN'), await house.tree(), new Set(), snapshot.context.parent).sentence));
  };
  expect((await told(`${number}-01`)).filter((sentence) => sentence.startsWith(`随主件 ${number} 自动办理：交办`))).toHaveLength(1);
  await does(house, cast, 'office', `${number}-01`, 'REASSIGN', { leadUnitId: 7, deadline: '2020-06-20', reason: '职责划转' });
  expect(await told(number)).toContain(`分项 ${number}-01（市水务局）在办，时限为 2020-06-20`);
  await closed(`${number}-02`, 'gaotai', 'gaotai-head');
  expect(await told(number)).toContain(`分项 ${number}-02（高台县） 已销号`);
});

test('a part that goes to another unit is that unit’s for its parent too; no unit has two open parts', async () => {
  const { house, cast, load, common, refusedBy } = await aHouse();
  const number = await common();
  const units = async () => (await load(number)).snapshot.context.parts.map(({ unitId }) => unitId);
  await does(house, cast, 'office', `${number}-01`, 'REASSIGN', { leadUnitId: 7, deadline: '2020-06-30', reason: '职责划转' });
  expect(await units()).toEqual([7, 8]);
  expect(await refusedBy(does(house, cast, 'office', `${number}-02`, 'REASSIGN', { leadUnitId: 7, deadline: '2020-06-30', reason: '职责划转' }))).toEqual(['partUnitFree']);
  await does(house, cast, 'office', number, 'RECALL', { reason: '重新核对责任单位' });
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, rectificationType: 'immediate', responsibleUnitIds: [7, 8] });
  expect(await units()).toEqual([7, 8]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('where the successor of a unit has a part already, the office is told to merge, and the parent counts on', async () => {
  const { house, cast, load, common, refusedBy } = await aHouse();
  const number = await common();
  await house.db.commit(changeset(updateRow(units, { disabledOn: '2020-05-10', successorId: 8 }, { id: 4 }, 'unit')));
  house.changed();
  expect(await refusedBy(does(house, cast, 'office', `${number}-01`, 'SUCCEED', { reason: '机构改革' }))).toEqual(['partUnitFree']);
  await does(house, cast, 'leader', `${number}-01`, 'MERGE', { target: `${number}-02`, reason: '撤并后由同一单位承办' });
  expect([(await load(`${number}-01`)).row.stage, (await load(number)).row.partsOpen]).toEqual(['merged', 1]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('whoever put a part right never verifies the whole, whatever post they hold by then', async () => {
  const { house, cast, also, newcomer, refusedBy } = await aHouse();
  await newcomer(52, 'water-head', 'head', 7);
  const number = await listed(house, cast);
  await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, rectificationType: 'immediate' });
  await does(house, cast, 'transport', number, 'ACCEPT');
  await does(house, cast, 'office', number, 'DECOMPOSE', { parts: [{ unitId: 7, deadline: '2020-06-20' }] });
  await does(house, cast, 'water', `${number}-01`, 'ACCEPT');
  await does(house, cast, 'water', `${number}-01`, 'CLAIM', claim, { files: [await photo(house, 'w')] });
  await does(house, cast, 'water-head', `${number}-01`, 'SIGN_CLAIM');
  await does(house, cast, 'office', `${number}-01`, 'ASSIGN_VERIFICATION', { verifierIds: [7] });
  await does(house, cast, 'inspector', `${number}-01`, 'PASS', verdict);
  await does(house, cast, 'office', `${number}-01`, 'CLOSE', { outcome: 'rectified', decisionNumber: '张整〔2020〕2号' });
  await house.db.commit(changeset(also(12, 'inspector', 6)));
  await does(house, cast, 'transport', number, 'CLAIM', claim, { files: [await photo(house, 'v')] });
  await does(house, cast, 'transport-head', number, 'SIGN_CLAIM');
  expect(await refusedBy(does(house, cast, 'office', number, 'ASSIGN_VERIFICATION', { verifierIds: [12] }))).toEqual(['verifiersFree']);
  await does(house, cast, 'office', number, 'ASSIGN_VERIFICATION', { verifierIds: [8] });
  expect(await refusedBy(does(house, cast, 'water', number, 'PASS', verdict))).toEqual(['never.claim.any', 'never.belongs', 'amongVerifiers']);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('who looks back on a closed part is bound in the whole, and the record holds', async () => {
  const { house, cast, load, closed, common } = await aHouse();
  const number = await common();
  await closed(`${number}-01`, 'ganzhou', 'ganzhou-head');
  await does(house, cast, 'inspector3', `${number}-01`, 'LOOK_BACK', { method: 'onSite', companions: ['外请专家'], result: 'sound', note: '回访属实，整改到位。' });
  expect((await load(number)).snapshot.context.marks).toEqual(expect.arrayContaining([expect.objectContaining({ duty: 'verify', personId: 14 })]));
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('whoever sent it back when closure was decided never reports or claims it', async () => {
  const { house, cast, also, refusedBy } = await aHouse();
  const number = await listed(house, cast);
  await walked(house, cast, number, 'CLOSE');
  await does(house, cast, 'office', number, 'SEND_BACK', { missing: '缺少第三个项目的批复原件，请补充后再报。' });
  await house.db.commit(changeset(also(1, 'handler', 3)));
  expect(await refusedBy(does(house, cast, 'office', number, 'REPORT', { text: '已补充' }))).toEqual(['never.close.any']);
  expect(await refusedBy(does(house, cast, 'office', number, 'CLAIM', claim, { files: [await photo(house, 'q')] }))).toEqual(['never.close.any']);
});

test('whoever proposed, appealed or put it right decides nothing of it, whatever posts they hold', async () => {
  const { house, cast, also, refusedBy } = await aHouse();
  const number = await listed(house, cast);
  await walked(house, cast, number, 'REPORT');
  await house.db.commit(changeset(also(1, 'leader', 1), insertRow(posts, { id: 900, personId: 4, unitId: 2, role: 'office', kind: 'secondment' })));
  await does(house, cast, 'office', number, 'PROPOSE_SUSPENSION', { reason: '项目所在地受灾，暂不具备施工条件。' });
  expect(await refusedBy(does(house, cast, 'office', number, 'SUSPEND', { reason: '同意中止' }))).toEqual(['never.propose.any']);
  await does(house, cast, 'leader', number, 'REFUSE_SUSPENSION', { reason: '工期可以调整，不同意中止。' });
  await does(house, cast, 'transport', number, 'APPEAL', { reason: '该路段由甘州区管养，不属本单位职责。' });
  expect(await refusedBy(does(house, cast, 'transport', number, 'DECIDE_APPEAL', { result: 'upheld', note: '采纳申诉' }))).toEqual(expect.arrayContaining(['never.appeal.any', 'never.belongs']));
  expect(await refusedBy(does(house, cast, 'transport', number, 'AMEND', { closureStandard: '完成即可', reason: '按实际情况更正标准。' }))).toEqual(['never.belongs']);
});

test('a unit types for its own head, and never for the leader who decides about the unit', async () => {
  const { house, cast, newcomer, signedBy, refusedBy } = await aHouse();
  await newcomer(53, 'ganzhou-leader', 'leader', 4);
  const [number = ''] = await listFindings(house, await cast.person('ganzhou-office'), [aFinding(cast, { severity: 'major' })], { commandKey: 'one' });
  await does(house, cast, 'ganzhou-office', number, 'ASSIGN', { ...assignment, leadUnitId: 9 });
  const onBehalf = await signedBy(number, 'ganzhou-leader', '2020-05-11');
  await newcomer(54, 'town', 'handler', 4);
  expect(await refusedBy(does(house, cast, 'town', number, 'WITHDRAW', { reason: '该问题已不需要整改，予以撤销。' }, { onBehalf }))).toEqual(['mayNotType']);
  await does(house, cast, 'ganzhou-office', number, 'WITHDRAW', { reason: '该问题已不需要整改，予以撤销。' }, { onBehalf });
});

test('nobody signs on paper before they were asked, and the public has its days from when the verdict is entered', async () => {
  const { house, cast, load, signedBy, refusedBy } = await aHouse();
  const number = await listed(house, cast);
  await walked(house, cast, number, 'REPORT');
  house.clock.set('2020-05-20T04:00:00.000Z');
  await does(house, cast, 'transport', number, 'REQUEST_EXTENSION', { reason: '汛期无法施工，请求顺延一个月。', requestedDate: '2020-07-31' });
  await does(house, cast, 'office', number, 'PROPOSE_SUSPENSION', { reason: '项目所在地受灾，暂不具备施工条件。' });
  for (const date of ['2020-05-12', '2020-05-19']) {
    const onBehalf = await signedBy(number, 'leader', date);
    expect(await refusedBy(does(house, cast, 'office2', number, 'SUSPEND', { reason: '同意中止' }, { onBehalf }))).toEqual(['basisBeforeStage']);
  }
  await does(house, cast, 'office2', number, 'SUSPEND', { reason: '同意中止' }, { onBehalf: await signedBy(number, 'leader', '2020-05-20') });
  expect((await load(number)).row.stage).toBe('suspended');
  // What has nothing to do with the decision does not make a true paper too old, and however much was added meanwhile, one from before the stage stays too old.
  const other = await listed(house, cast, { title: '另一问题' });
  await walked(house, cast, other, 'SIGN_PLAN');
  house.clock.set('2020-05-22T04:00:00.000Z');
  await does(house, cast, 'leader', other, 'INSTRUCT', { text: '请抓紧办理。', unitId: 3 });
  await does(house, cast, 'office', other, 'AMEND', { title: '另一问题（更正）', reason: '按反馈原文更正题名。' });
  for (let each = 0; each < 210; each += 1) await does(house, cast, 'office', other, 'ATTACH', { evidence: [], note: '补充' }, { files: [await photo(house)] });
  expect(await refusedBy(does(house, cast, 'office', other, 'SIGN_PLAN', {}, { onBehalf: await signedBy(other, 'transport-head', '2020-05-19') }))).toEqual(['basisBeforeStage']);
  await does(house, cast, 'office', other, 'SIGN_PLAN', {}, { onBehalf: await signedBy(other, 'transport-head', '2020-05-20') });
});
