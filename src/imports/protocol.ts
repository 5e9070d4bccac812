import type { PeopleList } from '../people/lists/read.js';
import type { ListRow } from './interpret.js';
import type { Look } from './look.js';
import type { Wish } from './mapping.js';

/** What the reading process is sent: a list of findings, or one of people. */
export type Job = FindingsJob | PeopleJob;

export interface FindingsJob {
  readonly kind: 'findings';
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly today: string;
  /** the office that takes the list in: the same list may be another's too. */
  readonly hostId: number;
  readonly wish: Wish;
}

export interface PeopleJob {
  readonly kind: 'people';
  readonly bytes: Uint8Array;
  /** of a text; null: as it is found. */
  readonly delimiter: string | null;
}

/** What it sends, one at a time: the next is sent when it was asked for. */
export type Told =
  | { readonly kind: 'look'; readonly look: Look }
  | { readonly kind: 'rows'; readonly rows: readonly ListRow[] }
  | { readonly kind: 'people'; readonly list: PeopleList }
  | { readonly kind: 'end' }
  | { readonly kind: 'refused'; readonly params: Readonly<Record<string, string | number>> };
