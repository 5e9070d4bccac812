import { asc, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { changeset, deleteRows, insertRow, updateRow } from '../../db/changeset.js';
import type { Database } from '../../db/database.js';
import { ConflictError, StaleError } from '../../db/errors.js';
import { findings, series, settings, sources, timers, units } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import { retried } from '../../db/retried.js';
import { engines } from '../support/databases.js';

const aFinding = {
  id: 1, number: 'ZG-2020-0001', title: '部分村组道路项目前期手续偏慢', stage: 'listed', state: 'listed', version: 1, movedSeq: 1, workflow: 'rectification@1', hostOfficeId: 1, sourceId: 1, channel: 'audit',
  severity: 'ordinary', paused: false, adopted: false, cycle: 1, partsOpen: 0, partsTotal: 0, listedOn: '2020-05-11', createdAt: '2020-05-11T04:00:00.000Z', updatedAt: '2020-05-11T04:00:00.000Z',
} as const;

/** One listed finding, at version 1. */
async function withFinding(db: Database): Promise<void> {
  await db.commit(changeset(
    insertRow(units, { id: 1, name: '市整改办公室', shortName: '市整改办', kind: 'office', parentId: null, path: '/1/' }),
    insertRow(sources, { id: 1, channel: 'audit', issuer: '省审计厅', documentNumber: '' }), insertRow(findings, aFinding),
  ));
}

function aTimer(name: string, dueAt: string) {
  return insertRow(timers, { findingId: 1, name, event: 'EXPIRE', dueAt });
}

describe.each(engines)('the contract of the port, kept by $engine', ({ fresh }) => {
  test('of twenty writers at one version of a finding exactly one wins, and the others are told which it was', async () => {
    const { db } = await fresh();
    await withFinding(db);
    const write = (each: number): Promise<void> => db.commit(changeset(updateRow(findings, { title: `写法 ${each}`, version: 2 }, { id: 1, version: 1 }, 'version of finding 1')));
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, each) => write(each)));
    const winner = results.findIndex((result) => result.status === 'fulfilled');
    expect(results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))).toEqual(Array.from({ length: 19 }, () => new StaleError('version of finding 1')));
    expect(await db.reader.select({ title: findings.title, version: findings.version }).from(findings)).toEqual([{ title: `写法 ${winner}`, version: 2 }]);
  });

  test('a failing statement leaves nothing of its changeset, and everything of the others in the same transaction', async () => {
    const { db } = await fresh();
    const good = db.commit(changeset(insertRow(settings, { name: 'good', value: '1' })));
    const bad = db.commit(changeset(insertRow(settings, { name: 'half', value: '1' }), insertRow(settings, { name: 'half', value: '2' }, 'the same again')));
    await expect(bad).rejects.toThrow(new ConflictError('the same again'));
    await good;
    expect(await db.reader.select().from(settings)).toEqual([{ name: 'good', value: '1' }]);
  });

  test('numbers are gapless and in order under eight writers, also when changesets that took some fail', async () => {
    const { db } = await fresh();
    const taken: string[] = [];
    const take = (spoilt: boolean): Promise<void> => retried(async () => {
      const { first, statement } = await takeNumbers(db.reader, 'ZG-2020', 2);
      const rows = [first, first + 1].map((number) => insertRow(settings, { name: String(number), value: '' }));
      await db.commit(changeset(statement, ...rows, ...(spoilt ? [updateRow(settings, { value: '1' }, { name: 'nobody' }, 'nobody')] : [])));
      taken.push(String(first), String(first + 1));
    });
    const results = await Promise.allSettled(Array.from({ length: 8 }, async (_, writer) => { for (let each = 0; each < 5; each += 1) await take(writer < 2 && each === 4); }));
    expect(results.filter((result) => result.status === 'rejected')).toHaveLength(2);
    const expected = Array.from({ length: 76 }, (_, index) => String(index + 1));
    expect(taken.toSorted((one, other) => Number(one) - Number(other))).toEqual(expected);
    expect((await db.reader.select({ name: settings.name }).from(settings)).map((row) => row.name).toSorted((one, other) => Number(one) - Number(other))).toEqual(expected);
    expect(await db.reader.select().from(series)).toEqual([{ name: 'ZG-2020', last: 76 }]);
  });

  test('every commit reaches the disk before it is acknowledged, and is read at once', async () => {
    const { db } = await fresh();
    await db.commit(changeset(insertRow(settings, { name: 'first', value: 'write' })));
    expect(await db.syncsEveryCommit()).toBe(true);
    expect(await db.reader.select().from(settings).where(eq(settings.name, 'first'))).toHaveLength(1);
  });

  test('a changeset too large for one message is still all or nothing, and in order', async () => {
    const { db } = await fresh();
    const rows = Array.from({ length: 5001 }, (_, index) => insertRow(settings, { name: `row ${index}`, value: '1' }));
    const large = db.commit(changeset(...rows, updateRow(settings, { value: '2' }, { name: 'row 0' }, 'first row')));
    const small = db.commit(changeset(insertRow(settings, { name: 'small', value: '1' })));
    await Promise.all([large, small]);
    expect(await db.reader.$count(settings)).toBe(5002);
    await expect(db.commit(changeset(...rows.map((row) => ({ ...row, values: row.values.map((value) => `${String(value)}!`) })), insertRow(settings, { name: 'small', value: '1' }, 'there already')))).rejects.toThrow(new ConflictError('there already'));
    expect(await db.reader.$count(settings)).toBe(5002);
  });

  test('a row without its parent is refused', async () => {
    const { db } = await fresh();
    await expect(db.commit(changeset(aTimer('window', '2020-05-01T00:00:00.000Z')))).rejects.toThrow();
    expect(await db.reader.$count(timers)).toBe(0);
  });

  test('timers that are due come the earliest first, page by page, and stay until they are deleted', async () => {
    const { db } = await fresh();
    await withFinding(db);
    await db.commit(changeset(aTimer('third', '2020-05-03T00:00:00.000Z'), aTimer('b', '2020-05-01T00:00:00.000Z'), aTimer('a', '2020-05-01T00:00:00.000Z'), aTimer('later', '2020-06-01T00:00:00.000Z')));
    const names: string[] = [];
    for (let [timer] = await db.timersDue('2020-05-03T00:00:00.000Z', 1); timer; [timer] = await db.timersDue('2020-05-03T00:00:00.000Z', 1, timer)) names.push(timer.name);
    expect(names).toEqual(['a', 'b', 'third']);
    await db.commit(changeset(deleteRows(timers, { findingId: 1, name: 'a' }, 'timer a', 1)));
    await expect(db.commit(changeset(deleteRows(timers, { findingId: 1, name: 'a' }, 'timer a', 1)))).rejects.toThrow(new StaleError('timer a'));
    expect(await db.reader.select({ name: timers.name }).from(timers).where(eq(timers.findingId, 1)).orderBy(asc(timers.dueAt))).toEqual([{ name: 'b' }, { name: 'third' }, { name: 'later' }]);
  });

  test('what waits is written before the ledger closes, and nothing is taken afterwards', async () => {
    const { db } = await fresh();
    const waiting = db.commit(changeset(insertRow(settings, { name: 'last', value: 'write' })));
    await db.close();
    await waiting;
    await expect(db.commit(changeset(insertRow(settings, { name: 'too', value: 'late' })))).rejects.toThrow('closed');
  });
});
