import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

/** Without letters that look like others when they are printed. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** Twelve characters in three groups: 59 random bits, typed from paper in half a minute. */
export function activationCode(): string {
  return Array.from({ length: 14 }, (_, index) => (index % 5 === 4 ? '-' : alphabet[randomInt(alphabet.length)])).join('');
}

/**
 * What is kept of a code. SHA-256 and not argon2: the code is random, not chosen, so there is no list to try it against; 2⁵⁹ guesses outlive the
 * two weeks that it is worth something, and a county's three hundred slips take no minute of the processor (docs/decisions/0019).
 */
export function codeHash(personId: number, code: string): string {
  return createHash('sha256').update(JSON.stringify([personId, plain(code)])).digest('base64url');
}

/** Compared in constant time. */
export function isCode(personId: number, code: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(codeHash(personId, code)), Buffer.from(hash));
}

/** As it was printed, however it is typed. */
function plain(code: string): string {
  return code.normalize('NFKC').toUpperCase().replaceAll(/[^0-9A-Z]/gu, '');
}
