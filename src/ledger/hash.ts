import { createHash } from 'node:crypto';

/** SHA-256 (hex) over the values in their given order as JSON: what chains one event to the one before it. */
export function hashOf(values: readonly (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

/** What the first event of a chain is chained to. */
export const beginning = '';
