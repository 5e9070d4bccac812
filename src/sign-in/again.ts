import type { FastifyRequest } from 'fastify';
import type { Pages } from '../../views/pages.js';
import type { House } from '../context.js';
import { TooLargeError } from '../errors.js';
import type { Words } from '../words.js';
import { sentPage } from './page.js';
import { carried, mayCarry, sentFrom } from './sent.js';

/** What came from a page that stayed open while its reader signed in anew, and has the token of the session before: to be looked at and sent once more. Null where there is nothing to keep. */
export async function sentAgain(house: House, request: FastifyRequest, t: Words): Promise<Pages['sign-in/sent'] | null> {
  const sent = request.person && mayCarry(request) ? await carried(house, request).catch(nothingOfTooMuch) : null;
  const kept = sentFrom(sent ?? '');
  return request.person && kept ? sentPage(kept, request.person.name, t) : null;
}

/** The answer to a wrong token is that answer, however large the form was. */
function nothingOfTooMuch(error: unknown): null {
  if (error instanceof TooLargeError) return null;
  throw error;
}
