import { refused } from '../spreadsheets/refused.js';
import { meaningOf } from './meanings.js';
import type { Sheet } from '../spreadsheets/grid.js';

/** Where a list's header stands and what it says: one text per column, "" for columns without one. */
export interface Header {
  /** row of the header, from 0. */
  readonly row: number;
  /** first row below it. */
  readonly below: number;
  readonly texts: readonly string[];
}

/** Titles and form rows stand above: a header has been seen as far down as row 10. */
const deepest = 15;

/** Finds the header, or takes the row told (from 0). Refuses a sheet in which no row looks like one. */
export function headerOf(sheet: Sheet, told: number | null): Header {
  const row = told ?? bestRow(sheet);
  if (row === null || !sheet.rows[row]) throw refused('noHeader');
  const texts = trimmed(sheet.rows[row]);
  return twoRows(sheet, row, texts) ?? { row, below: row + 1, texts };
}

/** How well a sheet could be a list: the number of columns that its best row names. */
export function headerScore(sheet: Sheet): number {
  return Math.max(0, ...sheet.rows.slice(0, deepest).map(scoreOf));
}

function bestRow(sheet: Sheet): number | null {
  const scores = sheet.rows.slice(0, deepest).map(scoreOf);
  const best = Math.max(0, ...scores);
  return best > 0 ? scores.indexOf(best) : plausibleRow(sheet);
}

/** Columns that a row names. One alone must be a known word: a title above the table may contain 问题. */
function scoreOf(row: readonly string[]): number {
  const found = distinct(row).map(meaningOf).filter((meaning) => meaning !== null);
  if (found.length === 1) return found[0]?.sure === true ? 1 : 0;
  return new Set(found.map((each) => each.meaning)).size + found.filter((each) => each.sure).length / 10;
}

/** Merged down or across, one text stands in several cells. */
function distinct(row: readonly string[]): readonly string[] {
  return [...new Set(row.filter((cell) => cell !== ''))];
}

/** No known word anywhere: the first row of several short, different texts with rows below it; the person says what they mean. */
function plausibleRow({ rows }: Sheet): number | null {
  const row = rows.findIndex((cells) => cells.some((cell) => cell !== ''));
  const cells = (rows[row] ?? []).filter((cell) => cell !== '');
  const fits = cells.length >= 2 && new Set(cells).size === cells.length && cells.every((cell) => cell.length <= 40 && !/^[\d.,/:-]+$/u.test(cell));
  return fits ? row : null;
}

/** Groups over columns: "责任" merged over "单位" and "责任人" in the next row. */
function twoRows({ rows, merges }: Sheet, row: number, texts: readonly string[]): Header | null {
  const groups = merges.filter((merge) => merge.startRow === row && merge.endRow === row && merge.endCol > merge.startCol);
  const next = rows[row + 1] ?? [];
  const under = (column: number): boolean => groups.some((merge) => column >= merge.startCol && column <= merge.endCol);
  const width = Math.max(texts.length, next.length);
  const columns = Array.from({ length: width }, (_, column) => column);
  const split = groups.length > 0 && groups.every((merge) => (next[merge.startCol] ?? '') !== '' && (next[merge.startCol + 1] ?? '') !== '')
    && columns.every((column) => under(column) || (next[column] ?? '') === '' || next[column] === texts[column]);
  if (!split) return null;
  const group = (column: number): string => texts[groups.find((merge) => column >= merge.startCol && column <= merge.endCol)?.startCol ?? column] ?? '';
  return { row, below: row + 2, texts: columns.map((column) => (under(column) ? named(group(column), next[column] ?? '') : texts[column] ?? '')) };
}

function named(group: string, part: string): string {
  return part === '' || meaningOf(part)?.sure ? part || group : `${group}${part}`;
}

function trimmed(row: readonly string[]): readonly string[] {
  const last = row.findLastIndex((cell) => cell !== '');
  return row.slice(0, last + 1).map((cell) => cell.replaceAll(/\s*\n\s*/gu, /[\u4e00-\u9fff]/u.test(cell) ? '' : ' '));
}
