import type { Channel } from '../../db/schema/organisation.js';
import type { RectificationType, Severity } from '../../workflows/finding.js';
import type { FindingSource } from '../findings/sources.js';
import type { DateOrder } from '../spreadsheets/dates.js';
import { meanings, type Meaning } from './meanings.js';
import { delimiters, encodings, type Encoding } from '../spreadsheets/grid.js';
import { statuses, type Status } from './values.js';

/** Where a list comes from: with the row's own words, what makes a second import of the same list change nothing. */
export type ListSource = FindingSource;

/** What somebody chose about a list; null and missing entries are guessed from the file each time. Stored with the import as JSON. */
export interface Wish {
  readonly source: ListSource;
  readonly campaignId: number | null;
  /** a list of suspicions: what would be listed anew is handed out to be checked first. Null: as the list itself says. */
  readonly clues: boolean | null;
  readonly sheet: string | null;
  /** as spreadsheets count, from 1. */
  readonly headerRow: number | null;
  readonly encoding: Encoding | null;
  readonly delimiter: string | null;
  readonly year: number | null;
  readonly order: DateOrder | null;
  readonly columns: readonly Meaning[] | null;
  readonly statuses: Pairs<Status>;
  readonly severities: Pairs<Severity>;
  readonly types: Pairs<RectificationType | 'none'>;
  readonly channels: Pairs<Channel>;
  /** a unit's name as it stands in the list → the unit meant, or 0 for none: to be assigned by hand. */
  readonly units: Pairs<number>;
  /** a category's name as it stands in the list → the category meant. */
  readonly categories: Pairs<number>;
}
export type Pairs<T> = readonly (readonly [text: string, value: T])[];

/** A wish with every gap filled from the file. */
export interface Mapping extends Wish {
  readonly clues: boolean;
  readonly sheet: string;
  readonly headerRow: number;
  readonly year: number;
  readonly order: DateOrder;
  readonly columns: readonly Meaning[];
}

/** A wish that chooses nothing but the source. */
export function openWish(source: ListSource): Wish {
  return { source, campaignId: null, clues: null, sheet: null, headerRow: null, encoding: null, delimiter: null, year: null, order: null, columns: null, statuses: [], severities: [], types: [], channels: [], units: [], categories: [] };
}

export const channels: readonly Channel[] = ['central-inspection', 'national-assessment', 'provincial-look-back', 'supervision', 'audit', 'unannounced', 'self-check', 'hotline', 'comparison', 'other'];

/** A wish from outside (a form, a file for the command line): what is not understood is left to be guessed. */
export function wishFrom(given: unknown, source: ListSource): Wish {
  const columns = listIn(given, 'columns').map((value) => among(meanings, value));
  return {
    source: sourceFrom(valueIn(given, 'source'), source),
    campaignId: wholeIn(given, 'campaignId'), clues: flagIn(given, 'clues'), sheet: textIn(given, 'sheet'), headerRow: wholeIn(given, 'headerRow'), year: wholeIn(given, 'year'),
    encoding: among(encodings, valueIn(given, 'encoding')), delimiter: among(delimiters, valueIn(given, 'delimiter')), order: among(['dmy', 'mdy'] as const, valueIn(given, 'order')),
    columns: columns.length > 0 && columns.length <= 200 ? columns.map((meaning) => meaning ?? 'extra') : null,
    statuses: pairsIn(given, 'statuses', statuses), severities: pairsIn(given, 'severities', ['ordinary', 'major'] as const),
    types: pairsIn(given, 'types', ['immediate', 'staged', 'continuing', 'none'] as const), channels: pairsIn(given, 'channels', channels),
    units: numberedIn(given, 'units'), categories: numberedIn(given, 'categories'),
  };
}

function sourceFrom(given: unknown, usual: ListSource): ListSource {
  return {
    channel: among(channels, valueIn(given, 'channel')) ?? usual.channel, issuer: textIn(given, 'issuer') ?? usual.issuer, documentNumber: textIn(given, 'documentNumber') ?? usual.documentNumber,
    documentDate: textIn(given, 'documentDate') ?? usual.documentDate, confidential: valueIn(given, 'confidential') === true || (valueIn(given, 'confidential') === undefined && usual.confidential),
  };
}

function pairsIn<T extends string>(given: unknown, name: string, allowed: readonly T[]): Pairs<T> {
  return listIn(given, name).flatMap((pair) => {
    const value = Array.isArray(pair) ? among(allowed, pair[1]) : null;
    return Array.isArray(pair) && typeof pair[0] === 'string' && value !== null ? [[pair[0], value] as const] : [];
  }).slice(0, 500);
}

function numberedIn(given: unknown, name: string): Pairs<number> {
  return listIn(given, name).flatMap((pair) => (Array.isArray(pair) && typeof pair[0] === 'string' && Number.isSafeInteger(pair[1]) ? [[pair[0], Number(pair[1])] as const] : []));
}

function valueIn(given: unknown, name: string): unknown {
  return typeof given === 'object' && given !== null ? Reflect.get(given, name) : undefined;
}

function listIn(given: unknown, name: string): readonly unknown[] {
  const value = valueIn(given, name);
  return Array.isArray(value) ? value : [];
}

function textIn(given: unknown, name: string): string | null {
  const value = valueIn(given, name);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function wholeIn(given: unknown, name: string): number | null {
  const value = valueIn(given, name);
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

function flagIn(given: unknown, name: string): boolean | null {
  const value = valueIn(given, name);
  return typeof value === 'boolean' ? value : null;
}

function among<T extends string>(allowed: readonly T[], value: unknown): T | null {
  return allowed.find((each) => each === value) ?? null;
}
