import type { ListRow } from './interpret.js';
import type { Look } from './look.js';
import type { Wish } from './mapping.js';

/** What the reading process is sent. */
export interface Job {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly today: string;
  /** the office that takes the list in: the same list may be another's too. */
  readonly hostId: number;
  readonly wish: Wish;
}
/** What it sends, one at a time: the next is sent when it was asked for. */
export type Told =
  | { readonly kind: 'look'; readonly look: Look }
  | { readonly kind: 'rows'; readonly rows: readonly ListRow[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'refused'; readonly params: Readonly<Record<string, string | number>> };
