import { parse } from 'csv-parse/sync';
import { InvalidError } from '../errors.js';

/** A line of a list of divisions: its code and that of the division above. */
export interface Division {
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly parent: string;
}

/** Rows of a list of divisions (code, name, level, parent). Throws InvalidError when its header is another, or names the row that is wrong. */
export function divisionsIn(text: string): readonly Division[] {
  const rows = readRows(text);
  const wrong = rows.findIndex((row) => !/^\d{6,12}$/u.test(row['code'] ?? '') || (row['name'] ?? '') === '' || [...(row['name'] ?? '')].length > 100);
  if (rows.length === 0 || wrong >= 0) throw new InvalidError([{ rule: 'organisation.list', kind: 'input', params: { row: wrong + 2 }, field: 'files' }]);
  return rows.map((row) => ({ code: row['code'] ?? '', name: row['name'] ?? '', level: row['level'] ?? '', parent: row['parent'] ?? '' }));
}

function readRows(text: string): readonly Readonly<Record<string, string>>[] {
  try {
    const rows: Readonly<Record<string, string>>[] = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true });
    return rows;
  } catch {
    return [];
  }
}
