import type { FastifyRequest } from 'fastify';
import { mostFields } from '../batches/chosen.js';
import type { House } from '../context.js';
import { received } from '../findings/received.js';
import { ownPath } from '../own-path.js';
import { wantsJson } from '../plugins/wants-json.js';

/** What somebody sent whose session had ended meanwhile: where to, and its texts. Their files are not kept. */
export interface Sent {
  readonly path: string;
  readonly texts: readonly (readonly [name: string, value: string])[];
}

/** As much is carried over a sign-in, in letters: a grid of two hundred reports, and no upload. */
const mostLetters = 300_000;

/** Whether it is a form of a page of this site: what another site makes somebody send is not offered to them. */
export function mayCarry(request: FastifyRequest): boolean {
  return request.method === 'POST' && isOwn(request) && !wantsJson(request);
}

function isOwn({ headers: { origin }, host }: Pick<FastifyRequest, 'headers' | 'host'>): boolean {
  if (typeof origin !== 'string' || !URL.canParse(origin)) return false;
  const asked = `${new URL(origin).protocol}//${host}`;
  return URL.canParse(asked) && new URL(asked).host === new URL(origin).host;
}

/** Reads what was sent, to be carried by the form of the sign-in and by nothing else; null for passwords, for nothing, and for more than is carried. */
export async function carried(house: House, request: FastifyRequest): Promise<string | null> {
  const { body } = await received(house, request, { keeping: false, fields: mostFields });
  const texts = Object.entries(body).filter(([name]) => name !== '_csrf').flatMap(([name, value]) => [value].flat().flatMap((each) => (typeof each === 'string' ? [[name, each] as const] : [])));
  const letters = texts.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (texts.length === 0 || letters > mostLetters || texts.some(([name]) => /password|code/iu.test(name))) return null;
  return Buffer.from(JSON.stringify({ path: request.url.split('?')[0] ?? '/', texts } satisfies Sent)).toString('base64url');
}

/** What the form of the sign-in brought back; null for anything that `carried` did not write. */
export function sentFrom(text: string): Sent | null {
  if (text === '') return null;
  try {
    const kept: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return isSent(kept) && ownPath(kept.path) === kept.path ? kept : null;
  } catch {
    return null;
  }
}

function isSent(kept: unknown): kept is Sent {
  const held: Partial<Record<keyof Sent, unknown>> = typeof kept === 'object' && kept !== null ? kept : {};
  return typeof held.path === 'string' && Array.isArray(held.texts) && held.texts.every((pair: unknown) => Array.isArray(pair) && pair.length === 2 && pair.every((each) => typeof each === 'string'));
}
