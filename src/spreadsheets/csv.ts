import { CsvError, parse } from 'csv-parse/sync';
import { cleaned } from '../forms.js';
import { refused } from './refused.js';
import { delimiters, mostColumns, mostRows, type Encoding, type Grid } from './grid.js';
import { textOf } from './text.js';

/** A .csv as one sheet: encoding and separator as told, or as found. Quotes that are not closed where they should be are taken as they are. */
export function readCsv(bytes: Buffer, told: { readonly encoding: Encoding | null; readonly delimiter: string | null }): Grid {
  const { text, encoding } = textOf(bytes, told.encoding);
  const delimiter = told.delimiter ?? delimiterOf(text);
  const rows = records(text, delimiter).map((row) => row.map(plain));
  return { kind: 'csv', encoding, delimiter, sheets: [{ name: '', rows, merges: [] }] };
}

function records(text: string, delimiter: string): readonly (readonly string[])[] {
  try {
    const rows: string[][] = parse(text, { delimiter, bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: false, max_record_size: 2_000_000, to: mostRows * 6 });
    if (rows.some((row) => row.length > mostColumns)) throw refused('tooManyColumns', { limit: mostColumns });
    return rows;
  } catch (error) {
    if (error instanceof CsvError) throw refused('broken');
    throw error;
  }
}

/** Exports put an apostrophe before text that would run as a formula; it belongs to the file and not to the text. */
function plain(cell: string): string {
  return cleaned(/^'[=+\-@\t\r]/u.test(cell) ? cell.slice(1) : cell);
}

/** The separator that cuts the first lines most often and most evenly. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, 50_000);
  const scored = delimiters.map((delimiter) => ({ delimiter, score: evenness(sample, delimiter) }));
  const [best] = scored.toSorted((one, other) => other.score - one.score);
  return best && best.score > 0 ? best.delimiter : ',';
}

function evenness(sample: string, delimiter: string): number {
  const widths = linesOf(sample).slice(0, 50).map((line) => line.split(delimiter).length);
  const counts = new Map<number, number>();
  for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [usual] = [...counts].toSorted(([one, often], [other, oftener]) => oftener * other - often * one);
  return usual ? (usual[1] / widths.length) * Math.min(usual[0], 30) : 0;
}

/** Lines outside quotes, with what is inside the quotes left out. */
function linesOf(sample: string): readonly string[] {
  return sample.replaceAll(/"(?:[^"]|"")*"/gu, '').split(/\r\n|\n|\r/u).filter((line) => line.trim() !== '');
}
