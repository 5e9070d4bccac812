import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Refusal } from '../../workflows/types.js';
import type { House } from '../context.js';
import { bodyText, bodyTexts } from '../forms.js';
import type { NewEvidence } from '../findings/commands/evidence.js';
import { received } from '../findings/received.js';
import { mostFiles, numbersOf, type Sent } from './sheet.js';

/** Reads a sheet with its photos, and those that came with it before and are ticked still: nobody uploads twice on a bad line. */
export async function sentSheet(house: House, request: FastifyRequest, action: string): Promise<Sent> {
  const { body, byField, wrong } = await received(house, request, { keeping: true, most: mostFiles });
  const before = request.session.keptByRow?.action === action ? request.session.keptByRow.files : {};
  const numbers = numbersOf(body);
  const files = numbers.map((number): [string, readonly NewEvidence[]] => {
    const ticked = bodyTexts(body, `kept.${number}`);
    return [number, [...(before[number] ?? []).filter(({ id }) => ticked.includes(id)), ...(byField.get(`files.${number}`) ?? [])]];
  });
  const faults = numbers.map((number): [string, readonly Refusal[]] => [number, wrong.filter(({ field }) => field === `files.${number}`)]);
  return { body, key: bodyText(body, 'key') || randomUUID(), files: new Map(files.filter(([, each]) => each.length > 0)), wrong: new Map(faults.filter(([, each]) => each.length > 0)) };
}

/** Keeps the photos of rows that did not stand until the sheet comes again; forgets the others. */
export function keepFiles(request: FastifyRequest, action: string, { files }: Sent, done: readonly { readonly number: string }[]): void {
  const waiting = [...files].filter(([number]) => !done.some((row) => row.number === number));
  if (waiting.length === 0) delete request.session.keptByRow;
  else request.session.keptByRow = { action, files: Object.fromEntries(waiting) };
}
