import type { Changeset } from '../../../db/changeset.js';
import type { FindingContext, Snapshot } from '../../../workflows/finding.js';
import type { House } from '../../context.js';
import { findingQueries, type Loaded } from '../queries.js';

/** What words are looked for in: numbers, title, description, requirement, and the original number unless where it came from is confidential. */
export function searchText({ number, title, requirement }: Pick<FindingContext, 'number' | 'title' | 'requirement'>, clueNumber: string | null, description: string, originals: readonly string[]): string {
  return [number, clueNumber === number ? null : clueNumber, title, description, requirement, ...originals].filter(Boolean).join('\n');
}

/** The index entry that an event makes necessary: only when what is looked for has changed. */
export async function searchOf(house: Pick<House, 'db'>, { row, snapshot: before }: Loaded, after: Snapshot): Promise<Changeset['search']> {
  const [old, next] = [before.context, after.context];
  if (old.number === next.number && old.title === next.title && old.requirement === next.requirement) return [];
  const queries = findingQueries(house.db.reader);
  const texts = await queries.texts(row.id);
  const originals = (await queries.sources(row.id)).filter(({ source }) => !source.confidential).map(({ originalNumber }) => originalNumber);
  return [{ findingId: row.id, text: searchText(next, row.clueNumber, texts?.description ?? '', originals) }];
}
