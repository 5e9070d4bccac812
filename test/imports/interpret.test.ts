import { expect, test } from 'vitest';
import { interpreter, type ListRow } from '../../src/imports/interpret.js';
import { lookAt } from '../../src/imports/look.js';
import { openWish } from '../../src/imports/mapping.js';

function rowsOf(rows: readonly (readonly string[])[], documentDate: string | null = null): readonly ListRow[] {
  const wish = openWish({ channel: 'other', issuer: '某办', documentNumber: '', documentDate, confidential: false });
  const { look, body } = lookAt({ kind: 'csv', encoding: 'utf-8', delimiter: ',', sheets: [{ name: '', rows, merges: [] }] }, wish, { name: '清单', today: '2020-05-11' });
  return body.rows.map(interpreter(look.mapping, look.headers, 2));
}

test('整改期限(天数) counts from the inspection, else from the date of the list, else it is a fault', () => {
  const rows = [['问题描述', '检查时间', '整改期限(天数)'], ['甲', '2020-05-01', '15'], ['乙', '', '15天内']];
  expect(rowsOf(rows).map((row) => [row.deadline, row.faults.map((fault) => fault.code)])).toEqual([['2020-05-16', []], [null, ['noDayToCountFrom']]]);
  expect(rowsOf(rows, '2020-05-08').map((row) => row.deadline)).toEqual(['2020-05-16', '2020-05-23']);
});

test('nothing of the original is lost: columns without a meaning are kept under their headers', () => {
  const [row] = rowsOf([['序号', '问题描述', '涉及资金', '', '整改措施'], ['1', '甲', '12.5万元', '旁注', '逐项整改']]);
  expect(row?.extra).toEqual([['涉及资金', '12.5万元'], ['D', '旁注'], ['整改措施', '逐项整改']]);
});

test('a title is made from the first sentence, and never longer than a line', () => {
  const [one, two] = rowsOf([['问题描述'], ['道路未硬化。群众出行不便。'], ['长'.repeat(300)]]);
  expect(one?.title).toBe('道路未硬化');
  expect(two?.title).toHaveLength(60);
});

test('rows that are the same are two findings, known apart; a running number does not make a row another', () => {
  const [one, two, three] = rowsOf([['序号', '问题描述'], ['1', '灭火器过期'], ['2', '灭火器过期'], ['2022-014', '灭火器过期']]);
  expect(new Set([one?.fingerprint, two?.fingerprint, three?.fingerprint]).size).toBe(3);
  const [moved] = rowsOf([['序号', '问题描述'], ['7', '灭火器过期']]);
  expect(moved?.fingerprint).toBe(one?.fingerprint);
});
