import type { House } from '../context.js';
import { sourcesFor as known, type FindingSource, type Sources } from '../findings/sources.js';
import type { Filing } from './findings.js';
import type { ListRow } from './interpret.js';

/** The sources of a list's rows. A column of channels or dates splits a list into several. */
export async function sourcesFor(house: House, list: FindingSource, rows: readonly ListRow[]): Promise<{ readonly sourceOf: Filing['sourceOf']; readonly statements: Sources['statements'] }> {
  const made = await known(house, list.issuer, rows.map((row) => sourceOfRow(list, row)));
  return { sourceOf: (row) => made.of(sourceOfRow(list, row)), statements: made.statements };
}

function sourceOfRow(list: FindingSource, row: ListRow): FindingSource {
  return { ...list, channel: row.channel ?? list.channel, documentDate: row.sourceDate ?? list.documentDate };
}
