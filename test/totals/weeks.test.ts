import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { House } from '../../src/context.js';
import { RefusedError, NotVisibleError } from '../../src/errors.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { findingQueries } from '../../src/findings/queries.js';
import { filtersFrom } from '../../src/ledger-pages/filters.js';
import { matrixCounts, stageCounts } from '../../src/ledger-pages/counts.js';
import { pageOf, sightOf, viewOf } from '../../src/ledger-pages/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { countsOf } from '../../src/totals/counts.js';
import { totalsOf } from '../../src/totals/totals.js';
import { plusDays } from '../../workflows/calendar.js';
import { isOpen } from '../../workflows/stages.js';
import { testHouse, type SettableClock } from '../support/app.js';
import { withCast, type Cast } from '../support/cast.js';
import { aFinding, assignment, claim, does, photo, plan, verdict } from '../support/factories.js';

/** What somebody may try of a week, whether it is their turn or not. */
const tries: readonly (readonly [username: string, event: string, data: Readonly<Record<string, unknown>>, files?: boolean])[] = [
  ['office', 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-07-01' }], ['transport', 'REPORT_CHECK', { result: 'founded', note: '已到现场核实，情况属实。' }], ['office', 'CONFIRM', { note: '属实' }],
  ['office', 'DISMISS', { reason: '核实后不属实，予以销去。' }, true], ['office', 'ASSIGN', { ...assignment, deadline: '2020-12-31' }], ['office', 'ASSIGN', { ...assignment, deadline: '2020-12-31', responsibleUnitIds: [4, 8] }],
  ['transport', 'ACCEPT', {}], ['ganzhou', 'ACCEPT', {}], ['gaotai', 'ACCEPT', {}], ['transport', 'RETURN', { reason: '不属于本单位职责范围。', suggestedUnitId: 7 }], ['office', 'RECALL', { reason: '重新研究' }],
  ['transport', 'SUBMIT_PLAN', plan], ['transport-head', 'SIGN_PLAN', {}], ['office', 'APPROVE_PLAN', {}], ['transport', 'REPORT', { text: '已办结', progress: [{ id: 1, percent: 100 }] }],
  ['transport', 'CLAIM', claim, true], ['transport-head', 'SIGN_CLAIM', {}], ['office', 'ASSIGN_VERIFICATION', { verifierIds: [7] }], ['inspector', 'PASS', verdict], ['inspector', 'SEND_BACK', { ...verdict, note: undefined, missing: '第三个项目没有见到批复原件。' }],
  ['office', 'CLOSE', { outcome: 'rectified', decisionNumber: '张整〔2020〕1号' }], ['inspector2', 'PROPOSE_REOPENING', { reason: '回头看发现问题反弹，建议重开。' }, true], ['office', 'REOPEN', { reason: '同意重新挂号，限期整改。', deadline: '2021-03-31' }],
  ['office', 'WITHDRAW', { reason: '重复登记，予以撤销。' }], ['leader', 'UNFOUND', { reason: '复核认定问题不存在。' }, true], ['office', 'SPLIT', { pieces: [{ title: '另一件事', description: '写在一条里的另一件事。' }], reason: '两件事' }],
  ['office', 'MERGE', { target: 'ZG-2020-0001', reason: '同一问题' }], ['leader', 'MERGE', { target: 'ZG-2020-0002', reason: '同一问题' }], ['office', 'PROPOSE_SUSPENSION', { reason: '项目用地涉诉，等待判决。' }], ['leader', 'SUSPEND', { reason: '同意' }], ['office', 'RESUME', { reason: '已判决' }],
];

/** What leads on from anywhere, the last steps first: what leaves a finding where it stands must not be in the way. */
const onwards = tries.slice(0, 21).filter(([, event, data]) => !['RETURN', 'RECALL', 'SEND_BACK', 'DISMISS'].includes(event) && !('responsibleUnitIds' in data)).toReversed();

/** What is drawn: mostly what leads on, now and then an end, a pause, a merger. */
const lot = [...onwards, ...onwards, ...onwards, ...tries];

/** One draw: which finding, what is tried on it, how many days pass. */
const draws = fc.array(fc.tuple(fc.nat(11), fc.nat(lot.length - 1), fc.nat(3)), { minLength: 100, maxLength: 160 });

async function tried(house: House, cast: Cast, number: string, what: (typeof tries)[number]): Promise<boolean> {
  const [username, event, data, files = false] = what;
  const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
  try {
    await does(house, cast, username, number, event, given, { files: files ? [await photo(house, randomUUID())] : [] });
    return true;
  } catch (error) {
    if (error instanceof RefusedError || error instanceof NotVisibleError) return false;
    throw error;
  }
}

/** Every finding that there is, from its own row: the count that all others must agree with. */
async function everyRow(house: House) {
  const queries = findingQueries(house.db.reader);
  const rows = [];
  for (let id = 1; ; id += 1) {
    const found = await queries.byId(id);
    if (!found) return rows;
    rows.push(found.row);
  }
}

async function allAgree(house: House, cast: Cast): Promise<void> {
  const { reader } = house.db;
  const today = house.clock.today();
  const rows = await everyRow(house);
  for (const isPart of [false, true]) {
    const mine = rows.filter((row) => (row.parentId !== null) === isPart);
    const totals = totalsOf(await countsOf(reader, [1], isPart), today);
    const listed = mine.filter((row) => row.listedOn !== null);
    expect(totals.everListed).toBe(listed.length);
    expect(totals.everListed).toBe(totals.open + totals.completed + totals.outcomes);
    expect(totals.closed).toBe(mine.filter(({ stage }) => stage === 'closed').length);
    expect(totals.clues + totals.dismissed + totals.everListed).toBe(mine.length);
    const { filters } = filtersFrom(isPart ? { kind: 'parts' } : {});
    const sight = await sightOf(house, await cast.person('leader'), filters);
    const view = viewOf(sight, filters);
    const cells = await matrixCounts(reader, sight, filters);
    expect(cells.reduce((sum, { amount }) => sum + amount, 0)).toBe(mine.length);
    expect(cells.reduce((sum, { overdue }) => sum + overdue, 0)).toBe((await pageOf(reader, viewOf(sight, { ...filters, light: 'red' }), { by: 'number', descending: false }, null, 500)).rows.length);
    const stages = await stageCounts(reader, sight, filters);
    expect([...stages.values()].reduce((sum, amount) => sum + amount, 0)).toBe(mine.length);
    for (const [stage, amount] of stages) expect(`${stage} ${amount}`).toBe(`${stage} ${totals.byStage[stage as keyof typeof totals.byStage] ?? 0}`); // stages by their names
    expect((await pageOf(reader, view, { by: 'due', descending: true }, null, 500)).rows.length).toBe(mine.length);
  }
  for (const parent of rows.filter((row) => row.partsTotal > 0)) {
    const parts = rows.filter((row) => row.parentId === parent.id);
    expect([parts.length, parts.filter(({ stage }) => isOpen(stage)).length]).toEqual([parent.partsTotal, parent.partsOpen]);
  }
}

test('whatever is done in whatever weeks, every figure agrees with its rows at each step, and nothing is lost or counted twice', async () => {
  let done = 0;
  const reached = new Set<string>();
  await fc.assert(fc.asyncProperty(draws, async (week) => {
    const house: House & { readonly clock: SettableClock } = await testHouse();
    const cast = await withCast(house);
    const news = Array.from({ length: 4 }, (_, index) => aFinding(cast, index < 2 ? { suspected: true } : {}));
    const numbers = [...(await listFindings(house, await cast.person('office'), news, { commandKey: randomUUID() }))];
    let day = 0;
    for (const [at, what, days] of week) {
      day += days;
      house.clock.set(`${plusDays('2020-05-11', day)}T04:00:00.000Z`);
      const rows = await everyRow(house);
      const number = rows[at % rows.length]?.number ?? numbers[0] ?? '';
      // What can be done next is tried after what was drawn: weeks go on, they do not stand still.
      const moved = await tried(house, cast, number, lot[what]!);
      for (const next of moved ? [] : onwards) if (await tried(house, cast, number, next)) { done += 1; break; }
      done += moved ? 1 : 0;
      await allAgree(house, cast);
      for (const { state } of await everyRow(house)) reached.add(state);
    }
    expect((await verifyLedger(house)).faults).toEqual([]);
  }), { numRuns: 8, seed: 20200511, endOnFailure: true });
  expect(done).toBeGreaterThan(200);
  expect([...reached]).toEqual(expect.arrayContaining(['closed', 'merged', 'rectifying.executing', 'suspended']));
}, 240_000);
