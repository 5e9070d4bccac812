import { asc, eq } from 'drizzle-orm';
import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changeset, updateRow } from '../../db/changeset.js';
import { assignmentNotices, batches, batchRows, findingEvents, findings, noticeItems } from '../../db/schema/index.js';
import { beginBatch } from '../../src/batches/begin.js';
import { doPiece, pieceSize } from '../../src/batches/piece.js';
import { batchOf, rowsFrom } from '../../src/batches/queries.js';
import { workBatches } from '../../src/batches/worker.js';
import type { House } from '../../src/context.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { addRule } from '../../src/rules/commands.js';
import { eventOf } from '../../workflows/registry.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, does } from '../support/factories.js';

const amount = pieceSize + 20;

/** Clues that nobody was asked about yet, more than one piece of them. */
async function withClues() {
  const house = await testHouse();
  const cast = await withCast(house);
  const numbers = await listFindings(house, await cast.person('office'), Array.from({ length: amount }, () => aFinding(cast, { suspected: true })), { commandKey: 'clues' });
  return { house, cast, numbers, office: await cast.person('office') };
}

const form = { checkUnitId: '3', checkBy: '2020-05-20' };
const asked = { body: form, files: [], scan: null };
const handOut = eventOf('HAND_OUT');

async function begun(house: House, office: Awaited<ReturnType<typeof withClues>>['office']): Promise<string> {
  const id = await beginBatch(house, office, handOut, { stage: 'suspected' }, asked, 'begun');
  if (id === null) throw new Error('Nothing waits to be handed out.');
  return id;
}

async function confirmed(house: House, id: string): Promise<void> {
  await house.db.commit(changeset(updateRow(batches, { state: 'running', next: 0, can: 0 }, { id, state: 'previewed' }, 'batch')));
}

const eventsOf = (house: House) => house.db.reader.select().from(findingEvents).orderBy(asc(findingEvents.findingId), asc(findingEvents.seq));

test('a batch of a whole view is the single actions, event by event and hash by hash', async () => {
  const [one, other] = [await withClues(), await withClues()];
  for (const number of one.numbers) await does(one.house, one.cast, 'office', number, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
  const id = await begun(other.house, other.office);
  await workBatches(other.house);
  expect(await batchOf(other.house.db.reader, id, other.office.id)).toMatchObject({ state: 'previewed', total: amount, can: amount, cannot: 0 });
  expect((await eventsOf(other.house)).length).toBe(amount);
  await confirmed(other.house, id);
  await workBatches(other.house);
  expect(await eventsOf(other.house)).toEqual(await eventsOf(one.house));
  expect((await verifyLedger(other.house)).faults).toEqual([]);
});

test('a batch that was stopped in the middle is taken up again, and each row is done exactly once', async () => {
  const { house, cast, numbers, office } = await withClues();
  const id = await begun(house, office);
  await workBatches(house);
  await confirmed(house, id);
  // Meanwhile somebody else hands one of the last rows out.
  await does(house, cast, 'office2', numbers[amount - 1] ?? '', 'HAND_OUT', { checkUnitId: 7, checkBy: '2020-05-21' });
  const before = await batchOf(house.db.reader, id, office.id);
  if (!before) throw new Error('The batch is gone.');
  await doPiece(house, office, before);
  expect(await batchOf(house.db.reader, id, office.id)).toMatchObject({ state: 'running', next: pieceSize, can: pieceSize });
  // The process that did the piece did not live to hear of it: another one tries the same piece.
  await doPiece(house, office, before).catch(() => undefined);
  expect((await eventsOf(house)).filter(({ type }) => type === 'HAND_OUT')).toHaveLength(pieceSize + 1);
  await workBatches(house);
  expect(await batchOf(house.db.reader, id, office.id)).toMatchObject({ state: 'done', can: amount - 1, cannot: 1 });
  const handed = (await eventsOf(house)).filter(({ type }) => type === 'HAND_OUT');
  expect([handed.length, new Set(handed.map(({ findingId }) => findingId)).size]).toEqual([amount, amount]);
  const refused = await house.db.reader.select().from(batchRows).where(eq(batchRows.outcome, 'refused'));
  expect(refused.map(({ number }) => number)).toEqual([numbers[amount - 1]]);
  const notices = await house.db.reader.select().from(assignmentNotices);
  expect(notices.map(({ unitId, items, serial, kind }) => ({ unitId, items, serial, kind }))).toEqual([{ unitId: 3, items: amount - 1, serial: 1, kind: 'check' }]);
  expect(await house.db.reader.select().from(noticeItems)).toHaveLength(amount - 1);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a piece of which somebody else was quicker with every row is passed by, each row with why, and the batch ends', async () => {
  const { house, cast, numbers, office } = await withClues();
  const id = await begun(house, office);
  await workBatches(house);
  await confirmed(house, id);
  for (const number of numbers.slice(0, pieceSize)) await does(house, cast, 'office2', number, 'HAND_OUT', { checkUnitId: 7, checkBy: '2020-05-21' });
  const before = await batchOf(house.db.reader, id, office.id);
  if (!before) throw new Error('The batch is gone.');
  await doPiece(house, office, before);
  expect(await batchOf(house.db.reader, id, office.id)).toMatchObject({ state: 'running', next: pieceSize, can: 0, cannot: pieceSize });
  await workBatches(house);
  expect(await batchOf(house.db.reader, id, office.id)).toMatchObject({ state: 'done', can: amount - pieceSize, cannot: pieceSize });
  expect((await rowsFrom(house.db.reader, id, 0, 1))[0]).toMatchObject({ outcome: 'refused', why: expect.stringContaining('changedSince') });
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('the page of a batch says what will happen, asks once, says what was done, and is nobody else’s', async () => {
  const { house, office } = await withClues();
  const app = await testApp(house);
  const agent = await signedIn(app, 'office');
  await agent.get('/findings/check-request?all=yes&stage=suspected');
  const sent = await agent.post('/findings/check-request', { ...form, whole: 'stage=suspected', step: 'whole', key: 'whole' });
  expect([sent.statusCode, String(sent.headers.location).startsWith('/batches/')]).toEqual([303, true]);
  const address = String(sent.headers.location);
  await workBatches(house);
  const preview = await agent.get(address);
  for (const words of [`可以交办核实 ${amount} 件`, `交办核实 ${amount} 件`, '市交通局']) expect(preview.body).toContain(words);
  const other = await signedIn(app, 'office2');
  expect([(await other.get(address)).statusCode, (await other.post(`${address}/confirmation`, { version: '1' })).statusCode]).toEqual([404, 404]);
  expect((await agent.post(`${address}/confirmation`, { version: '7' })).statusCode).toBe(409);
  const twice = [await agent.post(`${address}/confirmation`, { version: '1' }), await agent.post(`${address}/confirmation`, { version: '1' })];
  expect(twice.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
  await workBatches(house);
  expect((await agent.get(address)).body).toContain(`已交办核实 ${amount} 件`);
  expect((await house.db.reader.select().from(findings)).every(({ state }) => state === 'suspected.checking')).toBe(true);
  expect((await agent.post('/findings/check-request', { checkUnitId: '', checkBy: '', whole: 'stage=suspected', step: 'whole' })).statusCode).toBe(422);
  expect(await beginBatch(house, office, handOut, { stage: 'nothing' }, asked, 'nothing')).toBeNull();
});

test('a batch whose rules are changed after its preview gives nothing to a unit that nobody saw, and says so', async () => {
  const { house, office } = await withClues();
  const id = await beginBatch(house, office, handOut, { stage: 'suspected' }, { ...asked, body: { ...form, suggested: 'yes' } }, 'begun');
  await workBatches(house);
  await confirmed(house, id ?? '');
  await addRule(house, office, { hostOfficeId: 2, categoryId: null, regionUnitId: null, unitId: 7, sectorUnitId: null, supervisor: '', days: 5 });
  await workBatches(house);
  expect(await batchOf(house.db.reader, id ?? '', office.id)).toMatchObject({ state: 'done', can: 0, cannot: amount });
  expect((await rowsFrom(house.db.reader, id ?? '', 0, 1))[0]).toMatchObject({ outcome: 'refused', why: expect.stringContaining('bulk.rulesChanged') });
  expect((await eventsOf(house)).some(({ type }) => type === 'HAND_OUT')).toBe(false);
});

/** A ledger that takes no row of a batch any more, as on a full disk; answers with what makes room again. */
function withoutRoom(house: House): () => void {
  const run = (sql: string): void => { new Sqlite(join(house.config.dataDir, 'ledger.db')).exec(sql).close(); };
  run("create trigger no_room before update on batch_rows begin select raise(abort, 'database or disk is full'); end");
  return () => { run('drop trigger no_room'); };
}

const later = (clock: Awaited<ReturnType<typeof withClues>>['house']['clock'], minutes: number): void => { clock.set(new Date(Date.parse(clock.now()) + minutes * 60_000).toISOString()); };

test('a fault that passes does not end a batch: it rests, and is gone on with at a later look; others are in nobody’s way', async () => {
  const { house, office } = await withClues();
  const id = await begun(house, office);
  const makeRoom = withoutRoom(house);
  await workBatches(house);
  expect(await batchOf(house.db.reader, id, office.id)).toMatchObject({ state: 'previewing', next: 0 });
  makeRoom();
  const other = await beginBatch(house, office, handOut, { stage: 'suspected' }, asked, 'another');
  await workBatches(house);
  // Nobody asks for it again at once.
  expect([(await batchOf(house.db.reader, id, office.id))?.state, (await batchOf(house.db.reader, other ?? '', office.id))?.state]).toEqual(['previewing', 'previewed']);
  later(house.clock, 1);
  await workBatches(house);
  expect(await batchOf(house.db.reader, id, office.id)).toMatchObject({ state: 'previewed', can: amount });
});

test('what fails time and again is set aside after the eighth time, and its page says so', async () => {
  const { house, office } = await withClues();
  const id = await begun(house, office);
  withoutRoom(house);
  const states: (string | undefined)[] = [];
  for (let look = 0; look < 8; look += 1) {
    await workBatches(house);
    const batch = await batchOf(house.db.reader, id, office.id);
    states.push(batch?.why ?? batch?.state);
    later(house.clock, 60);
  }
  expect(states).toEqual([...Array.from({ length: 7 }, () => 'previewing'), 'failed']);
  expect((await (await signedIn(await testApp(house), 'office')).get(`/batches/${id}`)).body).toContain('连续多次没有办成');
});

test('a batch that another version of the program kept is set aside at once, and its page says so', async () => {
  const { house, office } = await withClues();
  const ids = [await begun(house, office), await beginBatch(house, office, handOut, { stage: 'suspected' }, asked, 'another') ?? ''];
  const [one = '', other = ''] = ids;
  await house.db.commit(changeset(updateRow(batches, { form: '{"fields":' }, { id: one }, 'batch'), updateRow(batches, { form: '{}' }, { id: other }, 'batch')));
  await workBatches(house);
  expect(await Promise.all(ids.map(async (id) => (await batchOf(house.db.reader, id, office.id))?.why))).toEqual(['unreadable', 'unreadable']);
  expect((await (await signedIn(await testApp(house), 'office')).get(`/batches/${one}`)).body).toContain('另一版本的程序');
});
