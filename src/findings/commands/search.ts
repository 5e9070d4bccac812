import type { Changeset } from '../../../db/changeset.js';
import type { FindingContext, Snapshot } from '../../../workflows/finding.js';
import type { House } from '../../context.js';
import { extraOf } from '../extra.js';
import { tellsColumns } from '../origins.js';
import { findingQueries, type Loaded } from '../queries.js';

/** What words are looked for in: numbers, title, description, requirement, and what its sources say openly. */
export function searchText({ number, title, requirement }: Pick<FindingContext, 'number' | 'title' | 'requirement'>, clueNumber: string | null, description: string, told: readonly string[]): string {
  return [number, clueNumber === number ? null : clueNumber, title, description, requirement, ...told].filter(Boolean).join('\n');
}

/** Of what its sources say, what may be looked for by everybody: the numbers in open ones, and further columns of their lists where none is confidential. */
export function toldOpenly(from: readonly { readonly confidential: boolean; readonly originalNumber: string }[], extra: string | undefined): readonly string[] {
  const numbers = from.filter(({ confidential }) => !confidential).map(({ originalNumber }) => originalNumber);
  return tellsColumns(from, false) ? [...numbers, ...extraOf(extra).map(([, text]) => text)] : numbers;
}

/** The index entry that an event makes necessary: only when what is looked for has changed. */
export async function searchOf(house: Pick<House, 'db'>, { row, snapshot: before }: Loaded, after: Snapshot): Promise<Changeset['search']> {
  const [old, next] = [before.context, after.context];
  if (old.number === next.number && old.title === next.title && old.requirement === next.requirement) return [];
  const queries = findingQueries(house.db.reader);
  const texts = await queries.texts(row.id);
  const from = (await queries.sources(row.id)).map(({ source, originalNumber }) => ({ confidential: source.confidential, originalNumber }));
  return [{ findingId: row.id, text: searchText(next, row.clueNumber, texts?.description ?? '', toldOpenly(from, texts?.extra)) }];
}
