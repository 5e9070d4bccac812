import { eq, sql } from 'drizzle-orm';
import { among, asList } from '../../db/among.js';
import type { Reader } from '../../db/database.js';
import { prepared } from '../../db/prepared.js';
import { categories, findings, findingSources, findingTexts, sources } from '../../db/schema/index.js';
import type { Words } from '../words.js';
import { extraOf } from './extra.js';

/** What its list said of a finding, shortened: enough to tell what is meant, and whose it is. */
export interface Told {
  readonly description: string;
  readonly category: string;
  readonly original: string;
  /** further columns of the list: 涉及地区 高台县. */
  readonly extra: string;
}

const longest = 120;

/** By the id of the finding. What came from a confidential source tells neither its number nor its columns. */
export async function toldOf(reader: Reader, ids: readonly number[], t: Words): Promise<ReadonlyMap<number, Told>> {
  if (ids.length === 0) return new Map();
  const found = await tellings(reader).all({ ids: asList(ids) });
  return new Map(found.map(({ id, number, title, description, category, original, open, extra }) => [id, {
    description: description === title ? '' : cut(description), category: category ?? '', original: original === null || original === '' || original === number ? '' : t('source.original', { number: original }), extra: open === 1 ? cut(extraOf(extra).map((column) => column.join(' ')).join('，')) : '',
  }]));
}

const tellings = prepared((reader) => {
  const open = sql<number>`not exists (select 1 from ${findingSources} s join ${sources} o on o.id = s.source_id where s.finding_id = ${findings.id} and o.confidential = 1)`;
  const original = sql<string | null>`(select min(s.original_number) from ${findingSources} s join ${sources} o on o.id = s.source_id where s.finding_id = ${findings.id} and o.confidential = 0)`;
  return reader.select({ id: findings.id, number: findings.number, title: findings.title, description: findingTexts.description, extra: findingTexts.extra, category: categories.name, original: original.as('original'), open: open.as('open') }).from(findings)
    .innerJoin(findingTexts, eq(findingTexts.findingId, findings.id)).leftJoin(categories, eq(categories.id, findings.categoryId)).where(among(findings.id, 'ids')).prepare();
});

function cut(text: string): string {
  const letters = [...text.replaceAll(/\s+/gu, ' ').trim()];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : letters.join('');
}
