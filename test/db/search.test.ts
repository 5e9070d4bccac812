import { expect, test } from 'vitest';
import { bigramQuery, bigrams } from '../../db/search/bigrams.js';
import { freshDatabase } from '../support/databases.js';

async function ledgerOf(...texts: readonly string[]) {
  const { db } = await freshDatabase();
  await db.commit({ statements: [], search: texts.map((text, index) => ({ findingId: index + 1, text })) });
  return async (query: string): Promise<readonly number[]> => [...(await db.search(query, 10))].sort((one, other) => one - other);
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
