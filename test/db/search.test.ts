import { expect, test } from 'vitest';
import { bigramQuery, bigrams } from '../../db/search/bigrams.js';
import { changeset, insertRow } from '../../db/changeset.js';
import { findings, findingScope, sources, units } from '../../db/schema/index.js';
import { freshDatabase } from '../support/databases.js';

async function ledgerOf(...texts: readonly string[]) {
  const { db } = await freshDatabase();
  const kept = { stage: 'listed', severity: 'ordinary', channel: 'audit', paused: false, adopted: false } as const;
  const row = { ...kept, title: '', state: 'listed', version: 1, movedSeq: 1, workflow: 'rectification@1', hostOfficeId: 1, sourceId: 1, cycle: 1, partsOpen: 0, partsTotal: 0, createdAt: '', updatedAt: '' } as const;
  await db.commit({
    statements: changeset(
      insertRow(units, { id: 1, name: '某办', shortName: '某办', kind: 'office', parentId: null, path: '/1/' }), insertRow(units, { id: 2, name: '另一办', shortName: '另一办', kind: 'office', parentId: null, path: '/2/' }),
      insertRow(sources, { id: 1, channel: 'audit', issuer: '某厅', documentNumber: '' }),
      ...texts.flatMap((_text, index) => [insertRow(findings, { ...row, id: index + 1, number: String(index) }), insertRow(findingScope, { ...kept, unitId: 1, findingId: index + 1, number: String(index), isPart: false })]),
    ).statements,
    search: texts.map((text, index) => ({ findingId: index + 1, text })),
  });
  return async (query: string, unitId = 1, most = 10): Promise<readonly number[]> => [...(await db.search(query, [unitId], most))].sort((one, other) => one - other);
}

test('a single character is found at the beginning, in the middle, at the end and alone', async () => {
  const found = await ledgerOf('工期偏慢', '影响工程进度', '前期手续已办结并开工', '工', '饮水工程管护', '危房巡查');
  expect(await found('工')).toEqual([1, 2, 3, 4, 5]);
});

test('words of two and more characters are found across the text, only in their order', async () => {
  const found = await ledgerOf('部分村组道路项目', '道路村组', '台账与实际不符');
  expect(await found('道路')).toEqual([1, 2]);
  expect(await found('村组道路')).toEqual([1]);
  expect(await found('路道')).toEqual([]);
  expect(await found('账与')).toEqual([3]);
});

test('words that a line break or a mark parts are not found as one', async () => {
  const found = await ledgerOf('手续办结\n开工', '手续办结。开工');
  expect(await found('结开')).toEqual([]);
  expect(await found('办结 开工')).toEqual([1, 2]);
});

test('only what is seen is searched, and of that the newest first', async () => {
  const found = await ledgerOf('道路甲', '道路乙', '道路丙');
  expect(await found('道路', 2)).toEqual([]);
  expect(await found('道路', 1, 2)).toEqual([2, 3]);
});

test('letters, digits and full-width forms are found by their beginnings', async () => {
  const found = await ledgerOf('ZG-2020-0007', 'ＡＢＣ栋楼');
  expect(await found('zg 2020')).toEqual([1]);
  expect(await found('abc')).toEqual([2]);
  expect(await found('楼')).toEqual([2]);
});

test('whatever is typed is words, never syntax', async () => {
  const found = await ledgerOf('开工');
  for (const typed of ['"', 'NEAR(', '*', 'a OR', '开工"', "'); DROP TABLE findings; --", '\u0000', '']) await expect(found(typed)).resolves.toBeInstanceOf(Array);
  expect(bigramQuery(' 、。')).toBeNull();
  expect(bigrams('𠮷野家')).toBe('𠮷野 野家 家');
});
