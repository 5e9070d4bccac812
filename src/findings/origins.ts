import { and, asc, eq, sql } from 'drizzle-orm';
import { among, asList } from '../../db/among.js';
import type { Reader } from '../../db/database.js';
import { prepared } from '../../db/prepared.js';
import { findingSources, findingTexts, sources } from '../../db/schema/index.js';
import type { Words } from '../words.js';

/**
 * What a source tells whom (docs/decisions/0009): a confidential one tells the office that listed what came from it everything, and anybody else only that a superior handed it
 * down: neither its number nor whatever its list said beside.
 */
export type Source = typeof sources.$inferSelect;

/** Where something came from, in one line. `knows`: the reader works in the office that listed it. */
export function originOf(source: Source, originalNumber: string, knows: boolean, t: Words): string {
  if (source.confidential && !knows) return t('source.superior');
  return [t(`channel.${source.channel}`), source.issuer, source.documentNumber, source.documentDate, originalNumber && t('source.original', { number: originalNumber })].filter(Boolean).join(' · ');
}

/** May what the list said beside be told of something that came from these? */
export function tellsColumns(from: readonly Pick<Source, 'confidential'>[], knows: boolean): boolean {
  return knows || from.every(({ confidential }) => !confidential);
}

/** The numbers by which open sources know each finding, joined; for pages that everybody reads alike. */
export async function originalNumbers(reader: Reader, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  return joined(await originals(reader).all({ ids: asList(ids) }));
}

/** Several numbers of one finding as one text, in order. */
export function joined(rows: readonly { readonly id: number; readonly number: string }[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { id, number } of rows) if (number !== '') found.set(id, [found.get(id), number].filter(Boolean).join('、'));
  return found;
}

const originals = prepared((reader) => reader.select({ id: findingSources.findingId, number: findingSources.originalNumber }).from(findingSources).innerJoin(sources, eq(sources.id, findingSources.sourceId))
  .where(and(among(findingSources.findingId, 'ids'), eq(sources.confidential, false))).orderBy(asc(findingSources.findingId), asc(findingSources.sourceId)).prepare());

/** The further columns of their lists as JSON, by id; of those that came from open sources alone. */
export async function openColumns(reader: Reader, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  return new Map((await columns(reader).all({ ids: asList(ids) })).map(({ id, extra }) => [id, extra]));
}

const columns = prepared((reader) => reader.select({ id: findingTexts.findingId, extra: findingTexts.extra }).from(findingTexts)
  .where(and(among(findingTexts.findingId, 'ids'), sql`not exists (select 1 from ${findingSources} s join ${sources} o on o.id = s.source_id where s.finding_id = ${findingTexts.findingId} and o.confidential = 1)`)).prepare());
