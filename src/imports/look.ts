import { bodyOf, type Body } from './body.js';
import { orderOf, yearIn } from '../spreadsheets/dates.js';
import { completed, dated, guessColumns, type Column } from './guess.js';
import { headerOf, headerScore, type Header } from './header.js';
import type { Mapping, Wish } from './mapping.js';
import { mostRows, type Encoding, type Grid, type Sheet } from '../spreadsheets/grid.js';
import { refused } from '../spreadsheets/refused.js';
import { splitUnits } from './units.js';

/** A list as it was understood: what the page shows beside the rows themselves. */
export interface Look {
  readonly kind: Grid['kind'];
  readonly encoding: Encoding | null;
  readonly delimiter: string | null;
  readonly sheets: readonly string[];
  readonly headers: readonly string[];
  /** the first texts of each column, shortened. */
  readonly samples: readonly (readonly string[])[];
  readonly mapping: Mapping;
  readonly total: number;
  readonly left: Body['left'];
  readonly leftTotal: number;
  /** names of units in the list, the most frequent first. */
  readonly unitNames: readonly (readonly [name: string, rows: number])[];
  readonly dateOrderSure: boolean;
  /** whether a column says what the problem is. */
  readonly hasProblem: boolean;
}

/** Finds the list in a file: sheet, header, meanings of columns and values, rows. Refuses what has no header or no rows. */
export function lookAt(grid: Grid, wish: Wish, { name, today }: { readonly name: string; readonly today: string }): { readonly look: Look; readonly body: Body } {
  const sheet = sheetOf(grid, wish.sheet);
  const header = headerOf(sheet, wish.headerRow === null ? null : wish.headerRow - 1);
  const plain = columnsIn(sheet, header);
  const meanings = (wish.columns?.length === plain.length ? wish.columns : null) ?? guessColumns(plain);
  const body = bodyOf(sheet, header, meanings);
  if (body.rows.length === 0) throw refused('noRows', { row: header.row + 1 });
  if (body.rows.length > mostRows) throw refused('tooManyRows', { limit: mostRows });
  const columns = plain.map(({ header: text }, index) => ({ header: text, values: body.rows.map(({ cells }) => cells[index] ?? '') }));
  const above = sheet.rows.slice(0, header.row).flat();
  const mapping = completed(wish, header, columns, { sheet: sheet.name, year: yearIn([name, ...above], today), meanings, about: [name, ...above] });
  const look: Look = {
    kind: grid.kind, encoding: grid.encoding, delimiter: grid.delimiter, sheets: grid.sheets.map((each) => each.name), headers: header.texts, mapping,
    samples: columns.map(({ values }) => values.filter((value) => value !== '').slice(0, 3).map((value) => [...value].slice(0, 40).join(''))),
    total: body.rows.length, left: body.left.slice(0, 20), leftTotal: body.left.length, unitNames: namesIn(columns, meanings),
    dateOrderSure: wish.order !== null || orderOf(columns.filter((_, index) => dated.includes(meanings[index] ?? 'extra')).flatMap((column) => column.values)).sure,
    hasProblem: meanings.includes('description') || meanings.includes('title'),
  };
  return { look, body };
}

/** The sheet told, else the one whose header says the most. */
function sheetOf(grid: Grid, told: string | null): Sheet {
  const named = grid.sheets.find((sheet) => sheet.name === told);
  const [best] = grid.sheets.toSorted((one, other) => headerScore(other) - headerScore(one));
  const sheet = named ?? best;
  if (!sheet) throw refused('noSheet');
  return sheet;
}

/** Columns with their cells, before it is known which rows are findings: enough to guess what they mean. */
function columnsIn(sheet: Sheet, header: Header): readonly Column[] {
  const rows = sheet.rows.slice(header.below, header.below + 2000);
  return header.texts.map((text, index) => ({ header: text, values: rows.map((row) => row[index] ?? '') }));
}

function namesIn(columns: readonly Column[], meanings: Mapping['columns']): Look['unitNames'] {
  const counts = new Map<string, number>();
  for (const [index, column] of columns.entries()) {
    if (meanings[index] !== 'leadUnit' && meanings[index] !== 'responsibleUnits' && meanings[index] !== 'supportingUnits') continue;
    for (const cell of column.values) for (const name of new Set([cell, ...splitUnits(cell)])) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].toSorted(([one, often], [other, oftener]) => oftener - often || (one < other ? -1 : 1)).slice(0, 2000);
}
