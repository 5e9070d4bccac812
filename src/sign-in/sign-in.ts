import { changeset, updateRow, type Changeset } from '../../db/changeset.js';
import { people } from '../../db/schema/index.js';
import { later } from '../clock.js';
import type { House } from '../context.js';
import { commitRecorded } from '../ledger/stream.js';
import { peopleQueries, usernameKey } from '../people/queries.js';
import type { Attempts } from './attempts.js';
import { isPassword } from './password.js';

/** After so many failures in a row, from wherever, the name waits a minute between two attempts: too slow to guess, too short to shut anybody out. */
const patience = 20;

/**
 * Who this is, or null. An unknown name, a wrong password, a waiting and a disabled account get the same answer after the same work;
 * whoever must wait is refused even with the right password, so that guessing goes on for nobody.
 */
export async function signIn(house: House, attempts: Attempts, address: string, username: string, password: string): Promise<number | null> {
  const key = usernameKey(username);
  const row = await peopleQueries(house.db.reader).byUsername(key);
  const right = await isPassword(password, row?.passwordHash ?? null);
  const now = house.clock.now();
  const waits = attempts.waits(address, key) || (row?.lockedUntil ?? '') > now;
  const accepted = row !== null && right && !waits && row.disabledOn === null;
  const event = { stream: 'sign-ins', actorId: row?.id ?? 0, actorName: row?.name ?? '', payload: { username: username.slice(0, 60), address, locked: waits } } as const;
  if (accepted) attempts.succeeded(address, key);
  else if (!waits) attempts.failed(address, key);
  await commitRecorded(house, row === null ? changeset() : counted(row, { accepted, waits, now }), { ...event, type: accepted ? 'SignedIn' : 'SignInRefused' });
  return accepted ? row.id : null;
}

/** Failures are counted by the database, so that of many at once each counts. */
function counted(row: typeof people.$inferSelect, { accepted, waits, now }: { readonly accepted: boolean; readonly waits: boolean; readonly now: string }): Changeset {
  if (accepted) return changeset(updateRow(people, { failures: 0, lockedUntil: null }, { id: row.id }, 'person'));
  if (waits) return changeset();
  const lockedUntil = row.failures + 1 < patience ? null : later(now, 1);
  return changeset(updateRow(people, { failures: 1 }, { id: row.id }, 'person', { increase: ['failures'] }), ...(lockedUntil ? [updateRow(people, { lockedUntil }, { id: row.id }, 'person')] : []));
}
