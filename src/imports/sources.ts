import { insertRow, type Statement } from '../../db/changeset.js';
import { sources } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { House } from '../context.js';
import type { Filing } from './findings.js';
import type { ListRow } from './interpret.js';
import type { ListSource } from './mapping.js';
import { sourcesLike } from './queries.js';

/** The sources of a list's rows: those that are known, and statements that make the others. A column of channels or dates splits a list into several. */
export async function sourcesFor(house: House, list: ListSource, rows: readonly ListRow[]): Promise<{ readonly sourceOf: Filing['sourceOf']; readonly statements: readonly Statement[] }> {
  const wanted = new Map(rows.map((row) => [keyOf(sourceOfRow(list, row)), sourceOfRow(list, row)]));
  const known = new Map((await sourcesLike(house.db.reader, list.issuer)).map((row) => [keyOf({ ...row, documentNumber: row.documentNumber ?? '' }), row.id]));
  const missing = [...wanted].filter(([key]) => !known.has(key));
  const taken = missing.length > 0 ? await takeNumbers(house.db.reader, 'sources', missing.length) : null;
  const ids = new Map([...known, ...missing.map(([key], index) => [key, (taken?.first ?? 0) + index] as const)]);
  return {
    sourceOf: (row) => {
      const source = sourceOfRow(list, row);
      return { id: ids.get(keyOf(source)) ?? 0, channel: source.channel };
    },
    statements: [...(taken ? [taken.statement] : []), ...missing.map(([key, source]) => insertRow(sources, { id: ids.get(key) ?? 0, ...source, documentNumber: source.documentNumber || null }))],
  };
}

function sourceOfRow(list: ListSource, row: ListRow): ListSource {
  return { channel: row.channel ?? list.channel, issuer: list.issuer, documentNumber: list.documentNumber, documentDate: row.sourceDate ?? list.documentDate, confidential: list.confidential };
}

function keyOf({ channel, issuer, documentNumber, documentDate, confidential }: ListSource): string {
  return `${channel}\n${issuer}\n${documentNumber}\n${documentDate ?? ''}\n${String(confidential)}`;
}
