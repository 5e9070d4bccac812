import { readXlsx, type CellValue } from 'hucre/xlsx';
import { cleaned } from '../forms.js';
import { refused } from './refused.js';
import { mostColumns, mostRows, type Grid, type Sheet } from './grid.js';

/** A workbook's visible sheets. Dates come as the date that the cell shows, whatever the zone, the date system or the (Chinese) format. */
export async function readWorkbook(bytes: Buffer): Promise<Grid> {
  const { sheets } = await opened(bytes);
  const visible = sheets.filter((sheet) => sheet.rows.some((row) => row.some((cell) => cell !== null)));
  return { kind: 'xlsx', encoding: null, delimiter: null, sheets: visible.map((sheet) => {
    const merges = within(sheet.merges ?? [], sheet.rows.length);
    return { name: sheet.name, rows: filled(sheet.rows.map((row) => row.map(textOf)), merges), merges };
  }) };
}

async function opened(bytes: Buffer): ReturnType<typeof readXlsx> {
  try {
    // Many more than are allowed, since formatted empty rows count here and not there.
    return await readXlsx(bytes, { maxRows: mostRows * 6, sheets: (sheet) => !(sheet.hidden || sheet.veryHidden) });
  } catch (error) {
    if (error instanceof Error && error.name === 'EncryptedFileError') throw refused('password');
    throw refused('broken');
  }
}

function textOf(value: CellValue): string {
  if (value === null) return '';
  if (value instanceof Date) return dateText(value);
  // 0.1 + 0.2 was typed as 0.3: fifteen digits are what a spreadsheet shows.
  if (typeof value === 'number') return String(Number(value.toPrecision(15)));
  return typeof value === 'boolean' ? String(value).toUpperCase() : cleaned(value);
}

/** "2019-05-26", with the time where there is one; a time alone has no day. */
function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) return '';
  const [date = '', time = ''] = value.toISOString().split('T');
  const minutes = time.slice(0, 5);
  if (date < '1900-01-02') return minutes;
  return minutes === '00:00' ? date : `${date} ${minutes}`;
}

/** Merges as far as there are rows. Real ones do not overlap, so all together they cover a sheet a few times at most; what claims more is left out. */
function within(merges: Sheet['merges'], rows: number): Sheet['merges'] {
  let budget = 20 * rows + 1000;
  return merges.filter((merge) => merge.startRow < rows).map((merge) => ({ ...merge, endRow: Math.min(merge.endRow, rows - 1) })).filter((merge) => {
    budget -= merge.endRow - merge.startRow + 1;
    return budget >= 0;
  });
}

/** A cell merged downwards speaks for every row of its range. */
function filled(rows: string[][], merges: Sheet['merges']): Sheet['rows'] {
  for (const { startRow, startCol, endRow } of merges) {
    const text = rows[startRow]?.[startCol] ?? '';
    for (let row = startRow + 1; row <= Math.min(endRow, rows.length - 1) && text !== ''; row += 1) {
      const cells = rows[row];
      if (cells && startCol < mostColumns) cells[startCol] = text;
    }
  }
  return rows;
}
