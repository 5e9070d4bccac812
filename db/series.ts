import { eq } from 'drizzle-orm';
import { insertRow, updateRow, type Statement } from './changeset.js';
import type { Reader } from './database.js';
import { seriesPrefix } from './retried.js';
import { series } from './schema/index.js';

/**
 * The next `count` values of a series, and the statement that takes them: it must be part of the same changeset as the rows that use
 * them, and misses (StaleError or ConflictError named "series …") when somebody took them first: load and try again. Gapless, never reused.
 */
export async function takeNumbers(reader: Reader, name: string, count = 1): Promise<{ readonly first: number; readonly statement: Statement }> {
  const [row] = await reader.select({ last: series.last }).from(series).where(eq(series.name, name));
  const named = `${seriesPrefix}${name}`;
  if (!row) return { first: 1, statement: insertRow(series, { name, last: count }, named) };
  return { first: row.last + 1, statement: updateRow(series, { last: row.last + count }, { name, last: row.last }, named) };
}

