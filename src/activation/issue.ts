import { eq, inArray } from 'drizzle-orm';
import { changeset, deleteRows, insertRow, updateRow, type Row } from '../../db/changeset.js';
import { StaleError } from '../../db/errors.js';
import { activations, people, posts, sessions } from '../../db/schema/index.js';
import { later } from '../clock.js';
import type { House, Person } from '../context.js';
import { NotVisibleError } from '../errors.js';
import { commitRecorded } from '../ledger/stream.js';
import { nobodysPassword } from '../people/commands.js';
import { administersPerson, type AdministrationScope } from '../people/scope.js';
import { activationCode, codeHash } from './code.js';

/** Days for which a slip is worth something. */
export const slipDays = 14;
/** Sheets of one printing. */
export const mostSlips = 300;

/** What is printed, and kept nowhere. */
export interface Slip {
  readonly person: Pick<Row<typeof people>, 'id' | 'username' | 'name'>;
  readonly posts: readonly Row<typeof posts>[];
  readonly code: string;
  readonly expiresAt: string;
}

/**
 * A new slip for each of these people: the one before is void, the password they had opens nothing any more, every session is gone. Throws
 * NotVisibleError when one of them is not in the scope or is disabled: then nobody gets any.
 */
export async function issueSlips(house: House, by: Pick<Person, 'id' | 'name'>, scope: AdministrationScope, ids: readonly number[]): Promise<readonly Slip[]> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await issuedOnce(house, by, scope, ids);
    } catch (error) {
      // Somebody changed one of them meanwhile: look again whether they are still in the scope.
      if (!(error instanceof StaleError && error.statement === 'person') || tries === 5) throw error;
    }
  }
}

async function issuedOnce(house: House, by: Pick<Person, 'id' | 'name'>, scope: AdministrationScope, ids: readonly number[]): Promise<readonly Slip[]> {
  const [issuedAt, passwordHash] = [house.clock.now(), await nobodysPassword()];
  const expiresAt = later(issuedAt, slipDays * 24 * 60);
  const rows = await theirs(house, scope, ids);
  const slips = rows.map(({ person, held }) => ({ person, posts: held, code: activationCode(), expiresAt }));
  const changes = changeset(...slips.flatMap(({ person, code }) => [
    updateRow(people, { passwordHash, mustChangePassword: true, failures: 0, lockedUntil: null }, { id: person.id, version: person.version, disabledOn: null }, 'person'),
    deleteRows(sessions, { personId: person.id }, 'sessions'), deleteRows(activations, { personId: person.id }, 'activation'),
    insertRow(activations, { personId: person.id, codeHash: codeHash(person.id, code), issuedBy: by.id, issuedAt, expiresAt }, 'activation'),
  ]));
  await commitRecorded(house, changes, { stream: 'accounts', type: 'ActivationIssued', actorId: by.id, actorName: by.name, payload: { people: slips.map(({ person }) => person.id), expiresAt } });
  return slips;
}

/** All of them, with the posts that they hold. */
async function theirs(house: House, scope: AdministrationScope, ids: readonly number[]): Promise<readonly { readonly person: Row<typeof people>; readonly held: readonly Row<typeof posts>[] }[]> {
  const rows = await house.db.reader.select().from(people).where(inArray(people.id, [...ids])).orderBy(people.id);
  const found = await Promise.all(rows.map(async (person) => ({ person, held: await house.db.reader.select().from(posts).where(eq(posts.personId, person.id)).orderBy(posts.id) })));
  const today = house.clock.today();
  const asked = found.filter(({ person, held }) => person.disabledOn === null && administersPerson(scope, held, today));
  if (asked.length !== new Set(ids).size) throw new NotVisibleError('one of them is not there', { number: '', office: '', phone: '' });
  return asked.map(({ person, held }) => ({ person, held: held.filter(({ untilOn }) => untilOn === null || untilOn >= today) }));
}
