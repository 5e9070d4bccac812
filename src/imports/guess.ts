import { orderOf } from '../spreadsheets/dates.js';
import type { Header } from './header.js';
import type { Mapping, Pairs, Wish } from './mapping.js';
import { joined, meaningOf, type Meaning } from './meanings.js';
import { channelOf, rectificationTypeOf, severityOf, speakOfLevels, statusOf } from './values.js';

/** A column of a list: what its header says and what stands below it. */
export interface Column {
  readonly header: string;
  readonly values: readonly string[];
}

/** How many different values a column may have for each of them to be given a meaning on the page. */
export const mostValues = 40;

/** What the columns most likely mean, each meaning once (but for those that are joined), by their headers and by what stands below them. */
export function guessColumns(columns: readonly Column[]): readonly Meaning[] {
  const found = columns.map((column) => meaningOf(column.header));
  const best = new Map<Meaning, number>();
  for (const [index, each] of found.entries()) {
    const held = each ? best.get(each.meaning) : undefined;
    if (each && (held === undefined || each.rank < (found[held]?.rank ?? Infinity))) best.set(each.meaning, index);
  }
  const byHeader = found.map((each, index): Meaning => (each && (joined.includes(each.meaning) || best.get(each.meaning) === index) ? each.meaning : 'extra'));
  return settled(shortProblem(columns, byHeader.map((meaning, index) => byValues(meaning, columns[index]))));
}

/** 问题 beside 问题描述 is its title. */
function shortProblem(columns: readonly Column[], found: readonly Meaning[]): readonly Meaning[] {
  const several = found.filter((meaning) => meaning === 'description').length > 1 && !found.includes('title');
  return found.map((meaning, index) => (several && meaning === 'description' && columns[index]?.header.trim() === '问题' ? 'title' : meaning));
}

/** A header says one thing and the cells another: 隐患类别 with 一般/重大 below it, 整改情况 with whole sentences, 编号 of this ledger. */
function byValues(meaning: Meaning, column: Column | undefined): Meaning {
  const values = column?.values.filter((value) => value !== '') ?? [];
  if (meaning === 'category' && speakOfLevels(values)) return 'severity';
  if (meaning === 'extra' && /^类型$|^type$/iu.test(column?.header.trim() ?? '') && values.length > 0 && values.every((value) => rectificationTypeOf(value) !== null)) return 'type';
  if (meaning === 'status' && isProse(values)) return 'progress';
  // "other_findings" with Y and N below it describes nothing.
  if (meaning === 'description' && values.length > 0 && values.every((value) => /^(?:[yn]|yes|no|true|false|\d+|n\/a|是|否)$/iu.test(value))) return 'extra';
  if (meaning === 'originalNumber' && values.length > 0 && values.every((value) => ledgerNumber.test(value))) return 'ledgerNumber';
  return meaning;
}

/** Numbers of a ledger like this one: its own exports carry them. */
export const ledgerNumber = /^(?:ZG|XS)-\d{4}-\d{4,}(?:-\d{2,})?$/u;

function isProse(values: readonly string[]): boolean {
  const different = new Set(values).size;
  const letters = values.reduce((sum, value) => sum + value.length, 0);
  return different > 20 || (different * 2 > values.length + 4 && letters > values.length * 8);
}

/** What the columns mean together. */
function settled(columns: readonly Meaning[]): readonly Meaning[] {
  const has = (meaning: Meaning): boolean => columns.includes(meaning);
  const swap = (from: Meaning, to: Meaning): readonly Meaning[] => settled(columns.map((meaning) => (meaning === from ? to : meaning)));
  // A result of a review is what tells closed from open where no column of states stands.
  if (!has('status') && has('reviewResult')) return swap('reviewResult', 'status');
  // A title alone is the problem itself.
  if (!has('description') && has('title')) return swap('title', 'description');
  return columns.map((meaning, index) => (joined.includes(meaning) || columns.indexOf(meaning) === index ? meaning : 'extra'));
}

/** Fills every gap of a wish from the file. What was chosen for a value that still stands in the list is kept. */
export function completed(wish: Wish, header: Header, columns: readonly Column[], { sheet, year, meanings, about }: { readonly sheet: string; readonly year: number; readonly meanings: readonly Meaning[]; readonly about: readonly string[] }): Mapping {
  const valuesOf = (meaning: Meaning): readonly string[] => distinctValues(columns.filter((_, index) => meanings[index] === meaning).flatMap((column) => column.values));
  const dates = columns.filter((_, index) => dated.includes(meanings[index] ?? 'extra')).flatMap((column) => column.values);
  return {
    ...wish, clues: wish.clues ?? speaksOfClues([sheet, ...about, ...columns.filter((_, index) => meanings[index] === 'description' || meanings[index] === 'title').map((column) => column.header)]), sheet, headerRow: header.row + 1, year: wish.year ?? year, order: wish.order ?? orderOf(dates).order, columns: meanings,
    statuses: chosen(wish.statuses, valuesOf('status'), statusOf), severities: chosen(wish.severities, valuesOf('severity'), severityOf),
    types: chosen(wish.types, valuesOf('type'), (value) => rectificationTypeOf(value) ?? 'none'), channels: chosen(wish.channels, valuesOf('channel'), channelOf),
  };
}

/** 疑似问题清单 in the name of the file, above the header or over the problems: what stands below is to be checked first. */
function speaksOfClues(texts: readonly string[]): boolean {
  return texts.some((text) => /疑似|线索|\bsuspected\b/iu.test(text));
}

export const dated: readonly Meaning[] = ['deadline', 'foundOn', 'sourceDate', 'completedOn', 'reviewedOn'];

/** The most frequent values first; a column with more than can be shown keeps the guess for the rest. */
function distinctValues(values: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([one, often], [other, oftener]) => oftener - often || (one < other ? -1 : 1)).slice(0, mostValues).map(([value]) => value);
}

function chosen<T>(wished: Pairs<T>, values: readonly string[], guess: (value: string) => T): Pairs<T> {
  const known = new Map(wished);
  return values.map((value) => [value, known.get(value) ?? guess(value)] as const);
}
