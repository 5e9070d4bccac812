import { eq } from 'drizzle-orm';
import { changeset, deleteRows, updateRow, type Row } from '../../db/changeset.js';
import { StaleError } from '../../db/errors.js';
import { activations, people, sessions } from '../../db/schema/index.js';
import type { House } from '../context.js';
import { commitRecorded } from '../ledger/stream.js';
import { peopleQueries, usernameKey } from '../people/queries.js';
import type { Attempts } from '../sign-in/attempts.js';
import { hashPassword } from '../sign-in/password.js';
import { isCode } from './code.js';

/** So often may a code be tried, from wherever; then the slip is void and the administrator prints another. */
export const mostTries = 10;

/**
 * Opens an account with the code of its slip and a password of one's own: once. Answers with whose it is, or null: an unknown name, a wrong, used,
 * old or void code and a disabled account get the same answer. The caller has checked the password.
 */
export async function activate(house: House, attempts: Attempts, address: string, { username, code, password }: { readonly username: string; readonly code: string; readonly password: string }): Promise<number | null> {
  const key = usernameKey(username);
  const person = await peopleQueries(house.db.reader).byUsername(key);
  const waits = attempts.waits(address, key);
  const slip = person && person.disabledOn === null && !waits ? await triedOnce(house, person.id) : null;
  const done = person !== null && slip !== null && isCode(person.id, code, slip.codeHash) && (await opened(house, person, slip, password));
  if (done) attempts.succeeded(address, key);
  else {
    if (!waits) attempts.failed(address, key);
    await commitRecorded(house, changeset(), { stream: 'sign-ins', type: 'ActivationRefused', actorId: person?.id ?? 0, actorName: person?.name ?? '', payload: { username: username.slice(0, 60), address, locked: waits } });
  }
  return done ? person.id : null;
}

/** The try is counted before the code is looked at, each on top of the one before: of a thousand at once, ten are looked at. */
async function triedOnce(house: House, personId: number): Promise<Row<typeof activations> | null> {
  for (;;) {
    const [slip] = await house.db.reader.select().from(activations).where(eq(activations.personId, personId));
    if (!slip || slip.usedAt !== null || slip.expiresAt <= house.clock.now() || slip.tries >= mostTries) return null;
    try {
      await house.db.commit(changeset(updateRow(activations, { tries: slip.tries + 1 }, { personId, codeHash: slip.codeHash, tries: slip.tries }, 'try')));
      return slip;
    } catch (error) {
      // Another try was counted in between, or another slip was printed: each time one fewer is left.
      if (!(error instanceof StaleError)) throw error;
    }
  }
}

/** Of two who bring the right code at once, one comes in. */
async function opened(house: House, person: Row<typeof people>, slip: Row<typeof activations>, password: string): Promise<boolean> {
  const changes = changeset(
    updateRow(activations, { usedAt: house.clock.now() }, { personId: person.id, codeHash: slip.codeHash, usedAt: null }, 'slip'), deleteRows(sessions, { personId: person.id }, 'sessions'),
    updateRow(people, { passwordHash: await hashPassword(password), mustChangePassword: false, failures: 0, lockedUntil: null }, { id: person.id, disabledOn: null }, 'slip'),
  );
  try {
    await commitRecorded(house, changes, { stream: 'accounts', type: 'Activated', actorId: person.id, actorName: person.name, payload: { username: person.username } });
    return true;
  } catch (error) {
    if (error instanceof StaleError && error.statement === 'slip') return false;
    throw error;
  }
}
