import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { House } from '../context.js';
import { InvalidError } from '../errors.js';
import { bodyText, cleaned } from '../forms.js';
import type { NewEvidence } from './commands/act.js';

/** A form as it came in: its texts, and its files, stored already under their hashes. */
export interface Received {
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: readonly NewEvidence[];
}

/** Reads a form with or without files. Throws TooLargeError and InvalidError (a type that evidence may not have), both before anything is recorded. */
export async function received(house: House, request: FastifyRequest): Promise<Received> {
  if (!request.isMultipart()) return { body: typeof request.body === 'object' && request.body !== null ? Object.fromEntries(Object.entries(request.body)) : {}, files: [] };
  const body: Record<string, unknown> = {};
  const stored: Omit<NewEvidence, 'phase' | 'note'>[] = [];
  for await (const part of request.parts()) {
    if (part.type === 'field') body[part.fieldname] = part.fieldname in body ? [body[part.fieldname], part.value].flat() : part.value;
    else if (part.filename === '') part.file.resume();
    else stored.push(await keep(house, part.filename, part.file));
  }
  const phase = phaseOf(bodyText(body, 'phase'));
  return { body, files: stored.map((file) => ({ ...file, phase, note: '' })) };
}

async function keep(house: House, given: string, content: NodeJS.ReadableStream & AsyncIterable<Buffer>): Promise<Omit<NewEvidence, 'phase' | 'note'>> {
  const name = nameOf(given);
  const { Readable } = await import('node:stream');
  const file = await house.files.put(Readable.from(content), house.config.uploadLimit);
  const mediaType = file.mediaType === 'application/octet-stream' ? plainType(name) : file.mediaType;
  const kind = mediaType && kindOf(mediaType, name);
  if (!mediaType || !kind || file.size === 0) throw new InvalidError([{ rule: file.size === 0 ? 'evidence.empty' : 'evidence.type', kind: 'input', params: { file: name }, field: 'evidence' }]);
  return { id: randomUUID(), kind, name, mediaType, size: file.size, sha256: file.sha256 };
}

/** A name for people only: the file lies under its hash. */
function nameOf(given: string): string {
  return [...cleaned(given.split(/[/\\]/u).at(-1) ?? '')].slice(-120).join('') || 'file';
}

/** Types that carry no signature of their own are known by name, and only these. */
function plainType(name: string): string | null {
  if (/\.csv$/iu.test(name)) return 'text/csv';
  return /\.txt$/iu.test(name) ? 'text/plain' : null;
}

function kindOf(mediaType: string, name: string): NewEvidence['kind'] | null {
  if (['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/heic', 'image/bmp', 'image/tiff'].includes(mediaType)) return 'photo';
  if (mediaType === 'application/pdf') return 'scan';
  if (mediaType === 'text/csv' || mediaType.includes('spreadsheet') || /\.xlsx?$/iu.test(name)) return 'table';
  if (mediaType === 'text/plain' || mediaType.includes('wordprocessing') || mediaType.includes('opendocument') || mediaType === 'application/x-cfb') return 'document';
  return mediaType === 'application/zip' || mediaType.startsWith('video/mp4') ? 'other' : null;
}

function phaseOf(text: string): NewEvidence['phase'] {
  return text === 'before' || text === 'during' ? text : 'after';
}
