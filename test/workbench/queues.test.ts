import Sqlite from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openDatabase } from '../../db/open.js';
import { findings, findingScope, waiting } from '../../db/schema/index.js';
import { scopeOf, seesAll } from '../../src/findings/policy.js';
import { houseOn } from '../../src/house.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { unitTree } from '../../src/organisation/tree.js';
import { lateWithOthers, stuckElsewhere, waitingForMe } from '../../src/workbench/queries.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, claim, does, listed, photo, walked } from '../support/factories.js';

test('what came back stands first, then what is due first, whoever holds which of several posts', async () => {
  const { house, cast } = await (async () => { const made = await testHouse(); return { house: made, cast: await withCast(made) }; })();
  const given = async (deadline: string): Promise<string> => {
    const number = await listed(house, cast, { title: `时限 ${deadline}` });
    await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, rectificationType: 'immediate', deadline });
    await does(house, cast, 'transport', number, 'ACCEPT');
    return number;
  };
  const [late, early] = [await given('2020-06-30'), await given('2020-05-20')];
  const back = await listed(house, cast, { title: '退回的' });
  await walked(house, cast, back, 'PASS');
  await does(house, cast, 'inspector', back, 'SEND_BACK', { method: 'onSite', companions: ['核查乙'], missing: '缺少第三个项目的批复原件，请补充。' });
  const rows = await waitingForMe(house.db.reader, await cast.person('transport'), await house.tree(), 'CLAIM', 20);
  expect(rows.map(({ number }) => number)).toEqual([back, early, late]);
  expect((await waitingForMe(house.db.reader, await cast.person('transport-head'), await house.tree(), 'CLAIM', 2)).map(({ number }) => number)).toEqual([back, early]);
  const { body } = await (await signedIn(await testApp(house), 'transport')).get('/');
  expect(body).toContain('退回整改');
  expect(body.indexOf(back)).toBeLessThan(body.indexOf(early));
});

test('what came back stays in front, as its page says, until it is answered, though its words be amended meanwhile', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const back = await listed(house, cast);
  await walked(house, cast, back, 'PASS');
  await does(house, cast, 'inspector', back, 'SEND_BACK', { method: 'onSite', companions: ['核查乙'], missing: '缺少第三个项目的批复原件，请补充。' });
  await does(house, cast, 'office', back, 'AMEND', { title: '村组道路项目前期手续偏慢', reason: '原标题多写了“部分”二字。' });
  const transport = await cast.person('transport');
  const first = async (): Promise<string | null | undefined> => (await waitingForMe(house.db.reader, transport, await house.tree(), 'CLAIM', 5))[0]?.returned;
  const page = async (): Promise<string> => (await (await signedIn(await testApp(house), 'transport')).get(`/findings/${back}`)).body;
  expect([await first(), (await page()).includes('notice-warn mb-3')]).toEqual(['SEND_BACK', true]);
  await does(house, cast, 'transport', back, 'CLAIM', claim, { files: [await photo(house, '第三个项目的批复原件')] });
  expect([await first(), (await page()).includes('notice-warn mb-3')]).toEqual([undefined, false]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('what waits beside the stage has waited since it was asked, whatever else is answered first', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await walked(house, cast, number, 'CLAIM');
  await does(house, cast, 'leader', number, 'INSTRUCT', { text: '请于本周内报送进展情况。', unitId: 3 });
  const since = async (): Promise<readonly unknown[]> => (await house.db.reader.select().from(waiting).orderBy(waiting.ordinal)).map(({ ordinal, event, sinceOn }) => [ordinal, event, sinceOn]);
  const before = await since();
  house.clock.set('2020-05-14T04:00:00.000Z');
  await does(house, cast, 'transport', number, 'REQUEST_EXTENSION', { requestedDate: '2020-07-31', reason: '汛期无法施工，请求顺延一个月。' });
  const asked = await since();
  house.clock.set('2020-05-18T04:00:00.000Z');
  await does(house, cast, 'office', number, 'REFUSE', { reason: '请先完成第一段。' });
  const [stage, asking] = [[0, 'CLAIM', '2020-05-11'], [1, 'GRANT', '2020-05-14']];
  expect(before).toEqual([stage, [1, 'REPLY_INSTRUCTION', '2020-05-11']]);
  expect(asked).toEqual([stage, asking, [2, 'REPLY_INSTRUCTION', '2020-05-11']]);
  expect(await since()).toEqual([stage, [1, 'REPLY_INSTRUCTION', '2020-05-11']]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('what is late and what is stuck with others is what the rows say, seen from the top, from a county and through several units', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  for (const [unit, by] of [[3, 'transport'], [4, 'ganzhou'], [8, 'gaotai']] as const) {
    for (const deadline of ['2020-06-10', '2020-06-01']) {
      const number = await listed(house, cast, { title: `${unit} ${deadline}` });
      await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, leadUnitId: unit, deadline });
      if (deadline === '2020-06-01') await does(house, cast, by, number, 'ACCEPT');
    }
  }
  const [tree, { reader }, today] = [await house.tree(), house.db, '2020-06-20'];
  const rows = await reader.select({ number: findings.number, id: findings.id, event: waiting.event, dueOn: waiting.dueOn, ordinal: waiting.ordinal, findingDueOn: findings.dueOn, stage: findings.stage }).from(waiting).innerJoin(findings, eq(findings.id, waiting.findingId));
  const seen = async (units: readonly number[]): Promise<ReadonlySet<number>> => new Set((await reader.select().from(findingScope)).filter(({ unitId }) => units.includes(unitId)).map(({ findingId }) => findingId));
  for (const units of [[1], [4], [3, 4], [8]]) {
    const ids = await seen(units);
    const late = rows.filter((row) => row.event === 'ACCEPT' && row.dueOn !== null && row.dueOn < today && ids.has(row.id)).map(({ number }) => number).sort();
    const found = await lateWithOthers(reader, units, tree, 'ACCEPT', today, 2);
    expect([units, found.amount]).toEqual([units, late.length]);
    expect((await lateWithOthers(reader, units, tree, 'ACCEPT', today, 50)).rows.map(({ number }) => number).sort()).toEqual(late);
    const open = rows.filter((row) => row.ordinal === 0 && ids.has(row.id) && ['assigned', 'rectifying', 'verifying'].includes(row.stage)).toSorted((one, other) => (one.findingDueOn ?? '').localeCompare(other.findingDueOn ?? '') || one.number.localeCompare(other.number)).map(({ number }) => number);
    expect((await stuckElsewhere(reader, units, 50)).map(({ number }) => number)).toEqual(open);
    expect((await stuckElsewhere(reader, units, 1)).map(({ number }) => number)).toEqual(open.slice(0, 1));
  }
});

test('from the top everything is seen; not where a second tree stands beside it', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const tree = await house.tree();
  expect([seesAll(scopeOf(await cast.person('office'), tree), tree), seesAll(scopeOf(await cast.person('ganzhou-office'), tree), tree)]).toEqual([true, false]);
  const beside = { id: 99, name: '邻市', shortName: '邻市', kind: 'city' as const, parentId: null, path: [99], phone: null, disabledOn: null, endsOn: null, successorId: null };
  const two = unitTree([...tree.all, beside], []);
  expect(seesAll(scopeOf(await cast.person('office'), two), two)).toBe(false);
});

test('after one is done the page leads to the next of the queue, until nothing like it waits; the page of each says whose turn it is', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const numbers: string[] = [];
  for (const deadline of ['2020-06-10', '2020-06-01', '2020-06-20']) {
    const number = await listed(house, cast, { title: deadline });
    await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, deadline });
    numbers.push(number);
  }
  const [first = '', second = ''] = numbers;
  const transport = await signedIn(await testApp(house), 'transport');
  expect((await transport.get(`/findings/${first}`)).body).toContain('轮到您：签收');
  const next = async (number: string): Promise<string | undefined> => /href="(\/findings\/[^"]*\/acceptance)">下一件待签收：/u.exec((await transport.follow(`/findings/${number}/acceptance`, {})).body)?.[1];
  expect(await next(second)).toBe(`/findings/${first}/acceptance`);
  expect((await transport.get(`/findings/${second}`)).body).not.toContain('下一件');
  expect(await next(first)).toBe(`/findings/${numbers[2] ?? ''}/acceptance`);
  expect(await next(numbers[2] ?? '')).toBeUndefined();
  const office = await signedIn(await testApp(house), 'office');
  expect((await office.get(`/findings/${first}`)).body).not.toContain('轮到您');
});

test('a ledger of before knows what came back, and that a clue which was reported is late with nobody', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const [back, clue] = [await listed(house, cast), await listed(house, cast, { suspected: true })];
  await walked(house, cast, back, 'PASS');
  await does(house, cast, 'inspector', back, 'SEND_BACK', { method: 'onSite', companions: ['核查乙'], missing: '缺少第三个项目的批复原件，请补充。' });
  await does(house, cast, 'office', clue, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
  await does(house, cast, 'transport', clue, 'REPORT_CHECK', { result: 'founded', note: '到现场核实，情况如上。' });
  const transport = await cast.person('transport');
  await house.db.close();
  const file = join(house.config.dataDir, 'ledger.db');
  const older = new Sqlite(file);
  older.exec(`DROP INDEX waiting_post; DROP INDEX waiting_asked; DROP INDEX assignment_notices_batch; ALTER TABLE waiting DROP COLUMN returned; ALTER TABLE assignment_notices DROP COLUMN batch_id; CREATE INDEX waiting_event ON waiting (event, finding_id);
    CREATE INDEX waiting_post ON waiting (unit_id, role, event, coalesce(due_on, '9999-12-31'), since_on, finding_id); UPDATE findings SET due_on = '2020-05-20' WHERE clue_number IS NOT NULL OR number = '${clue}'; UPDATE finding_scope SET due_on = '2020-05-20' WHERE stage = 'suspected';
    ALTER TABLE findings DROP COLUMN returned_seq; DELETE FROM migrations WHERE name IN ('0014_waiting_returned', '0015_unanswered_returns')`);
  older.close();
  const again = await houseOn(await openDatabase({ file }), house.config, pino({ level: 'silent' }));
  expect((await verifyLedger(again)).faults).toEqual([]);
  expect((await waitingForMe(again.db.reader, transport, await again.tree(), 'CLAIM', 5)).map(({ number, returned }) => [number, returned])).toEqual([[back, 'SEND_BACK']]);
  await again.db.close();
});
