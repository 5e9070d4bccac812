import { refused } from './refused.js';
import { readCsv } from './csv.js';
import { mostColumns, type Encoding, type Grid } from './grid.js';
import { kindOf } from './kind.js';
import { readWorkbook } from './xlsx.js';

/** Reads a file as sheets of texts. Throws UnreadableListError with the reason; never answers with nothing. */
export async function readGrid(bytes: Buffer, told: { readonly encoding: Encoding | null; readonly delimiter: string | null }): Promise<Grid> {
  const grid = kindOf(bytes) === 'xlsx' ? await readWorkbook(bytes) : readCsv(bytes, told);
  if (grid.sheets.every((sheet) => sheet.rows.every((row) => row.every((cell) => cell === '')))) throw refused('empty');
  if (grid.sheets.some((sheet) => (sheet.rows[0]?.length ?? 0) > mostColumns)) throw refused('tooManyColumns', { limit: mostColumns });
  return grid;
}
