import { readXlsx } from 'hucre/xlsx';
import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { findings, findingTexts } from '../../db/schema/index.js';
import { writeTable, type Cell } from '../../src/exports/table.js';
import { confirmImport } from '../../src/imports/commands/confirm.js';
import { uploadList } from '../../src/imports/commands/upload.js';
import { officeOf } from '../../src/imports/judged.js';
import { previewOf } from '../../src/imports/preview.js';
import { importOf } from '../../src/imports/queries.js';
import { columnsOf, rowsOf } from '../../src/ledger-pages/columns.js';
import { words } from '../../src/words.js';
import { testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, does, listed } from '../support/factories.js';

async function* some(...rows: readonly (readonly Cell[])[]): AsyncGenerator<readonly Cell[]> {
  yield* rows;
}
const columns = [{ header: '问题', width: 20, kind: 'text' }, { header: '时限', width: 12, kind: 'date' }, { header: '天', width: 6, kind: 'number' }] as const;

test('dates are real dates, numbers are numbers, and text never becomes a formula', async () => {
  const bytes = await buffer(writeTable({ format: 'xlsx', title: '问题台账', columns, rows: some(['=1+1', '2020-06-30', 3], ['第一行\n第二行', null, null]) }));
  const { sheets: [sheet] } = await readXlsx(bytes);
  expect(sheet?.rows).toEqual([['问题', '时限', '天'], ['=1+1', new Date('2020-06-30T00:00:00Z'), 3], ['第一行\n第二行', null, null]]);
  expect(sheet?.freezePane).toMatchObject({ rows: 1 });
  const csv = (await buffer(writeTable({ format: 'csv', title: '', columns, rows: some(['=1+1', '2020-06-30', 3]) }))).toString('utf8');
  expect(csv).toBe("\ufeff问题,时限,天\r\n'=1+1,2020-06-30,3\r\n");
});

test('a text of several lines stays in one cell of a .csv, too', async () => {
  const csv = (await buffer(writeTable({ format: 'csv', title: '', columns, rows: some(['第一行\n第二行', '2020-06-30', 3]) }))).toString('utf8');
  expect(csv).toBe('\ufeff问题,时限,天\r\n"第一行\n第二行",2020-06-30,3\r\n');
});

test('memory does not grow with the rows', { timeout: 120_000 }, async () => {
  async function* many(): AsyncGenerator<readonly Cell[]> {
    for (let row = 0; row < 60_000; row += 1) yield [`第${row}个问题,说明其具体表现和涉及的村组、户数与资金情况`.repeat(4), '2020-06-30', row];
  }
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  let most = 0;
  for await (const chunk of writeTable({ format: 'xlsx', title: '', columns, rows: many() })) if (chunk) most = Math.max(most, process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers);
  expect(most - before).toBeLessThan(150 * 1024 * 1024);
});

const hard = ['="cmd"|calc', '含,逗号、"引号"和\n换行的说明', "'加撇的", '-5℃ 以下未采取保温', '㮾田镇🙂', '  两头有空格  '];

test.each([['xlsx', 'zh-CN'], ['csv', 'zh-CN'], ['xlsx', 'en']] as const)('the ledger exported as .%s in %s comes back with the same texts', async (format, language) => {
  const from = await testHouse();
  const cast = await withCast(from);
  for (const text of hard) await listed(from, cast, { title: text.trim().replaceAll('\n', ' '), description: `${text.trim()}`, requirement: text.trim(), closureStandard: text.trim(), severity: 'major', rectificationType: 'staged', deadline: '2020-06-30' });
  await does(from, cast, 'office', 'ZG-2020-0001', 'ASSIGN', assignment);
  const t = words(language);
  const bytes = await buffer(writeTable({ format, title: '问题台账', columns: columnsOf({ columns: [], stages: [] }, t), rows: rowsOf(from, await cast.person('office'), {}, t) }));

  // Into the ledger that it came from: everything is there already.
  const mine = await cast.person('office');
  const own = await importOf(from.db.reader, await uploadList(from, mine, { name: `台账.${format}`, content: Readable.from([bytes]) }), officeOf(mine));
  expect(own && (await previewOf(from, mine, own, { page: 1, faultPage: 1 })).counts).toMatchObject({ already: hard.length, faulty: 0, new: 0 });

  // Into another: the same texts.
  const to = await testHouse();
  const person = await (await withCast(to)).person('office');
  const record = await importOf(to.db.reader, await uploadList(to, person, { name: `台账.${format}`, content: Readable.from([bytes]) }), officeOf(person));
  if (!record) throw new Error('gone');
  expect((await previewOf(to, person, record, { page: 1, faultPage: 1 })).faults).toEqual([]);
  await confirmImport(to, person, record, randomUUID());
  const texts = (house: typeof from) => house.db.reader.select({ id: findingTexts.findingId, description: findingTexts.description, requirement: findingTexts.requirement, closureStandard: findingTexts.closureStandard }).from(findingTexts).orderBy(findingTexts.findingId);
  expect(await texts(to)).toEqual(await texts(from));
  const columnsOfRow = { title: findings.title, severity: findings.severity, type: findings.rectificationType, dueOn: findings.dueOn, leadUnitId: findings.leadUnitId };
  expect(await to.db.reader.select(columnsOfRow).from(findings).orderBy(findings.id)).toEqual(await from.db.reader.select(columnsOfRow).from(findings).orderBy(findings.id));
});
