import type { Grid, Sheet } from '../../spreadsheets/grid.js';
import { refused } from '../../spreadsheets/refused.js';
import { columns, meaningOf, needed, type Meaning } from './meanings.js';

/** A row as it stands in the list; what is not there is "". */
export type ListedRow = Readonly<Record<Meaning, string>> & {
  /** as spreadsheets count, from 1. */
  readonly row: number;
};

/** A list of people as it was read, before anything is known about them. */
export interface PeopleList {
  /** '' for a text. */
  readonly sheet: string;
  /** as spreadsheets count, from 1. */
  readonly headerRow: number;
  /** headers that mean nothing here: their columns are left out. */
  readonly ignored: readonly string[];
  readonly rows: readonly ListedRow[];
}

/** More people than this are another list: in a whole county nobody enters them at once. */
export const mostPeople = 2000;
/** Titles stand above; a header has been seen as far down as row 10. */
const deepest = 15;
/** Letters of a cell: what is longer is no name, unit or post, and is told as too long by its first ones. */
const longest = 200;

interface Header { readonly at: number; readonly meanings: readonly (Meaning | null)[]; readonly texts: readonly string[] }

/** The people in a file. Pure. Throws UnreadableListError when no row is a header, nobody stands below it, or too many. */
export function peopleIn(grid: Grid): PeopleList {
  const found = grid.sheets.map((sheet) => ({ sheet, header: headerOf(sheet) })).toSorted((one, other) => score(other.header) - score(one.header))[0];
  if (!found?.header || !needed.every((meaning) => found.header?.meanings.includes(meaning))) throw refused('noPeopleHeader');
  const { sheet, header } = found;
  const rows = sheet.rows.slice(header.at + 1).map((cells, index) => rowOf(cells, header, header.at + 2 + index)).filter((row) => columns.some((meaning) => row[meaning] !== '') && !isExample(row));
  if (rows.length === 0) throw refused('noPeople', { row: header.at + 1 });
  if (rows.length > mostPeople) throw refused('tooManyRows', { limit: mostPeople });
  return { sheet: sheet.name, headerRow: header.at + 1, ignored: [...new Set(header.texts.filter((text, index) => text !== '' && header.meanings[index] === null && !isRunning(text)))], rows };
}

/** The row of the first ones that names the most columns. */
function headerOf({ rows }: Sheet): Header | null {
  const all = rows.slice(0, deepest).map((texts, at): Header => ({ at, texts: texts.map((text) => text.replaceAll('\n', '')), meanings: firstOfEach(texts.map(meaningOf)) }));
  return all.toSorted((one, other) => score(other) - score(one))[0] ?? null;
}

function score(header: Header | null): number {
  return header?.meanings.filter((meaning) => meaning !== null).length ?? 0;
}

/** 单位 and 部门 in one list: the first is what is meant, the other is left out and named. */
function firstOfEach(meanings: readonly (Meaning | null)[]): readonly (Meaning | null)[] {
  return meanings.map((meaning, index) => (meanings.indexOf(meaning) === index ? meaning : null));
}

function rowOf(cells: readonly string[], { meanings }: Header, row: number): ListedRow {
  const text = (meaning: Meaning): string => [...(cells[meanings.indexOf(meaning)] ?? '')].slice(0, longest).join('');
  return { row, name: text('name'), unit: text('unit'), posts: text('posts'), phone: text('phone'), username: text('username'), fromOn: text('fromOn'), untilOn: text('untilOn') };
}

/** The row of the template that explains it. */
function isExample({ name }: ListedRow): boolean {
  return /^(?:示例|\(?example\b)/iu.test(name.normalize('NFKC'));
}

/** A running number says nothing and is missed by nobody. */
function isRunning(header: string): boolean {
  return /^(?:序号|编号|no\.?|#)$/iu.test(header.trim());
}
