import { expect, test } from 'vitest';
import { orderOf, readDate, yearIn } from '../../src/spreadsheets/dates.js';

const list = { year: 2020, order: 'mdy' } as const;

test.each([
  // "Dates come as real dates, 2020-6-30, 2020.6.30, 2020年6月30日, 6月底前 (= last day of June of the ledger's year)."
  ['2020-06-30', '2020-06-30'], ['2020-6-30', '2020-06-30'], ['2020.6.30', '2020-06-30'], ['2020/6/30', '2020-06-30'], ['2020年6月30日', '2020-06-30'], ['2020 年 6 月 30 日前', '2020-06-30'],
  ['6月底前', '2020-06-30'], ['2月底前', '2020-02-29'], ['6月30日', '2020-06-30'], ['2020年6月底', '2020-06-30'], ['2020年6月', '2020-06-30'], ['2020.06', '2020-06-30'], ['6月中旬', '2020-06-20'], ['年底前', '2020-12-31'], ['2021年底', '2021-12-31'],
  ['二季度', '2020-06-30'], ['2020年上半年', '2020-06-30'], ['20200630', '2020-06-30'], ['2019/4/25 9:32:09', '2019-04-25'], ['2020-06-30 14:35', '2020-06-30'], ['２０２０年６月３０日', '2020-06-30'],
  ['06/30/2020', '2020-06-30'], ['June 30, 2023', '2023-06-30'], ['30 June 2023', '2023-06-30'], ['January 2023', '2023-01-31'], ['43613', '2019-05-28'],
])('%s is %s', (cell, date) => {
  expect(readDate(cell, list)?.date).toBe(date);
});

test('of several dates in one cell the latest counts, and it is said', () => {
  expect(readDate('June 30, 2023 (first item), December 31, 2023 (second item)', list)).toEqual({ date: '2023-12-31', type: null, remark: 'several' });
  expect(readDate('April 1, 2023June 1, 2023 and December 31, 2023 Respectively', list)).toMatchObject({ date: '2023-12-31', remark: 'several' });
  expect(readDate('2020年3月31日、2020年6月30日', list)).toMatchObject({ date: '2020-06-30', remark: 'several' });
});

test('立行立改 and 长期坚持 are rectification types and no dates', () => {
  expect(readDate('立行立改', list)).toEqual({ date: null, type: 'immediate', remark: null });
  expect(readDate('长期坚持', list)).toEqual({ date: null, type: 'continuing', remark: null });
  expect(readDate('2020年6月底前,长期坚持', list)).toMatchObject({ date: '2020-06-30', type: 'continuing' });
});

test.each(['', 'N/A', '无', '—', '待定'])('"%s" says that there is none', (cell) => {
  expect(readDate(cell, list)).toEqual({ date: null, type: null, remark: null });
});

test.each(['尽快', '2020年2月30日', '13月5日', 'soon', '2020-13-01'])('"%s" is not understood, and nothing is invented', (cell) => {
  expect(readDate(cell, list)).toBeNull();
});

test('a date without a year takes the list’s, and it is said', () => {
  expect(readDate('6月底前', list)?.remark).toBe('year');
  expect(yearIn(['隐患排查与治理统计表_2019.06.xlsx'], '2026-05-11')).toBe(2019);
  expect(yearIn(['清单.xlsx', '填报时间: 2019年 6 月 25 日'], '2026-05-11')).toBe(2019);
  expect(yearIn(['清单.xlsx'], '2020-05-11')).toBe(2020);
});

test('days first or months first is told by the whole column', () => {
  expect(orderOf(['01/02/2020', '28/02/2021'])).toEqual({ order: 'dmy', sure: true });
  expect(orderOf(['04/26/2007', '05/14/2008'])).toEqual({ order: 'mdy', sure: true });
  expect(orderOf(['01/02/2020'])).toEqual({ order: 'mdy', sure: false });
  expect(readDate('28/02/2021', { year: 2020, order: 'dmy' })?.date).toBe('2021-02-28');
});
