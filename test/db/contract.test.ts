import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { ConflictError, StaleError } from '../../db/errors.js';
import { settings } from '../../db/schema/index.js';
import { series } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import { freshDatabase } from '../support/databases.js';

test('of twenty writers at one version exactly one wins', async () => {
  const { db } = await freshDatabase();
  await db.commit(changeset(insertRow(series, { name: 'ZG-2020', last: 0 })));
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => db.commit(changeset(updateRow(series, { last: 1 }, { name: 'ZG-2020', last: 0 }, 'series')))));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StaleError);
});

test('a failing statement leaves nothing of its changeset, and everything of the others in the same transaction', async () => {
  const { db } = await freshDatabase();
  const good = db.commit(changeset(insertRow(settings, { name: 'good', value: '1' })));
  const bad = db.commit(changeset(insertRow(settings, { name: 'half', value: '1' }), insertRow(settings, { name: 'half', value: '2' }, 'the same again')));
  await expect(bad).rejects.toThrow(new ConflictError('the same again'));
  await good;
  expect(await db.reader.select().from(settings)).toEqual([{ name: 'good', value: '1' }]);
});

test('numbers are gapless under eight writers', async () => {
  const { db } = await freshDatabase();
  const taken: number[] = [];
  const take = async (): Promise<void> => {
    for (;;) {
      const { first, statement } = await takeNumbers(db.reader, 'ZG-2020', 2);
      try {
        await db.commit(changeset(statement));
        taken.push(first, first + 1);
        return;
      } catch (error) {
        if (!(error instanceof StaleError || error instanceof ConflictError)) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, async () => { for (let i = 0; i < 5; i += 1) await take(); }));
  expect(taken.sort((one, other) => one - other)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
});

test('every commit reaches the disk before it is acknowledged', async () => {
  const { db } = await freshDatabase();
  await db.commit(changeset(insertRow(settings, { name: 'first', value: 'write' })));
  expect(await db.syncsEveryCommit()).toBe(true);
  expect(await db.reader.select().from(settings).where(eq(settings.name, 'first'))).toHaveLength(1);
});

test('a changeset too large for one message is still all or nothing, and in order', async () => {
  const { db } = await freshDatabase();
  const rows = Array.from({ length: 5001 }, (_, index) => insertRow(settings, { name: `row ${index}`, value: '1' }));
  const large = db.commit(changeset(...rows, updateRow(settings, { value: '2' }, { name: 'row 0' }, 'first row')));
  const small = db.commit(changeset(insertRow(settings, { name: 'small', value: '1' })));
  await Promise.all([large, small]);
  expect(await db.reader.$count(settings)).toBe(5002);
  await expect(db.commit(changeset(...rows.map((row) => ({ ...row, values: row.values.map((value) => `${String(value)}!`) })), insertRow(settings, { name: 'small', value: '1' }, 'there already')))).rejects.toThrow(new ConflictError('there already'));
  expect(await db.reader.$count(settings)).toBe(5002);
});
