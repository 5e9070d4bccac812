import { eq } from 'drizzle-orm';
import { insertRow, type Statement } from '../../db/changeset.js';
import { sources, type Channel } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { House } from '../context.js';
import type { NewFinding } from './commands/list.js';

/** Where findings come from: a list, an audit, a hotline; by whom, under which document. */
export interface FindingSource {
  readonly channel: Channel;
  readonly issuer: string;
  /** "" when there is none. */
  readonly documentNumber: string;
  readonly documentDate: string | null;
  /** only the host office may see where it comes from. */
  readonly confidential: boolean;
}

/** What a finding is filed under of its source. */
export type SourceFiling = Pick<Required<NewFinding>, 'sourceId' | 'channel' | 'confidential'>;

export interface Sources {
  of(source: FindingSource): SourceFiling;
  /** make those that were not there yet. */
  readonly statements: readonly Statement[];
}

/** The sources of one issuer that are known, and statements that make the others: the same paper twice is one source. */
export async function sourcesFor(house: Pick<House, 'db'>, issuer: string, wanted: readonly FindingSource[]): Promise<Sources> {
  const rows = await house.db.reader.select().from(sources).where(eq(sources.issuer, issuer)).limit(5000);
  const known = new Map(rows.map((row) => [keyOf({ ...row, documentNumber: row.documentNumber ?? '' }), row.id]));
  const missing = [...new Map(wanted.map((source) => [keyOf(source), source]))].filter(([key]) => !known.has(key));
  const taken = missing.length > 0 ? await takeNumbers(house.db.reader, 'sources', missing.length) : null;
  const ids = new Map([...known, ...missing.map(([key], index) => [key, (taken?.first ?? 0) + index] as const)]);
  return {
    of: (source) => ({ sourceId: ids.get(keyOf(source)) ?? 0, channel: source.channel, confidential: source.confidential }),
    statements: [...(taken ? [taken.statement] : []), ...missing.map(([key, source]) => insertRow(sources, { id: ids.get(key) ?? 0, ...source, documentNumber: source.documentNumber || null }))],
  };
}

function keyOf({ channel, issuer, documentNumber, documentDate, confidential }: FindingSource): string {
  return JSON.stringify([channel, issuer, documentNumber, documentDate, confidential]);
}
