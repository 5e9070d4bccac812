import { isNull } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { prepared } from '../../db/prepared.js';
import { campaigns, categories } from '../../db/schema/index.js';

interface Named {
  readonly id: number;
  readonly name: string;
}

/** What a finding may be filed under: campaigns and categories that are not disabled, by the order in which they were made. */
export async function filingChoices(reader: Reader): Promise<{ readonly campaigns: readonly Named[]; readonly categories: readonly Named[] }> {
  const queries = choiceQueries(reader);
  return { campaigns: await queries.campaigns.all(), categories: await queries.categories.all() };
}

/** Every category there ever was: a finding keeps one that was disabled since. */
export async function categoryNames(reader: Reader): Promise<readonly Named[]> {
  return choiceQueries(reader).all.all();
}

const choiceQueries = prepared((reader) => ({
  campaigns: reader.select({ id: campaigns.id, name: campaigns.name }).from(campaigns).where(isNull(campaigns.disabledOn)).limit(100).prepare(),
  categories: reader.select({ id: categories.id, name: categories.name }).from(categories).where(isNull(categories.disabledOn)).limit(300).prepare(),
  all: reader.select({ id: categories.id, name: categories.name }).from(categories).prepare(),
}));
