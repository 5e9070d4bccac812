import iconv from 'iconv-lite';
import { writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { UnreadableListError } from '../../src/errors.js';
import { lookAt } from '../../src/imports/look.js';
import { openWish } from '../../src/imports/mapping.js';
import { readGrid } from '../../src/spreadsheets/read.js';
import { readList } from '../../src/imports/reading.js';
import { workbook } from './sample.js';

const nothingTold = { encoding: null, delimiter: null };
const wish = openWish({ channel: 'other', issuer: '某办', documentNumber: '', documentDate: null, confidential: false });

async function reasonOf(bytes: Uint8Array): Promise<unknown> {
  try {
    lookAt(await readGrid(Buffer.from(bytes), nothingTold), wish, { name: '清单', today: '2020-05-11' });
    return null;
  } catch (error) {
    return error instanceof UnreadableListError ? error.params['reason'] : error;
  }
}

const container = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

test('what is no list is refused with its reason, never read as 0 rows', async () => {
  expect(await reasonOf(Buffer.concat([container, Buffer.alloc(600), Buffer.from('Workbook', 'utf16le')]))).toBe('oldXls');
  expect(await reasonOf(Buffer.concat([container, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]))).toBe('password');
  expect(await reasonOf(await writeXlsx({ sheets: [{ name: 'a', rows: [['问题描述'], ['甲']] }], encryption: { password: 'x', spinCount: 1000 } }))).toBe('password');
  expect(await reasonOf((await workbook([['序号', '问题描述'], [1, '甲']])).subarray(0, 900))).toBe('broken');
  expect(await reasonOf(Buffer.from('%PDF-1.7 …'))).toBe('wrongKind');
  expect(await reasonOf(Buffer.from('<html><table><tr><td>问题</td></tr></table></html>'))).toBe('webPage');
  expect(await reasonOf(Buffer.from('{"findings": []}'))).toBe('json');
  expect(await reasonOf(Buffer.alloc(0))).toBe('empty');
  expect(await reasonOf(Buffer.from(',,,\n,,,\n'))).toBe('empty');
  expect(await reasonOf(await workbook([['序号', '问题描述', '责任单位']]))).toBe('noRows');
  expect(await reasonOf(Buffer.from('这是一封信。\n没有表格。\n'))).toBe('noHeader');
  expect(await reasonOf(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9]))).toBe('encoding');
});

test('a list over the limit is refused; formatted empty rows do not count', async () => {
  const long = Array.from({ length: 20_001 }, (_, index) => `${index + 1},问题${index + 1}`).join('\n');
  expect(await reasonOf(Buffer.from(`序号,问题描述\n${long}`))).toBe('tooManyRows');
  expect(await reasonOf(Buffer.from(`序号,问题描述\n1,甲\n${',\n'.repeat(30_000)}`))).toBeNull();
});

test('a zip that would unpack too large is refused before it is unpacked', async () => {
  const bytes = Buffer.from(await workbook([['序号', '问题描述'], [1, '甲']]));
  const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  bytes.writeUInt32LE(0x7fffffff, directory + 24);
  expect(await reasonOf(bytes)).toBe('tooBig');
});

test.each(['utf8', 'utf16le', 'gb18030'])('a .csv in %s is read', async (encoding) => {
  const text = '序号,问题描述\n1,"㮾田镇,部分农户未签约"\n';
  const grid = await readGrid(iconv.encode(text, encoding, { addBOM: encoding !== 'gb18030' }), nothingTold);
  expect(grid.sheets[0]?.rows[1]).toEqual(['1', '㮾田镇,部分农户未签约']);
});

test.each([[',', '1,甲'], [';', '1;甲'], ['\t', '1\t甲']])('the separator "%s" is found', async (delimiter, row) => {
  const grid = await readGrid(Buffer.from(`序号${delimiter}问题描述\n${row}\n`), nothingTold);
  expect(grid).toMatchObject({ delimiter, encoding: 'utf-8' });
  expect(grid.sheets[0]?.rows[1]).toEqual(['1', '甲']);
});

test('dates of a workbook are the days that its cells show', async () => {
  const day = new Date('2019-05-26T00:00:00Z');
  for (const dateSystem of ['1900', '1904'] as const) {
    const bytes = await writeXlsx({ dateSystem, sheets: [{ name: 'a', columns: [{}, { numFmt: 'yyyy"年"m"月"d"日"' }], rows: [['问题描述', '检查日期'], ['甲', day]] }] });
    const grid = await readGrid(Buffer.from(bytes), nothingTold);
    expect(grid.sheets[0]?.rows[1]).toEqual(['甲', '2019-05-26']);
  }
});

test('merged cells that reach to the end of the sheet, thousands of times, are read in no time', async () => {
  const merges = Array.from({ length: 20_000 }, () => ({ startRow: 1, startCol: 1, endRow: 1_048_575, endCol: 1 }));
  const bytes = await writeXlsx({ sheets: [{ name: 'a', rows: [['序号', '问题描述'], [1, '甲问题'], [2, null]], merges }] });
  const { body } = lookAt(await readGrid(Buffer.from(bytes), nothingTold), wish, { name: '清单', today: '2020-05-11' });
  expect(body.rows.map((row) => row.cells[1])).toEqual(['甲问题']);
});

test('a list that fills the memory ends its own process and nobody else’s', async () => {
  const rows = [['序号', '问题描述', '责任单位'], ...Array.from({ length: 15_000 }, (_, index) => [index, `第 ${index} 个问题${'长'.repeat(400)}`, '交通局'])];
  const bytes = await writeXlsx({ sheets: [{ name: 'a', rows }] });
  const reading = readList({ bytesOf: () => Promise.resolve(bytes), name: '清单.xlsx', today: '2020-05-11', hostId: 1, wish }, 24);
  await expect((async () => { for await (const _told of reading); })()).rejects.toMatchObject({ params: { reason: 'tooBig', limit: 24 } });
});

test('a cell merged downwards speaks for its rows, and a problem merged downwards is one finding', async () => {
  const bytes = await writeXlsx({ sheets: [{ name: 'a', rows: [['序号', '问题描述', '整改措施', '责任单位'], [1, '甲问题', '措施一', '交通局'], [null, null, '措施二', null], [2, '乙问题', '措施三', null]], merges: [{ startRow: 1, startCol: 1, endRow: 2, endCol: 1 }, { startRow: 1, startCol: 3, endRow: 3, endCol: 3 }] }] });
  const { body } = lookAt(await readGrid(Buffer.from(bytes), nothingTold), wish, { name: '清单', today: '2020-05-11' });
  expect(body.rows.map((row) => row.cells)).toEqual([['1', '甲问题', '措施一\n措施二', '交通局'], ['2', '乙问题', '措施三', '交通局']]);
});
