import { eq, sql } from 'drizzle-orm';
import { among, asList } from '../../db/among.js';
import { prepared } from '../../db/prepared.js';
import { categories, findings, findingSources, findingTexts, sources } from '../../db/schema/index.js';
import type { House } from '../context.js';
import type { Loaded } from '../findings/queries.js';
import type { Words } from '../words.js';

/** What a row's list said of it, shortened: enough to tell whose it is. */
export interface Told {
  readonly description: string;
  readonly category: string;
  readonly original: string;
  /** further columns of the list: 涉及地区 高台县. */
  readonly extra: string;
}

const longest = 120;

/** By number. What came from a confidential source tells neither its number nor its columns. */
export async function toldOf({ db }: House, loaded: ReadonlyMap<string, Loaded>, t: Words): Promise<ReadonlyMap<string, Told>> {
  if (loaded.size === 0) return new Map();
  const found = await tellings(db.reader).all({ ids: asList([...loaded.values()].map(({ row }) => row.id)) });
  const byId = new Map(found.map((each) => [each.id, each]));
  return new Map([...loaded].flatMap(([number, { row }]) => {
    const each = byId.get(row.id);
    return each ? [[number, { description: each.description === row.title ? '' : cut(each.description), category: each.category ?? '', original: each.original === null || each.original === '' || each.original === number ? '' : t('source.original', { number: each.original }), extra: each.open === 1 ? cut(extraOf(each.extra)) : '' }] as const] : [];
  }));
}

const tellings = prepared((reader) => {
  const open = sql<number>`not exists (select 1 from ${findingSources} s join ${sources} o on o.id = s.source_id where s.finding_id = ${findings.id} and o.confidential = 1)`;
  const original = sql<string | null>`(select min(s.original_number) from ${findingSources} s join ${sources} o on o.id = s.source_id where s.finding_id = ${findings.id} and o.confidential = 0)`;
  return reader.select({ id: findings.id, description: findingTexts.description, extra: findingTexts.extra, category: categories.name, original: original.as('original'), open: open.as('open') }).from(findings)
    .innerJoin(findingTexts, eq(findingTexts.findingId, findings.id)).leftJoin(categories, eq(categories.id, findings.categoryId)).where(among(findings.id, 'ids')).prepare();
});

function cut(text: string): string {
  const letters = [...text.replaceAll(/\s+/gu, ' ').trim()];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : letters.join('');
}

function extraOf(json: string): string {
  const columns: unknown = JSON.parse(json);
  return typeof columns === 'object' && columns !== null ? Object.entries(columns).filter(([, text]) => typeof text === 'string' && text !== '').map(([header, text]) => `${header} ${String(text)}`).join('，') : '';
}
