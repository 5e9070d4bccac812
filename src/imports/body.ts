import type { Header } from './header.js';
import type { Meaning } from './meanings.js';
import type { Sheet } from '../spreadsheets/grid.js';

/** One row of the list, with the row of the sheet (from 0) that it begins in. */
export interface BodyRow {
  readonly row: number;
  readonly cells: readonly string[];
}
export interface Body {
  readonly rows: readonly BodyRow[];
  /** rows with something in them that are no findings: headings of groups, totals, notes, the header repeated. */
  readonly left: readonly { readonly row: number; readonly text: string }[];
}

/** The rows below the header: one finding each. Rows under a cell merged downwards over the problem belong to the row above. */
export function bodyOf(sheet: Sheet, header: Header, columns: readonly Meaning[]): Body {
  const rows: { row: number; cells: string[] }[] = [];
  const left: { row: number; text: string }[] = [];
  const merged = continuations(sheet, columns);
  const wide = wideRows(sheet, header);
  for (const [offset, all] of sheet.rows.slice(header.below).entries()) {
    const row = header.below + offset;
    const cells = all.slice(0, Math.max(header.texts.length, columns.length));
    const last = rows.at(-1);
    if (isEmpty(cells, columns)) continue;
    if (merged.has(row) && last) last.cells = last.cells.map((cell, column) => joinedCell(cell, cells[column] ?? '', columns[column]));
    else if (isNoFinding(cells, header, columns, wide.has(row))) left.push({ row, text: cells.filter((cell) => cell !== '').join(' ').slice(0, 120) });
    else rows.push({ row, cells: [...cells] });
  }
  return { rows, left };
}

/** A number printed in advance does not make a row. */
function isEmpty(cells: readonly string[], columns: readonly Meaning[]): boolean {
  return cells.every((cell, column) => cell === '' || columns[column] === 'originalNumber' || columns[column] === 'ignore');
}

function isNoFinding(cells: readonly string[], header: Header, columns: readonly Meaning[], wide: boolean): boolean {
  if (header.texts.every((text, column) => text === '' || text === (cells[column] ?? '').replaceAll(/\s*\n\s*/gu, ''))) return true;
  const filled = cells.flatMap((cell, column) => (cell === '' ? [] : [column]));
  const first = cells[filled[0] ?? 0] ?? '';
  if (/^(?:合\s*计|总\s*计|小\s*计|total)/iu.test(first)) return true;
  if (header.texts.filter((text) => text !== '').length < 4) return false;
  if (wide) return true;
  const meaning = columns[filled[0] ?? 0];
  return filled.length <= 2 && (/^(?:说明|注|备注|填表|制表|审核|单位负责人|note)\s*[:：1１]?/iu.test(first) || (filled.length === 1 && meaning !== 'description' && meaning !== 'title'));
}

/** Rows with one cell merged over half of the table: headings of groups and notes. */
function wideRows({ merges }: Sheet, header: Header): ReadonlySet<number> {
  const half = header.texts.length / 2;
  return new Set(merges.filter((merge) => merge.endCol - merge.startCol + 1 >= Math.max(3, half)).flatMap((merge) => range(merge.startRow, merge.endRow)));
}

/** Rows after the first of a problem that is merged downwards. */
function continuations({ merges }: Sheet, columns: readonly Meaning[]): ReadonlySet<number> {
  const problem = columns.indexOf('description') >= 0 ? columns.indexOf('description') : columns.indexOf('title');
  return new Set(merges.filter((merge) => merge.startCol <= problem && merge.endCol >= problem && problem >= 0).flatMap((merge) => range(merge.startRow + 1, merge.endRow)));
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, Math.min(to, 200_000) - from + 1) }, (_, index) => from + index);
}

function joinedCell(cell: string, more: string, meaning: Meaning | undefined): string {
  if (more === '' || more === cell || meaning === 'originalNumber') return cell;
  return cell === '' ? more : `${cell}\n${more}`;
}
