import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { findings } from '../../db/schema/index.js';
import { UnreadableListError } from '../../src/errors.js';
import { confirmImport } from '../../src/imports/commands/confirm.js';
import { uploadList } from '../../src/imports/commands/upload.js';
import { interpreter } from '../../src/imports/interpret.js';
import { officeOf } from '../../src/imports/judged.js';
import { lookAt } from '../../src/imports/look.js';
import { openWish } from '../../src/imports/mapping.js';
import { previewOf } from '../../src/imports/preview.js';
import { importOf } from '../../src/imports/queries.js';
import { readGrid } from '../../src/spreadsheets/read.js';
import { refusalOf } from '../../src/spreadsheets/refused.js';
import { hasWord, words } from '../../src/words.js';
import { testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';

// Extra: real files that are not part of the project. Where the folder is missing these tests are skipped and say so.
const folder = process.env['ZHENGGAI_INPUTS'] ?? path.resolve('../shared/inputs');
const here = existsSync(folder);
if (!here) console.info(`Extra tests with real lists are skipped: ${folder} is not there (ZHENGGAI_INPUTS).`);

async function imported(file: string) {
  const house = await testHouse();
  const person = await (await withCast(house)).person('office');
  const id = await uploadList(house, person, { name: path.basename(file), content: Readable.from([readFileSync(path.join(folder, file))]) });
  const record = await importOf(house.db.reader, id, officeOf(person));
  if (!record) throw new Error('gone');
  const preview = await previewOf(house, person, record, { page: 1, faultPage: 1 });
  return { house, person, record, preview };
}

test.skipIf(!here)('a safety list of 57 hazards as a program exported it: all adopted as closed', async () => {
  const { house, person, record, preview } = await imported('zh-ledgers/软件导出_隐患排查治理汇总清单_2020.05.xlsx');
  expect(preview.counts).toEqual({ new: 0, adopted: 57, already: 0, skipped: 0, faulty: 0 });
  expect(await confirmImport(house, person, record, randomUUID())).toHaveLength(57);
  const rows = await house.db.reader.select().from(findings);
  expect(rows.every((row) => row.adopted && row.stage === 'closed')).toBe(true);
  expect(rows.filter((row) => row.severity === 'major')).toHaveLength(1);
});

test.skipIf(!here)('80 audit findings with texts of 14,000 characters and several deadlines in one cell', async () => {
  const { house, person, record, preview } = await imported('en-audit/fac_maine_2022_findings.csv');
  expect(preview.counts).toEqual({ new: 73, adopted: 7, already: 0, skipped: 0, faulty: 0 });
  expect(await confirmImport(house, person, record, randomUUID())).toHaveLength(80);
  const rows = await house.db.reader.select().from(findings);
  expect(rows.filter((row) => row.stage === 'listed')).toHaveLength(73);
});

test.skipIf(!here)('38 hazards under a title and a form row, with 48 merged ranges and three notes at the end', async () => {
  const { preview } = await imported('zh-ledgers/隐患排查与治理统计表_2019.06.xlsx');
  expect(preview.look).toMatchObject({ total: 38, leftTotal: 3, mapping: { headerRow: 3 } });
  expect(preview.rows[0]?.row).toMatchObject({ foundOn: '2019-05-26', doneOn: '2019-05-28', deadline: '2019-05-28' });
});

const files = here ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:xlsx?|csv|txt|json)$/u.test(file) && !file.startsWith('calendar')).sort() : [];
const wish = openWish({ channel: 'other', issuer: '某办', documentNumber: '', documentDate: null, confidential: false });
test.skipIf(!here).each(files.length > 0 ? files : ['(none)'])('%s gives a preview or a sentence', async (file) => {
  try {
    const { look, body } = lookAt(await readGrid(readFileSync(path.join(folder, file)), wish), wish, { name: file, today: '2020-05-11' });
    const rows = body.rows.map(interpreter(look.mapping, look.headers, 2));
    expect(rows.length).toBeGreaterThan(0);
    expect(look.hasProblem ? rows.some((row) => row.description !== '') : rows.every((row) => row.description === '')).toBe(true);
  } catch (error) {
    if (!(error instanceof UnreadableListError)) throw error;
    const { what, next } = refusalOf(error, words('zh-CN'), path.basename(file));
    expect(hasWord('zh-CN', `import.refused.${String(error.params['reason'])}`)).toBe(true);
    expect(what.length + next.length).toBeGreaterThan(20);
  }
});
