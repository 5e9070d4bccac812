/** A sheet as texts: dates are ISO dates, empty cells are "". Rows and columns count from 0. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  readonly merges: readonly Merge[];
}
export interface Merge {
  readonly startRow: number;
  readonly startCol: number;
  readonly endRow: number;
  readonly endCol: number;
}

/** What a file holds, and how its bytes were understood. */
export interface Grid {
  readonly kind: 'xlsx' | 'csv';
  readonly sheets: readonly Sheet[];
  /** of a .csv; null for a workbook. */
  readonly encoding: Encoding | null;
  readonly delimiter: string | null;
}

export const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];
export const delimiters = [',', ';', '\t', '|'] as const;

/** More rows than this are a database, not a list; it is split by its owner. */
export const mostRows = 20_000;
export const mostColumns = 200;

/** "A", "Z", "AA": how a spreadsheet calls its columns. */
export function letterOf(column: number): string {
  const rest = column % 26;
  const head = Math.floor(column / 26);
  return `${head > 0 ? letterOf(head - 1) : ''}${String.fromCharCode(65 + rest)}`;
}
