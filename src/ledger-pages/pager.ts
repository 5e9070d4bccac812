import type { Pages } from '../../views/pages.js';
import type { Words } from '../words.js';
import { addressOf, type Filters, type Order } from './filters.js';
import type { Cursor, ListRow } from './queries.js';

const sizes = [20, 50, 100];
const usualSize = 50;

/** How many rows a page has: one of those that are offered. */
export function sizeFrom(query: Readonly<Record<string, unknown>>): number {
  return sizes.find((each) => String(each) === query['size']) ?? usualSize;
}

/** "2020-06-30~ZG-2020-0007": the row that a page begins after (or ends before); `last=yes` is the page before the end. */
export function cursorFrom(query: Readonly<Record<string, unknown>>): Cursor | null {
  if (query['last'] === 'yes') return { row: null, backwards: true };
  const text = [query['after'], query['before']].find((value): value is string => typeof value === 'string' && value.includes('~') && value.length < 80);
  if (text === undefined) return null;
  const at = text.indexOf('~');
  return { row: { value: text.slice(0, at), number: text.slice(at + 1) }, backwards: typeof query['before'] === 'string' };
}

interface Paged {
  readonly rows: readonly ListRow[];
  readonly more: boolean;
  readonly cursor: Cursor | null;
  readonly size: number;
  readonly total: number;
  /** the place of the first row, as the address carries it from page to page. */
  readonly from: number;
}

/** The ways from a page to the others, and to pages of another size. */
export function pagerOf({ rows, more, cursor, size, total, from }: Paged, filters: Filters, order: Order, t: Words): Pages['findings/list']['pager'] {
  const key = (row: ListRow | undefined): string => (row ? `${order.by === 'due' ? row.dueOn ?? '9999-12-31' : row.number}~${row.number}` : '');
  const sized: Readonly<Record<string, string>> = size === usualSize ? {} : { size: String(size) };
  const hasPrevious = cursor !== null && (cursor.backwards ? more : true) && rows.length > 0;
  const isLast = cursor?.backwards ? cursor.row === null : !more;
  const address = (extra: Readonly<Record<string, string>>): string => addressOf(filters, order, { ...sized, ...extra });
  return {
    summary: rows.length === 0 ? '' : t('ledger.shown', { from, to: from + rows.length - 1, total }),
    first: hasPrevious ? address({}) : null, previous: hasPrevious ? address({ before: key(rows[0]), from: String(Math.max(1, from - size)) }) : null,
    next: isLast || rows.length === 0 ? null : address({ after: key(rows.at(-1)), from: String(from + rows.length) }), last: isLast ? null : address({ last: 'yes' }),
    sizes: total <= Math.min(...sizes) ? [] : sizes.map((each) => ({ label: t('list.perPage', { count: each }), href: addressOf(filters, order, each === usualSize ? {} : { size: String(each) }), current: each === size })),
  };
}

/** Where the page begins, for people to read: the rows themselves are found by the key. */
export function fromOf(query: Readonly<Record<string, unknown>>, cursor: Cursor | null, total: number, shown: number): number {
  if (cursor === null) return 1;
  if (cursor.row === null) return Math.max(1, total - shown + 1);
  const text = query['from'];
  return typeof text === 'string' && /^[1-9]\d{0,7}$/u.test(text) ? Math.min(Number(text), Math.max(1, total)) : 1;
}
