import { eq } from 'drizzle-orm';
import { among, asList } from '../../db/among.js';
import type { Reader } from '../../db/database.js';
import { prepared } from '../../db/prepared.js';
import { categories, findings, findingTexts } from '../../db/schema/index.js';
import type { Words } from '../words.js';
import { extraOf } from './extra.js';
import { openColumns, originalNumbers } from './origins.js';

/** What its list said of a finding, shortened: enough to tell what is meant, and whose it is. */
export interface Told {
  readonly description: string;
  readonly category: string;
  readonly original: string;
  /** further columns of the list: 涉及地区 高台县. */
  readonly extra: string;
}

const longest = 120;

/** By the id of the finding. */
export async function toldOf(reader: Reader, ids: readonly number[], t: Words): Promise<ReadonlyMap<number, Told>> {
  if (ids.length === 0) return new Map();
  const [found, originals, columns] = [await tellings(reader).all({ ids: asList(ids) }), await originalNumbers(reader, ids), await openColumns(reader, ids)];
  return new Map(found.map(({ id, number, title, description, category }) => {
    const original = originals.get(id) ?? '';
    return [id, {
      description: description === title ? '' : cut(description), category: category ?? '', original: original === '' || original === number ? '' : t('source.original', { number: original }),
      extra: cut(extraOf(columns.get(id)).map((column) => column.join(' ')).join('，')),
    }];
  }));
}

const tellings = prepared((reader) => reader.select({ id: findings.id, number: findings.number, title: findings.title, description: findingTexts.description, category: categories.name }).from(findings)
  .innerJoin(findingTexts, eq(findingTexts.findingId, findings.id)).leftJoin(categories, eq(categories.id, findings.categoryId)).where(among(findings.id, 'ids')).prepare());

function cut(text: string): string {
  const letters = [...text.replaceAll(/\s+/gu, ' ').trim()];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : letters.join('');
}
