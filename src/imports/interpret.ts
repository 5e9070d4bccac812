import { createHash } from 'node:crypto';
import { plusDays } from '../../workflows/calendar.js';
import type { Channel } from '../../db/schema/organisation.js';
import type { RectificationType, Severity } from '../../workflows/finding.js';
import type { BodyRow } from './body.js';
import { readDate, type DateReading } from '../spreadsheets/dates.js';
import { ledgerNumber } from './guess.js';
import type { Mapping } from './mapping.js';
import type { Meaning } from './meanings.js';
import { letterOf } from '../spreadsheets/grid.js';
import { channelOf, rectificationTypeOf, severityOf, statusOf, type Status } from './values.js';

/** What is wrong with a cell; locale key `import.fault.<code>`. */
export interface CellFault {
  readonly code: 'noProblem' | 'notADate' | 'noSuchDay' | 'noDayToCountFrom' | 'tooLong';
  readonly row: number;
  readonly letter: string;
  readonly header: string;
  readonly text: string;
}
/** What was assumed; locale key `import.remark.<code>`. */
export interface Remark {
  readonly code: 'several' | 'year' | 'days' | 'shortened' | 'twice';
  readonly header: string;
  readonly text: string;
}

/** A row as it will become, before its units are known. */
export interface ListRow {
  /** as spreadsheets count. */
  readonly row: number;
  readonly ledgerNumber: string | null;
  readonly originalNumber: string;
  readonly title: string;
  readonly description: string;
  readonly requirement: string;
  readonly closureStandard: string;
  readonly progress: string;
  readonly leadUnit: string;
  readonly responsibleUnits: string;
  readonly supportingUnits: string;
  /** the header under which the unit stands that leads. */
  readonly unitHeader: string;
  readonly responsible: string;
  readonly leadLeader: string;
  readonly supervisor: string;
  readonly deadline: string | null;
  readonly type: RectificationType | null;
  readonly severity: Severity;
  readonly category: string;
  readonly subcategory: string;
  readonly channel: Channel | null;
  readonly sourceDate: string | null;
  readonly foundOn: string | null;
  readonly doneOn: string | null;
  readonly status: Status;
  /** [header, text] of what stands nowhere else: nothing of the original is lost. */
  readonly extra: readonly (readonly [string, string])[];
  readonly faults: readonly CellFault[];
  readonly remarks: readonly Remark[];
  readonly fingerprint: string;
}

const longest = { title: 200, description: 20_000 } as const;

/** Reads the rows of a list for an office, one after the other: pure but for counting rows that are the same. */
export function interpreter(mapping: Mapping, headers: readonly string[], hostId: number): (row: BodyRow) => ListRow {
  const at = columnsOf(mapping.columns);
  const maps = { statuses: new Map(mapping.statuses), severities: new Map(mapping.severities), types: new Map(mapping.types), channels: new Map(mapping.channels) };
  const seen = new Map<string, number>();
  return ({ row, cells }) => {
    const cell = (meaning: Meaning): string => cells[at.get(meaning)?.[0] ?? -1] ?? '';
    const all = (meaning: Meaning): string => [...new Set((at.get(meaning) ?? []).map((column) => cells[column] ?? '').filter((text) => text !== ''))].join('\n');
    const reading = new Reading(row, headers, at, mapping);
    const found = reading.date('foundOn', cell('foundOn'), null).date;
    const due = reading.date('deadline', cell('deadline'), found ?? mapping.source.documentDate);
    const description = all('description') || cell('title');
    const title = reading.title(cell('title'), description);
    reading.length('description', description, longest.description);
    const fingerprint = fingerprintOf([String(hostId), mapping.source.issuer, mapping.source.documentNumber, mapping.source.documentDate ?? '', realNumber(cell('originalNumber')), title, description, cell('leadUnit'), cell('responsibleUnits'), cell('foundOn')], seen);
    if (/-\d+$/u.test(fingerprint)) reading.twice();
    const type = maps.types.get(cell('type')) ?? rectificationTypeOf(cell('type'));
    const status = cell('status') === '' ? 'listed' : maps.statuses.get(cell('status')) ?? statusOf(cell('status'));
    return {
      row: row + 1, ledgerNumber: ledgerNumber.test(cell('ledgerNumber')) ? cell('ledgerNumber') : null, originalNumber: (cell('originalNumber') || cell('ledgerNumber')).slice(0, 100),
      title, description, requirement: reading.requirement(all('requirement'), all('measures'), longest.description), closureStandard: reading.length('closureStandard', cell('closureStandard'), longest.description),
      progress: all('progress'), leadUnit: cell('leadUnit'), responsibleUnits: cell('responsibleUnits'), supportingUnits: cell('supportingUnits'), unitHeader: headers[at.get(cell('leadUnit') === '' ? 'responsibleUnits' : 'leadUnit')?.[0] ?? -1] ?? '',
      responsible: cell('responsible').replaceAll('\n', '、').slice(0, 100), leadLeader: cell('leadLeader').slice(0, 100), supervisor: cell('supervisor').slice(0, 100),
      deadline: due.date, type: type === 'none' ? due.type : type ?? due.type, severity: maps.severities.get(cell('severity')) ?? severityOf(cell('severity')),
      category: cell('category'), subcategory: cell('subcategory'), channel: cell('channel') === '' ? null : maps.channels.get(cell('channel')) ?? channelOf(cell('channel')),
      sourceDate: reading.date('sourceDate', cell('sourceDate'), null).date, foundOn: found, doneOn: reading.date('reviewedOn', cell('reviewedOn'), null).date ?? reading.date('completedOn', cell('completedOn'), null).date,
      status: status === 'listed' && mapping.clues ? 'suspected' : status,
      extra: extraOf(cells, headers, mapping.columns, due), faults: reading.faults, remarks: reading.remarks, fingerprint,
    };
  };
}

function columnsOf(columns: readonly Meaning[]): ReadonlyMap<Meaning, readonly number[]> {
  const at = new Map<Meaning, number[]>();
  for (const [index, meaning] of columns.entries()) at.set(meaning, [...(at.get(meaning) ?? []), index]);
  return at;
}

/** Reads the cells of one row and gathers what is wrong with them and what was assumed. */
class Reading {
  readonly faults: CellFault[] = [];
  readonly remarks: Remark[] = [];

  constructor(private readonly row: number, private readonly headers: readonly string[], private readonly at: ReadonlyMap<Meaning, readonly number[]>, private readonly mapping: Mapping) {}

  date(meaning: Meaning, text: string, from: string | null): DateReading {
    const days = meaning === 'deadline' ? /^(\d{1,4})\s*(?:个?自然)?[日天]?(?:内|之内)?$/u.exec(text.normalize('NFKC').trim()) : null;
    if (days) return this.counted(meaning, text, Number(days[1]), from);
    const reading = readDate(text, this.mapping);
    if (!reading) this.fault(isWrittenAsDate.test(text.normalize('NFKC').trim()) ? 'noSuchDay' : 'notADate', meaning, text);
    if (reading?.remark) this.remark(reading.remark, meaning, `${text} → ${reading.date ?? ''}`);
    return reading ?? none;
  }

  /** 整改期限(天数): so many days after the day of the inspection, or of the list. */
  private counted(meaning: Meaning, text: string, days: number, from: string | null): DateReading {
    if (from === null) {
      this.fault('noDayToCountFrom', meaning, text);
      return none;
    }
    const date = plusDays(from, days);
    this.remark('days', meaning, `${text} → ${date}`);
    return { ...none, date };
  }

  title(title: string, description: string): string {
    // Where no column is the problem, the list says so once and not in every row.
    if (description === '' && (this.at.has('description') || this.at.has('title'))) this.fault('noProblem', this.at.has('description') ? 'description' : 'title', '');
    if (title !== '' && [...title].length <= longest.title) return title.replaceAll(/\s*\n\s*/gu, ' ');
    if (title !== '') this.remark('shortened', 'title', title.slice(0, 60));
    return shortened(title || description);
  }

  length(meaning: Meaning, text: string, most: number): string {
    if (text.length > most && [...text].length > most) this.fault('tooLong', meaning, `${text.slice(0, 40)}…`);
    return text;
  }

  /** A plain list says only what is to be done: that is what is asked. */
  requirement(text: string, measures: string, most: number): string {
    return this.length(text === '' ? 'measures' : 'requirement', text || measures, most);
  }

  /** The same row stood in the list before. */
  twice(): void {
    this.remark('twice', this.at.has('title') ? 'title' : 'description', '');
  }

  private fault(code: CellFault['code'], meaning: Meaning, text: string): void {
    const column = this.at.get(meaning)?.[0] ?? 0;
    this.faults.push({ code, row: this.row + 1, letter: letterOf(column), header: this.headers[column] ?? '', text: text.slice(0, 80) });
  }

  private remark(code: Remark['code'], meaning: Meaning, text: string): void {
    this.remarks.push({ code, header: this.headers[this.at.get(meaning)?.[0] ?? 0] ?? '', text: text.replaceAll('\n', ' ').slice(0, 120) });
  }
}

/** Year, month and day stand there: then it is the day that is wrong, not how it is written. */
const isWrittenAsDate = /^\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?$/u;
const none: DateReading = Object.freeze({ date: null, type: null, remark: null });

/** A title from a description: its first sentence, or its first sixty characters. */
export function shortened(description: string): string {
  const [first = ''] = description.trim().split(/[。；;\n]|\.\s/u);
  const letters = [...(first.trim() || description.trim())];
  return letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : letters.join('');
}

/** Meanings whose text stands in the finding word for word. */
const told: readonly Meaning[] = ['ignore', 'ledgerNumber', 'originalNumber', 'title', 'description', 'requirement', 'closureStandard', 'responsible', 'leadLeader', 'supervisor', 'severity', 'type'];

function extraOf(cells: readonly string[], headers: readonly string[], columns: readonly Meaning[], due: DateReading): ListRow['extra'] {
  const kept = new Map<string, string>();
  for (const [column, meaning] of columns.entries()) {
    const text = cells[column] ?? '';
    if (text === '' || told.includes(meaning) || (meaning === 'deadline' && text === due.date)) continue;
    const header = headers[column] || letterOf(column);
    kept.set(header, kept.has(header) ? `${kept.get(header) ?? ''}\n${text}` : text);
  }
  return [...kept];
}

/** A running number (序号 5) moves when a row is put in above; a number of the issuing body (2022-014) stays. */
function realNumber(text: string): string {
  return /^\d{1,5}$/u.test(text) ? '' : text;
}

/** What makes a row of this list known again. Progress and state are left out: next week's copy of the list is the same list. */
function fingerprintOf(content: readonly string[], seen: Map<string, number>): string {
  const key = createHash('sha256').update(JSON.stringify(content.map((text) => text.normalize('NFKC').replaceAll(/\s+/gu, '')))).digest('hex');
  const times = (seen.get(key) ?? 0) + 1;
  seen.set(key, times);
  return times === 1 ? key : `${key}-${times}`;
}
