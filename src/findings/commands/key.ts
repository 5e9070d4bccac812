import { createHash } from 'node:crypto';

/**
 * A command key as it is stored: bound to whoever sent it and to what they asked, so that the key of one form answers for no other
 * one and tells nobody else anything. SHA-256, hex, however long the key was.
 */
export function commandKeyOf(person: { readonly id: number }, what: string, key: string): string {
  return createHash('sha256').update(JSON.stringify([person.id, what, key])).digest('hex');
}
