import { isDate } from '../../workflows/fields.js';
import { plusDays } from '../../workflows/calendar.js';
import type { RectificationType } from '../../workflows/finding.js';

export type DateOrder = 'dmy' | 'mdy';
/** What people write into a date cell, understood. All null: the cell says that there is none. */
export interface DateReading {
  readonly date: string | null;
  readonly type: RectificationType | null;
  /** what was assumed: the latest of several, or the list's year. */
  readonly remark: 'several' | 'year' | null;
}

/**
 * Reads a cell with a date: "2020-6-30", "2020.6.30", "2020年6月30日", "6月底前" (the last day of June of the list's year), "06/30/2020",
 * "June 30, 2023", several of them (the latest counts), 立行立改, 长期坚持. Answers null for what it does not understand.
 */
export function readDate(cell: string, { year, order }: { readonly year: number; readonly order: DateOrder }): DateReading | null {
  const text = cell.normalize('NFKC').trim();
  if (text === '' || nothing.test(text)) return { date: null, type: null, remark: null };
  const found = datesIn(text, year, order);
  if (found === null) return null;
  const type = typeIn(text);
  const date = found.dates.toSorted().at(-1) ?? null;
  if (date === null) return type ? { date: null, type, remark: null } : null;
  return { date, type, remark: new Set(found.dates).size > 1 ? 'several' : found.yearless ? 'year' : null };
}

/** The rectification type that words name: 立行立改, 长期坚持, 分阶段. */
export function typeIn(text: string): RectificationType | null {
  if (/立行立改|立即|即知即改|边[查督]边改|当场|马上|immediate/iu.test(text)) return 'immediate';
  if (/长期|持续|常态|continu|ongoing/iu.test(text)) return 'continuing';
  return /分阶段|阶段性|限[期时]|staged/iu.test(text) ? 'staged' : null;
}

/** Days first or months first, as a whole column shows: a first number over 12 can only be a day. */
export function orderOf(cells: readonly string[]): { readonly order: DateOrder; readonly sure: boolean } {
  const pairs = cells.flatMap((cell) => [...cell.matchAll(/(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}(?!\d)/gu)].map((match) => [Number(match[1]), Number(match[2])] as const));
  const days = pairs.some(([first]) => first > 12);
  return { order: days ? 'dmy' : 'mdy', sure: pairs.length === 0 || days || pairs.some(([, second]) => second > 12) };
}

/** The year a list speaks of: in its name or the rows above its header, else that of today. */
export function yearIn(texts: readonly string[], today: string): number {
  const years = texts.flatMap((text) => [...text.matchAll(/(?<!\d)(20\d\d|19[89]\d)(?=年|[-./_]|\D|$)/gu)].map((match) => Number(match[1])));
  return years[0] ?? Number(today.slice(0, 4));
}

const nothing = /^(?:n\/?a|none|nil|无|暂无|没有|未定|待定|不适用|tbd|[-—–/\\.\s]+)$/iu;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthName = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const end = '(底|末|上旬|中旬|下旬|初)?';

type Reader = readonly [pattern: RegExp, date: (parts: readonly string[], year: number, order: DateOrder) => string | null, yearless?: true];

/** Tried in this order; what one has read the next does not see. */
const readers: readonly Reader[] = [
  [/(?<!\d)(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)\s*[日号]?/gu, ([y, m, d]) => day(y, m, d)],
  [/(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)/gu, ([y, m, d]) => day(y, m, d)],
  [/(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/gu, ([one, other, y], _year, order) => (order === 'dmy' ? day(y, other, one) : day(y, one, other))],
  [new RegExp(`${monthName}\\s*(\\d{1,2})(?:st|nd|rd|th)?\\s*,?\\s*(\\d{4})`, 'giu'), ([m, d, y]) => day(y, monthNumber(m), d)],
  [new RegExp(`(\\d{1,2})(?:st|nd|rd|th)?\\s+${monthName}\\s*,?\\s*(\\d{4})`, 'giu'), ([d, m, y]) => day(y, monthNumber(m), d)],
  [new RegExp(`${monthName}\\s*,?\\s*(\\d{4})`, 'giu'), ([m, y]) => within(y, monthNumber(m), undefined)],
  [new RegExp(`(?<!\\d)(\\d{4})\\s*年\\s*(\\d{1,2})\\s*月\\s*(?:份)?${end}`, 'gu'), ([y, m, part]) => within(y, m, part)],
  [/(?<!\d)(20\d{2})[-./](\d{1,2})(?![\d./-])/gu, ([y, m]) => within(y, m, undefined)],
  [/(?<!\d)(\d{4})\s*年\s*(底|末|上半年|下半年|(?:第?[一二三四1-4]季度))/gu, ([y, part]) => partOfYear(y, part)],
  [/(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]/gu, ([m, d], year) => day(String(year), m, d), true],
  [new RegExp(`(?<!\\d)(\\d{1,2})\\s*月\\s*(?:份)?${end}`, 'gu'), ([m, part], year) => within(String(year), m, part), true],
  [/(年底|年末|上半年|下半年|第?[一二三四1-4]季度)/gu, ([part], year) => partOfYear(String(year), part), true],
];

/** Every date in a text; null when one of them does not exist (2020年2月30日). */
function datesIn(text: string, year: number, order: DateOrder): { readonly dates: readonly string[]; readonly yearless: boolean } | null {
  const dates: string[] = [];
  let rest = text.replaceAll(/(?<=\d[日号T\s])\s*\d{1,2}:\d{2}(?::\d{2})?/gu, ' ');
  let yearless = false;
  for (const [pattern, reading, assumes] of readers) {
    for (const match of rest.matchAll(pattern)) {
      const date = reading(match.slice(1), year, order);
      if (date === null) return null;
      dates.push(date);
      yearless ||= assumes === true;
    }
    rest = rest.replaceAll(pattern, ' ');
  }
  if (dates.length === 0 && /^\d{5}$/u.test(rest.trim())) return { dates: [serial(Number(rest))], yearless: false };
  return { dates, yearless };
}

function day(year = '', month = '', date = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDate(text) ? text : null;
}

function within(year = '', month = '', part: string | undefined): string | null {
  if (part === '上旬' || part === '初') return day(year, month, '10');
  return part === '中旬' ? day(year, month, '20') : lastDay(year, month);
}

function lastDay(year: string, month: string): string | null {
  return day(year, month, '31') ?? day(year, month, '30') ?? day(year, month, '29') ?? day(year, month, '28');
}

function partOfYear(year = '', part = ''): string | null {
  if (part === '上半年') return `${year}-06-30`;
  const quarter = ['一', '二', '三', '四'].findIndex((numeral, index) => part.includes(`${numeral}季度`) || part.includes(`${index + 1}季度`));
  return quarter >= 0 ? lastDay(year, String(quarter * 3 + 3)) : `${year}-12-31`;
}

function monthNumber(name = ''): string {
  return String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

/** A date whose cell lost its format: days since 30 December 1899. */
function serial(days: number): string {
  return plusDays('1899-12-30', days);
}
