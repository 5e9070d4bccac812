import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { randomUUID } from 'node:crypto';
import { consoleWords, options, personNamed, say } from '../cli/house.js';
import type { House, Person } from '../context.js';
import { InvalidError, UnreadableListError } from '../errors.js';
import { sentenceOf } from '../refusals.js';
import { refusalOf } from '../spreadsheets/refused.js';
import type { Words } from '../words.js';
import { confirmImport } from './commands/confirm.js';
import { dropImport } from './commands/drop.js';
import { uploadList } from './commands/upload.js';
import { officeOf } from './judged.js';
import { importPage } from './page.js';
import { previewOf, isReady, type Preview } from './preview.js';
import { campaignRows, categoryRows, importOf, type ImportRow } from './queries.js';

/**
 * `zhenggai import FILE --as USERNAME [--mapping FILE.json] [--yes | --dry-run]`: prints what would happen, and with --yes does it.
 * Answers with the exit code: 0 done or previewed, 1 not importable. Throws when it is asked wrongly.
 */
export async function importFile(house: House, args: readonly string[], print: (text: string) => void = say): Promise<number> {
  const t = consoleWords();
  const { values, positionals: [file] } = options(args, { as: { type: 'string' }, mapping: { type: 'string' }, yes: { type: 'boolean', default: false }, 'dry-run': { type: 'boolean', default: false } });
  if (file === undefined) throw new Error(t('import.cli.usage'));
  const person = await personNamed(house, values.as);
  try {
    const chosen: unknown = values.mapping === undefined ? null : JSON.parse(await readFile(values.mapping, 'utf8'));
    const id = await uploadList(house, person, { name: basename(file), content: createReadStream(file) }, chosen);
    return await imported(house, person, id, values.yes && !values['dry-run'], t, print);
  } catch (error) {
    if (error instanceof UnreadableListError) print(Object.values(refusalOf(error, t, basename(file))).join('\n'));
    else if (error instanceof InvalidError) print(error.refusals.map((refusal) => sentenceOf(refusal, t)).join('\n'));
    else throw error;
    return 1;
  }
}

async function imported(house: House, person: Person, id: string, really: boolean, t: Words, print: (text: string) => void): Promise<number> {
  const record = await kept(house, person, id);
  const preview = await previewOf(house, person, record, { page: 1, faultPage: 1 });
  for (const line of await linesOf(house, record, preview, t)) print(line);
  if (!really || !isReady(preview)) {
    await dropImport(house, person, record);
    if (isReady(preview)) print(t('import.cli.addYes'));
    return isReady(preview) ? 0 : 1;
  }
  const numbers = await confirmImport(house, person, record, randomUUID());
  print(numbers.length === 0 ? t('import.done.nothing') : t('import.cli.done', { count: numbers.length, first: numbers[0] ?? '', last: numbers.at(-1) ?? '' }));
  return 0;
}

async function kept(house: House, person: Person, id: string): Promise<ImportRow> {
  const record = await importOf(house.db.reader, id, officeOf(person));
  if (!record) throw new Error(`The import ${id} is gone.`);
  return record;
}

/** The preview in lines: the same model as the page. */
async function linesOf(house: House, record: ImportRow, preview: Preview, t: Words): Promise<readonly string[]> {
  const page = importPage({ record, preview, page: 1, faultPage: 1, refusals: [], tree: await house.tree(), today: house.clock.today(), campaigns: await campaignRows(house.db.reader), categories: await categoryRows(house.db.reader), twin: null }, t);
  return [
    `${page.name} — ${page.facts}`, page.figures.map((figure) => `${figure.label} ${figure.value}`).join(' | '), ...page.notices, ...page.names.flatMap(({ note }) => note ?? []),
    ...page.columns.map((column) => `  ${column.letter}  ${column.header} → ${column.choices.find((each) => each.chosen)?.label ?? ''}`),
    ...page.rows.map((row) => `  ${row.row}  [${row.outcome.label}] ${row.number} ${row.title} ${row.unit} ${row.deadline}`),
    ...page.cells.map((cell) => `  ${cell.cell} ${cell.header}: ${cell.text} — ${cell.what}`), ...(page.cannot === null ? [] : [page.cannot]),
  ];
}
