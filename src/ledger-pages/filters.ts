import { isDate } from '../../workflows/fields.js';
import type { Stage } from '../../workflows/finding.js';
import { outcomes, stages } from '../../workflows/stages.js';
import { bodyText, bodyTexts } from '../forms.js';
import type { Words } from '../words.js';
import { isColumn, type ColumnKey, usualColumns } from './column-keys.js';

/** What the ledger is narrowed to; the address of the page says the same, so it can be sent to somebody. */
export interface Filters {
  readonly stages: readonly Stage[];
  /** a state within a stage, as the figures of clues link to it. */
  readonly state: string | null;
  /** what must be done next, as an event of the workflow. */
  readonly waits: string | null;
  /** 0: those that are nobody's yet. */
  readonly unit: number | null;
  /** of that unit alone, without those below it. */
  readonly exact: boolean;
  readonly channel: string | null;
  readonly campaign: number | null;
  /** 0: those without one. */
  readonly category: number | null;
  readonly source: number | null;
  readonly type: string | null;
  readonly severity: string | null;
  /** 牵头领导, by name. */
  readonly leader: string | null;
  readonly light: string | null;
  readonly dueFrom: string | null;
  readonly dueTo: string | null;
  readonly listedFrom: string | null;
  readonly listedTo: string | null;
  readonly closedFrom: string | null;
  readonly closedTo: string | null;
  readonly adopted: boolean | null;
  /** has it ever stood in the ledger? A clue that was dismissed has not. */
  readonly listed: boolean | null;
  /** clues by what came of handing them out: handed (to anybody), none (nothing reported yet), reported, or what was reported. */
  readonly check: CheckFilter | null;
  /** clues that were handed to this unit or one below it; with `checkerExact` to itself alone. */
  readonly checker: number | null;
  readonly checkerExact: boolean;
  readonly parts: boolean;
  readonly words: string;
  /** which columns, in which order; none chosen is the usual list. Narrows nothing. */
  readonly columns: readonly ColumnKey[];
}

export const checkFilters = ['handed', 'none', 'reported', 'founded', 'partly', 'unfounded'] as const;
export type CheckFilter = (typeof checkFilters)[number];

export type Sort = 'number' | 'due';
export interface Order {
  readonly by: Sort;
  readonly descending: boolean;
}

/** Names that stand for several stages, as figures link to them. */
const groups: ReadonlyMap<string, readonly Stage[]> = new Map(Object.entries<readonly Stage[]>({
  founded: ['listed', 'assigned', 'rectifying', 'verifying', 'verified', 'closed', 'continuing', 'suspended'], completed: ['verified', 'closed'],
  open: ['listed', 'assigned', 'rectifying', 'verifying', 'continuing', 'suspended'], outcomes,
}));
export const stageGroups: readonly string[] = [...groups.keys()];

/** Reads the address. Anything that is not understood is left out and named, so that nobody takes a wider list for a narrower one. */
export function filtersFrom(query: unknown): { readonly filters: Filters; readonly order: Order; readonly ignored: readonly string[] } {
  const ignored: string[] = [];
  const one = (name: string, fits: (value: string) => boolean): string | null => {
    const value = bodyText(query, name);
    if (value === '' || fits(value)) return value || null;
    ignored.push(name);
    return null;
  };
  const id = (name: string): number | null => {
    const value = one(name, (text) => /^\d{1,12}$/u.test(text));
    return value === null ? null : Number(value);
  };
  const among = (...values: readonly string[]) => (text: string): boolean => values.includes(text);
  const wanted = bodyTexts(query, 'stage');
  const known = wanted.flatMap((name) => groups.get(name) ?? stages.filter((stage) => stage === name));
  if (wanted.length > 0 && known.length === 0) ignored.push('stage');
  const yesNo = (name: string): boolean | null => {
    const value = one(name, among('yes', 'no'));
    return value === null ? null : value === 'yes';
  };
  return {
    ignored,
    order: { by: one('sort', among('number', 'due')) === 'due' ? 'due' : 'number', descending: one('order', among('asc', 'desc')) === 'desc' },
    filters: {
      stages: [...new Set(known)], state: one('state', (text) => /^[a-zA-Z.]{3,40}$/u.test(text)), waits: one('waits', (text) => /^[A-Z_]{3,40}$/u.test(text)), unit: id('unit'), campaign: id('campaign'), category: id('category'), source: id('source'),
      channel: one('channel', (text) => /^[a-z-]{2,30}$/u.test(text)), type: one('type', among('immediate', 'staged', 'continuing')), severity: one('severity', among('ordinary', 'major')), leader: one('leader', (text) => text.length <= 60),
      light: one('light', among('red', 'yellow', 'green', 'none')), dueFrom: one('dueFrom', isDate), dueTo: one('dueTo', isDate), listedFrom: one('listedFrom', isDate), listedTo: one('listedTo', isDate), closedFrom: one('closedFrom', isDate), closedTo: one('closedTo', isDate),
      check: checkFilters.find((each) => each === one('check', among(...checkFilters))) ?? null, checker: id('checker'), checkerExact: one('checkerExact', among('yes')) === 'yes',
      adopted: yesNo('adopted'), listed: yesNo('listed'), exact: one('exact', among('yes')) === 'yes', parts: one('kind', among('parts', 'findings')) === 'parts', words: bodyText(query, 'q').slice(0, 100), columns: columnsIn(query, ignored),
    },
  };
}

/** Without them a row is nothing that one could open or name. */
const always: readonly ColumnKey[] = ['number', 'title'];

/** "number.title.stage", or boxes that were ticked with a place typed beside them. */
function columnsIn(query: unknown, ignored: string[]): readonly ColumnKey[] {
  const wanted = [...new Set(bodyTexts(query, 'columns').flatMap((text) => text.split('.')))];
  if (wanted.some((key) => !isColumn(key))) ignored.push('columns');
  const place = (key: ColumnKey): number => { const typed = bodyText(query, `place.${key}`); return /^\d{1,2}$/u.test(typed) ? Number(typed) : 100; };
  const chosen = wanted.filter(isColumn).toSorted((one, other) => place(one) - place(other));
  // The boxes of the usual list as they stand there: nothing was chosen.
  if (chosen.join() === usualColumns.join()) return [];
  return chosen.length === 0 ? [] : [...always.filter((key) => !chosen.includes(key)), ...chosen];
}

/** What of an address was not understood, in the words of the filters. */
export function namesOf(ignored: readonly string[], t: Words): string {
  return ignored.map((name) => t(`ledger.filter.${name}`)).join('、');
}

/** The notice above rows of which an address was not understood in part; null when all of it was. */
export function ignoredNotice(ignored: readonly string[], t: Words): string | null {
  return ignored.length > 0 ? t('ledger.ignored', { names: namesOf(ignored, t) }) : null;
}

/** The stages of a view as an address names them: a group of them by its one name. */
export function stageNames({ stages: wanted }: Pick<Filters, 'stages'>): readonly string[] {
  const group = stageGroups.find((name) => groups.get(name)?.length === wanted.length && groups.get(name)?.every((stage) => wanted.includes(stage)));
  return group ? [group] : wanted;
}

/** The address of a view: only what narrows it, in a fixed order, so that one view has one address. */
export function addressOf(filters: Filters, order: Order, extra: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams();
  for (const stage of stageNames(filters)) query.append('stage', stage);
  const plain = { state: filters.state, waits: filters.waits, unit: filters.unit, channel: filters.channel, campaign: filters.campaign, category: filters.category, source: filters.source, type: filters.type, severity: filters.severity, leader: filters.leader, light: filters.light, dueFrom: filters.dueFrom, dueTo: filters.dueTo, listedFrom: filters.listedFrom, listedTo: filters.listedTo, closedFrom: filters.closedFrom, closedTo: filters.closedTo, check: filters.check, checker: filters.checker };
  for (const [name, value] of Object.entries(plain)) if (value !== null) query.append(name, String(value));
  if (filters.exact) query.append('exact', 'yes');
  if (filters.checkerExact) query.append('checkerExact', 'yes');
  for (const name of ['adopted', 'listed'] as const) if (filters[name] !== null) query.append(name, filters[name] ? 'yes' : 'no');
  if (filters.parts) query.append('kind', 'parts');
  if (filters.words) query.append('q', filters.words);
  if (filters.columns.length > 0) query.append('columns', filters.columns.join('.'));
  if (order.by === 'due') query.append('sort', 'due');
  if (order.descending) query.append('order', 'desc');
  for (const [name, value] of Object.entries(extra)) query.append(name, value);
  const text = query.toString();
  return text ? `/findings?${text}` : '/findings';
}
