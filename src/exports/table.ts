import { stringify } from 'csv-stringify';
import { Readable } from 'node:stream';
import { visible } from '../forms.js';

export type Cell = string | number | null;
export interface Column {
  readonly header: string;
  /** in characters. */
  readonly width: number;
  readonly kind: 'text' | 'date' | 'number';
}
export interface Table {
  readonly format: 'xlsx' | 'csv';
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: AsyncIterable<readonly Cell[]>;
}

/** A table as a file, row by row: memory does not grow with the rows. Dates are real dates in .xlsx; text never becomes a formula. */
export function writeTable(table: Table): Readable {
  return table.format === 'csv' ? csvOf(table) : xlsxOf(table);
}

function csvOf({ columns, rows }: Table): Readable {
  // escape_formulas puts an apostrophe before = + - @: a spreadsheet then shows the text instead of running it.
  // A line break of one character, which is none of this file's own, would end a row in every spreadsheet: quoted, too.
  const writer = stringify({ bom: true, header: true, columns: columns.map((column) => column.header), escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/u });
  return Readable.from(plainRows(rows)).pipe(writer);
}

async function* plainRows(rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<Cell[]> {
  for await (const row of rows) yield row.map((cell) => written(cell) ?? '');
}

function xlsxOf(table: Table): Readable {
  return Readable.from(workbookOf(table));
}

/** The writer of spreadsheets is seventy files, read when somebody takes the first one out and not at every start. */
async function* workbookOf({ title, columns, rows }: Table): AsyncGenerator<Uint8Array> {
  const { writeXlsxStream } = await import('hucre/xlsx');
  yield* writeXlsxStream(cellsOf(columns, rows), {
    name: sheetName(title), freezePane: { rows: 1 },
    columns: columns.map((column) => ({ header: column.header, width: column.width, ...(column.kind === 'date' ? { numFmt: 'yyyy-mm-dd' } : {}) })),
  });
}

/** One character that XML forbids would make the whole file unreadable. */
function written(cell: Cell): Cell {
  return typeof cell === 'string' ? visible(cell) : cell;
}

/** What a spreadsheet takes as the name of a sheet. */
function sheetName(title: string): string {
  return title.replaceAll(/[[\]:*?/\\]/gu, ' ').trim().slice(0, 31) || 'Sheet1';
}

async function* cellsOf(columns: readonly Column[], rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<(string | number | Date | null)[]> {
  for await (const row of rows) yield row.map((cell, index) => (columns[index]?.kind === 'date' && typeof cell === 'string' ? dateCell(cell) : written(cell)));
}

/** A date without a time, as spreadsheets count days. */
function dateCell(date: string): Date | string | null {
  const instant = new Date(`${date}T00:00:00.000Z`);
  return date === '' ? null : Number.isNaN(instant.getTime()) ? date : instant;
}
