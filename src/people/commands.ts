import { randomInt } from 'node:crypto';
import { changeset, deleteRows, insertRow, updateRow, type Statement } from '../../db/changeset.js';
import { ConflictError } from '../../db/errors.js';
import { people, posts, sessions } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { House, Person, Post } from '../context.js';
import { InvalidError } from '../errors.js';
import { commitRecorded } from '../ledger/stream.js';
import { hashPassword } from '../sign-in/password.js';
import { usernameKey } from './queries.js';

export interface PersonForm {
  readonly username: string;
  readonly name: string;
  readonly phone: string;
  readonly posts: readonly { readonly role: Post['role']; readonly unitId: number; readonly kind: Post['kind']; readonly untilOn: string | null }[];
}

type By = Pick<Person, 'id' | 'name'>;

/** A password to be handed over on paper and changed at the first sign-in. */
export function oneTimePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  return Array.from({ length: 12 }, (_, index) => (index % 4 === 3 ? '-' : letters[randomInt(letters.length)])).join('');
}

/** Adds somebody with their posts; answers with their id. Throws InvalidError when the name is taken. */
export async function addPerson(house: House, by: By, form: PersonForm, password: string): Promise<number> {
  const { first, statement } = await takeNumbers(house.db.reader, 'people');
  const row = insertRow(people, { id: first, username: form.username, usernameKey: usernameKey(form.username), name: form.name, phone: form.phone || null, passwordHash: await hashPassword(password), mustChangePassword: true }, 'username');
  try {
    await commitRecorded(house, changeset(statement, row, ...(await postRows(house, first, form))), { stream: 'accounts', type: 'PersonAdded', actorId: by.id, actorName: by.name, payload: { username: form.username, posts: form.posts } });
  } catch (error) {
    if (error instanceof ConflictError && error.statement === 'username') throw new InvalidError([{ rule: 'people.taken', kind: 'input', params: { username: form.username }, field: 'username' }]);
    throw error;
  }
  return first;
}

/** Changes name, phone and posts. What somebody did in an earlier post stays theirs: duties go with the person. */
export async function changePerson(house: House, by: By, id: number, form: PersonForm): Promise<void> {
  const changes = changeset(
    updateRow(people, { name: form.name, phone: form.phone || null }, { id }, 'person'), deleteRows(posts, { personId: id }, 'posts'), ...(await postRows(house, id, form)),
  );
  await commitRecorded(house, changes, { stream: 'accounts', type: 'PersonChanged', actorId: by.id, actorName: by.name, payload: { person: id, name: form.name, posts: form.posts } });
}

/** Disables (their sessions end at once) or enables again. */
export async function disablePerson(house: House, by: By, id: number, disabled: boolean): Promise<void> {
  const changes = changeset(updateRow(people, { disabledOn: disabled ? house.clock.today() : null, failures: 0, lockedUntil: null }, { id }, 'person'), ...(disabled ? [deleteRows(sessions, { personId: id }, 'sessions')] : []));
  await commitRecorded(house, changes, { stream: 'accounts', type: disabled ? 'PersonDisabled' : 'PersonEnabled', actorId: by.id, actorName: by.name, payload: { person: id } });
}

/** A new one-time password; the old one and every session are gone. */
export async function resetPassword(house: House, by: By, id: number): Promise<string> {
  const password = oneTimePassword();
  const changes = changeset(
    updateRow(people, { passwordHash: await hashPassword(password), mustChangePassword: true, failures: 0, lockedUntil: null }, { id }, 'person'), deleteRows(sessions, { personId: id }, 'sessions'),
  );
  await commitRecorded(house, changes, { stream: 'accounts', type: 'PasswordReset', actorId: by.id, actorName: by.name, payload: { person: id } });
  return password;
}

async function postRows(house: House, personId: number, form: PersonForm): Promise<readonly Statement[]> {
  if (form.posts.length === 0) return [];
  const { first, statement } = await takeNumbers(house.db.reader, 'posts', form.posts.length);
  return [statement, ...form.posts.map((post, index) => insertRow(posts, { id: first + index, personId, ...post }))];
}

