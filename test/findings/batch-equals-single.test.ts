import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { House } from '../../src/context.js';
import { NotVisibleError, RefusedError } from '../../src/errors.js';
import { actOnMany } from '../../src/findings/commands/many.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { testHouse } from '../support/app.js';
import { withCast, type Cast } from '../support/cast.js';
import { aFinding, assignment, claim, does, photo, plan, verdict } from '../support/factories.js';

/** How each row is brought to where the batch takes it up; then the batch's own event. */
interface Way {
  readonly before: (house: House, cast: Cast, number: string, index: number) => Promise<unknown>;
  readonly by: string;
  readonly event: string;
  readonly data: (index: number) => Readonly<Record<string, unknown>>;
  /** with a file of its own for each. */
  readonly brings?: boolean;
}

const accepted = async (house: House, cast: Cast, number: string): Promise<void> => {
  await does(house, cast, 'office', number, 'ASSIGN', assignment);
  await does(house, cast, 'transport', number, 'ACCEPT');
};
const planned = async (house: House, cast: Cast, number: string): Promise<void> => {
  await accepted(house, cast, number);
  await does(house, cast, 'transport', number, 'SUBMIT_PLAN', plan);
};
const claimed = async (house: House, cast: Cast, number: string): Promise<void> => {
  await planned(house, cast, number);
  await does(house, cast, 'transport-head', number, 'SIGN_PLAN');
  await does(house, cast, 'office', number, 'APPROVE_PLAN');
  await does(house, cast, 'transport', number, 'REPORT', { text: '已办结', progress: [{ id: 1, percent: 100 }] });
  await does(house, cast, 'transport', number, 'CLAIM', claim, { files: [await photo(house, '同一张照片')] });
};
const verified = async (house: House, cast: Cast, number: string): Promise<void> => {
  await claimed(house, cast, number);
  await does(house, cast, 'transport-head', number, 'SIGN_CLAIM');
  await does(house, cast, 'office', number, 'ASSIGN_VERIFICATION', { verifierIds: [7] });
  await does(house, cast, 'inspector', number, 'PASS', verdict);
};
const checked = async (house: House, cast: Cast, number: string): Promise<void> => {
  await does(house, cast, 'office', number, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
  await does(house, cast, 'transport', number, 'REPORT_CHECK', { result: 'founded', note: '到现场核实，情况属实。' });
};
const nothing = async (): Promise<void> => undefined;

const ways: readonly Way[] = [
  { event: 'HAND_OUT', by: 'office', before: nothing, data: (index) => ({ checkUnitId: index % 2 === 0 ? 3 : 8, checkBy: '2020-05-20' }) },
  { event: 'ASSIGN', by: 'office', before: nothing, data: (index) => ({ ...assignment, ...(index % 3 === 0 ? { responsibleUnitIds: [4, 8] } : {}) }) },
  { event: 'ACCEPT', by: 'transport', before: (house, cast, number) => does(house, cast, 'office', number, 'ASSIGN', assignment), data: () => ({ responsible: '经办甲' }) },
  { event: 'SIGN_PLAN', by: 'transport-head', before: planned, data: () => ({}) },
  { event: 'SIGN_CLAIM', by: 'transport-head', before: claimed, data: () => ({}) },
  { event: 'CLOSE', by: 'office', before: verified, data: (index) => ({ outcome: index === 0 ? 'basicallyRectified' : 'rectified', decisionNumber: '张整〔2020〕9号' }) },
  { event: 'RECALL', by: 'office', before: (house, cast, number) => does(house, cast, 'office', number, 'ASSIGN', assignment), data: () => ({ reason: '单位有误，收回重新交办。' }) },
  { event: 'APPROVE_PLAN', by: 'office', before: async (house, cast, number) => { await planned(house, cast, number); await does(house, cast, 'transport-head', number, 'SIGN_PLAN'); }, data: () => ({ note: '同意' }) },
  { event: 'ASSIGN_VERIFICATION', by: 'office', before: async (house, cast, number) => { await claimed(house, cast, number); await does(house, cast, 'transport-head', number, 'SIGN_CLAIM'); }, data: () => ({ verifierIds: [7, 8], verifyBy: '2020-05-20' }) },
  { event: 'CONFIRM', by: 'office', before: checked, data: (index) => ({ note: '经核实属实。', ...(index === 1 ? { ...assignment, straightOn: true } : {}) }) },
  { event: 'REPORT_CHECK', by: 'transport', before: (house, cast, number) => does(house, cast, 'office', number, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' }), data: (index) => ({ result: index === 0 ? 'unfounded' : 'founded', note: '到现场逐户核实，情况如上。' }), brings: true },
  { event: 'DISMISS', by: 'office', before: checked, data: () => ({ reason: '经核实不属实，予以认定。' }), brings: true },
  { event: 'INSTRUCT', by: 'leader', before: accepted, data: () => ({ text: '抓紧办理', unitId: 3 }) },
];

/** A house on which a way is walked to the batch's event: some rows ready, the last one not, so that a refusal is among them. */
async function ready({ event, before }: Way): Promise<{ readonly house: House; readonly cast: Cast; readonly numbers: readonly string[] }> {
  const house = await testHouse();
  const cast = await withCast(house);
  const news = Array.from({ length: 4 }, () => aFinding(cast, ['HAND_OUT', 'REPORT_CHECK', 'CONFIRM', 'DISMISS'].includes(event) ? { suspected: true } : {}));
  const numbers = await listFindings(house, await cast.person('office'), news, { commandKey: randomUUID() });
  for (const [index, number] of numbers.entries()) if (index < 3) await before(house, cast, number, index);
  await does(house, cast, 'office', numbers[3] ?? '', 'WITHDRAW', { reason: '重复登记，予以撤销。' });
  return { house, cast, numbers };
}

/** Everything that stands in a ledger about its findings, without what is drawn by lot. */
async function told(house: House): Promise<readonly unknown[]> {
  const queries = findingQueries(house.db.reader);
  const all: unknown[] = [];
  for (let id = 1; ; id += 1) {
    const found = await queries.byId(id);
    if (!found) return all;
    const events = (await queries.events(id, null, 100)).map(({ type, payload, dates, actor, stateBefore, stateAfter, occurredOn }) => ({ type, dates, actor, stateBefore, stateAfter, occurredOn, payload: payload.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gu, 'id') }));
    all.push({ row: found.row, context: found.snapshot.context, events });
  }
}

const filesOf = async (house: House, { brings }: Way) => (brings ? [await photo(house, '核实报告')] : []);

/** Why a single action was refused, by the names that a batch gives. */
function rulesOf(error: unknown): readonly string[] {
  if (error instanceof RefusedError) return error.refusals.map(({ rule }) => rule);
  if (error instanceof NotVisibleError) return ['notThere'];
  throw error;
}

test.each(ways)('$event of many is event by event what it is one by one, and refuses what it would refuse', async (way) => {
  const [together, single] = [await ready(way), await ready(way)];
  const { rows } = await actOnMany(together.house, await together.cast.person(way.by), await Promise.all(together.numbers.map(async (number, index) => ({ number, event: way.event, data: way.data(index), seen: null, onBehalf: null, files: await filesOf(together.house, way) }))), randomUUID());
  const refused: (readonly string[])[] = [];
  for (const [index, number] of single.numbers.entries()) {
    const rules = await does(single.house, single.cast, way.by, number, way.event, way.data(index), { files: await filesOf(single.house, way) }).then(() => [], rulesOf);
    refused.push(rules);
  }
  expect(rows.map(({ refusals }) => refusals.map(({ rule }) => rule))).toEqual(refused);
  expect(refused.map((rules) => rules.length > 0)).toEqual([false, false, false, true]);
  expect(await told(together.house)).toEqual(await told(single.house));
  expect((await verifyLedger(together.house)).faults).toEqual([]);
});
