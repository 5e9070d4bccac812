import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { TooLargeError } from '../../errors.js';
import type { House } from '../../context.js';
import { bytesOf } from '../../spreadsheets/received.js';
import type { PeopleList } from './read.js';
import { readPeople } from './reading.js';

/** What was sent to be read: a file, or rows copied from a spreadsheet. */
export interface Sent {
  /** of the file; '' for what was pasted. */
  readonly name: string;
  readonly text: string;
  /** under which the file lies until it is read; null for none. */
  readonly sha256: string | null;
  /** more than one file came: nobody can tell which is meant. */
  readonly several: boolean;
}

/** Takes a form with a file or a text in to its end. Throws TooLargeError. */
export async function sentList(house: House, request: FastifyRequest): Promise<Sent> {
  if (!request.isMultipart()) return { name: '', sha256: null, several: false, text: textIn(request.body) };
  let sent: Sent = { name: '', text: '', sha256: null, several: false };
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      if (part.filename === '' || sent.sha256 !== null) part.file.resume();
      if (part.filename === '') continue;
      if (sent.sha256 !== null) sent = { ...sent, several: true };
      else sent = { ...sent, name: part.filename.split(/[/\\]/u).at(-1) ?? '', sha256: (await house.files.put(Readable.from(part.file), house.config.uploadLimit)).sha256 };
    } else if (part.fieldname === 'text' && typeof part.value === 'string') {
      if (part.valueTruncated) throw new TooLargeError('the pasted rows are longer than a form may carry', { limit: 1 });
      sent = { ...sent, text: part.value };
    }
  }
  return sent;
}

/** Reads what was sent. Copied cells are parted by tabs, and the reader of .csv reads them; the mark in front says that it is text, whatever it begins with. Throws UnreadableListError. */
export function readSent(house: House, { sha256, text }: Sent): Promise<PeopleList> {
  if (sha256 !== null) return readPeople({ bytesOf: () => bytesOf(house, sha256), delimiter: null });
  return readPeople({ bytesOf: () => Promise.resolve(new Uint8Array(Buffer.from(`\ufeff${text.toWellFormed()}`))), delimiter: text.includes('\t') ? '\t' : null });
}

/** Tabs at the edges are empty cells: nothing is trimmed. */
function textIn(body: unknown): string {
  const text: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'text') : undefined;
  return typeof text === 'string' ? text : '';
}
