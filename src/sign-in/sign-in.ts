import { changeset, updateRow } from '../../db/changeset.js';
import { people } from '../../db/schema/index.js';
import { later } from '../clock.js';
import type { House } from '../context.js';
import { commitRecorded } from '../ledger/stream.js';
import { peopleQueries, usernameKey } from '../people/queries.js';
import { isPassword } from './password.js';

/** After so many failures in a row the name is locked: one minute, doubling up to thirty. */
const patience = 5;

/**
 * Who this is, or null. An unknown name, a wrong password, a locked and a disabled account get the same answer after the same work;
 * a locked name stays locked even with the right password, so that guessing goes on for nobody.
 */
export async function signIn(house: House, username: string, password: string): Promise<number | null> {
  const row = await peopleQueries(house.db.reader).byUsername(usernameKey(username));
  const right = await isPassword(password, row?.passwordHash ?? null);
  const now = house.clock.now();
  const locked = row !== null && row.lockedUntil !== null && row.lockedUntil > now;
  const accepted = row !== null && right && !locked && row.disabledOn === null;
  const event = { stream: 'sign-ins', actorId: row?.id ?? 0, actorName: row?.name ?? '', payload: { username: username.slice(0, 60), locked } } as const;
  if (!row) await commitRecorded(house, changeset(), { ...event, type: 'SignInRefused' });
  else if (accepted) await commitRecorded(house, changeset(updateRow(people, { failures: 0, lockedUntil: null }, { id: row.id }, 'person')), { ...event, type: 'SignedIn' });
  else {
    const failures = locked ? row.failures : row.failures + 1;
    const lockedUntil = locked ? row.lockedUntil : lockedAfter(failures, now);
    await commitRecorded(house, changeset(updateRow(people, { failures, lockedUntil }, { id: row.id }, 'person')), { ...event, type: 'SignInRefused' });
  }
  return accepted ? row.id : null;
}

function lockedAfter(failures: number, now: string): string | null {
  if (failures < patience) return null;
  return later(now, Math.min(30, 2 ** (failures - patience)));
}
