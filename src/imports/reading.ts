import { readApart, type Reading } from '../spreadsheets/reading.js';
import type { ListRow } from './interpret.js';
import type { Look } from './look.js';
import type { Wish } from './mapping.js';

/** What the reading process is sent. */
export interface FindingsJob {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly today: string;
  /** the office that takes the list in: the same list may be another's too. */
  readonly hostId: number;
  readonly wish: Wish;
}

export type FindingsTold = { readonly kind: 'look'; readonly look: Look } | { readonly kind: 'rows'; readonly rows: readonly ListRow[] };

/** Reads a list of findings: first what it looks like, then its rows, 200 at a time. Throws UnreadableListError. */
export function readList({ bytesOf, ...job }: Omit<FindingsJob, 'bytes'> & Pick<Reading<FindingsJob>, 'bytesOf'>, limit?: number): AsyncGenerator<FindingsTold> {
  return readApart({ file: new URL('./reading-process', import.meta.url), bytesOf, jobOn: (bytes): FindingsJob => ({ ...job, bytes }), ...(limit === undefined ? {} : { limit }) });
}
