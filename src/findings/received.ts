import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Refusal } from '../../workflows/types.js';
import type { House } from '../context.js';
import { TooLargeError } from '../errors.js';
import { cleaned } from '../forms.js';
import type { NewEvidence } from './commands/evidence.js';

/** A form as it came in: its texts, its files (stored already under their hashes), and what is wrong with those that were not kept. */
export interface Received {
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: readonly NewEvidence[];
  /** the same files by the field in which they came, for a form about several findings. */
  readonly byField: ReadonlyMap<string, readonly NewEvidence[]>;
  /** the signed paper of an entry on behalf. */
  readonly scan: NewEvidence | null;
  readonly wrong: readonly Refusal[];
}

/** Reads a form with or without files to its end, so that what was typed survives a faulty file. Without `keeping`, files are read past; `most` files and `fields` at once, where a form asks for more than usual. Throws TooLargeError when a text or the whole is too large. */
export async function received(house: House, request: FastifyRequest, { keeping, most, fields }: { readonly keeping: boolean; readonly most?: number; readonly fields?: number }): Promise<Received> {
  if (!request.isMultipart()) return { body: recordOf(request.body), files: [], byField: new Map(), scan: null, wrong: [] };
  const body: Record<string, unknown> = {};
  const files: NewEvidence[] = [];
  const byField = new Map<string, readonly NewEvidence[]>();
  const wrong: Refusal[] = [];
  let scan: NewEvidence | null = null;
  let letters = 0;
  for await (const part of request.parts({ limits: { ...(most === undefined ? {} : { files: most }), ...(fields === undefined ? {} : { fields, parts: fields + usualFiles }) } })) {
    if (part.type === 'field') {
      letters += typeof part.value === 'string' ? part.value.length : 0;
      if (part.valueTruncated || letters > mostLetters) throw new TooLargeError('the texts are longer than a form may carry');
      body[part.fieldname] = part.fieldname in body ? [body[part.fieldname], part.value].flat() : part.value;
    } else if (!keeping || !part.filename) part.file.resume();
    else {
      const field = part.fieldname === 'scan' || part.fieldname.startsWith('files.') ? part.fieldname : 'evidence';
      const kept = await keep(house, part, field);
      if ('rule' in kept) wrong.push(kept);
      else if (field === 'scan') scan = kept;
      else {
        files.push(kept);
        byField.set(part.fieldname, [...(byField.get(part.fieldname) ?? []), kept]);
      }
    }
  }
  return { body, files, byField, scan, wrong };
}

/** Of all texts of a form together: what a form without files may carry, too. */
const mostLetters = 2 * 1024 * 1024;
/** As many as a form may bring unless it says otherwise. */
export const usualFiles = 20;

function recordOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : {};
}

async function keep(house: House, { filename, file }: MultipartFile, field: string): Promise<NewEvidence | Refusal> {
  const name = nameOf(filename);
  const refusal = (rule: string, params: Refusal['params'] = {}): Refusal => ({ rule, kind: 'input', params: { file: name, ...params }, field });
  try {
    const stored = await house.files.put(Readable.from(whole(file)), house.config.uploadLimit + 1);
    const mediaType = stored.mediaType === 'application/octet-stream' ? plainType(name) : stored.mediaType;
    const kind = mediaType && kindOf(mediaType, name);
    if (stored.size === 0) return refusal('evidence.empty');
    return mediaType && kind ? { id: randomUUID(), kind, name, mediaType, size: stored.size, sha256: stored.sha256 } : refusal('evidence.type');
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    return refusal('evidence.tooLarge', { limit: Math.floor(house.config.uploadLimit / 1024 / 1024) });
  }
}

/** The parser cuts off what is over the limit and reads on to the next field: a file that was cut is not that file. */
async function* whole(file: MultipartFile['file']): AsyncGenerator<Buffer> {
  for await (const chunk of file) {
    const bytes: Buffer = chunk;
    yield bytes;
  }
  if (file.truncated) throw new TooLargeError('the file is larger than allowed');
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
