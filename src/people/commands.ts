import { eq } from 'drizzle-orm';
import { randomBytes, randomInt } from 'node:crypto';
import { changeset, deleteRows, updateRow, type Statement } from '../../db/changeset.js';
import { ConflictError, StaleError } from '../../db/errors.js';
import { activations, people, posts, sessions } from '../../db/schema/index.js';
import { retried } from '../../db/retried.js';
import { takeNumbers } from '../../db/series.js';
import type { Refusal } from '../../workflows/types.js';
import type { House } from '../context.js';
import { InvalidError, NotVisibleError } from '../errors.js';
import { commitRecorded } from '../ledger/stream.js';
import { hashPassword } from '../sign-in/password.js';
import { anotherAdministrator, isAdministrator } from './administrators.js';
import { administersPerson, administersPost, everything, type AdministrationScope } from './scope.js';
import { adding, addingFaults, changing, changingFaults, freshPosts, postNumbers, type By, type PersonForm } from './writes.js';

export type { PersonForm } from './writes.js';

/** A password to be handed over on paper and changed at the first sign-in. */
export function oneTimePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  return Array.from({ length: 12 }, (_, index) => (index % 4 === 3 ? '-' : letters[randomInt(letters.length)])).join('');
}

/** The hash of a password that nobody has, not even we: who has it comes in by a slip. */
export function nobodysPassword(): Promise<string> {
  return hashPassword(randomBytes(32).toString('base64url'));
}

/** How far whoever does it may reach, and what is written along with it. */
export interface Within {
  readonly scope?: AdministrationScope;
  readonly along?: ((id: number) => readonly Statement[]) | undefined;
}

/** Adds somebody with their posts; without a password they come in by a slip. Answers with their id. Throws InvalidError when the name is taken or the posts cannot be, or reach beyond the scope. */
export async function addPerson(house: House, by: By, form: PersonForm, password: string | null, { scope = everything, along = () => [] }: Within = {}): Promise<number> {
  refuse(addingFaults(form, scope, await house.tree()));
  const passwordHash = await (password === null ? nobodysPassword() : hashPassword(password));
  try {
    return await retried(async () => {
      const { first, statement } = await takeNumbers(house.db.reader, 'people');
      const numbers = await postNumbers(house.db.reader, form.posts.length);
      const { statements, event } = adding(by, form, { id: first, firstPost: numbers.first, passwordHash });
      await commitRecorded(house, changeset(statement, ...numbers.statements, ...statements, ...along(first)), event);
      return first;
    });
  } catch (error) {
    if (error instanceof StaleError && error.statement === 'person request') refuse([{ rule: 'changedMeanwhile', kind: 'input', params: {}, field: null }]);
    if (error instanceof ConflictError && error.statement === 'username') throw new InvalidError([{ rule: 'people.taken', kind: 'input', params: { username: form.username }, field: 'username' }]);
    throw error;
  }
}

/**
 * Changes name, phone and posts; a post that stays keeps its id and when it began. What somebody did in an earlier post stays theirs: duties go
 * with the person. Posts that are over and lie beyond the scope stay as they are. Throws InvalidError when the posts cannot be, are one's own, or
 * leave nobody to administer, NotVisibleError when the person is not in the scope.
 */
export async function changePerson(house: House, by: By, id: number, form: PersonForm, scope: AdministrationScope = everything): Promise<void> {
  try {
    await retried(() => changedOnce(house, by, id, form, scope));
  } catch (error) {
    if (error instanceof StaleError && error.statement === 'person') refuse([{ rule: 'changedMeanwhile', kind: 'input', params: {}, field: null }]);
    throw error;
  }
}

async function changedOnce(house: House, by: By, id: number, form: PersonForm, scope: AdministrationScope): Promise<void> {
  const all = await house.db.reader.select().from(posts).where(eq(posts.personId, id));
  if (!administersPerson(scope, all, house.clock.today())) throw new NotVisibleError('no such person', { number: '', office: '', phone: '' });
  const held = all.filter((post) => administersPost(scope, post));
  const tree = await house.tree();
  const [{ version } = { version: 0 }] = await house.db.reader.select({ version: people.version }).from(people).where(eq(people.id, id));
  refuse(changingFaults(by, id, form, held, scope, tree));
  const guards = isAdministrator(held, tree) && !isAdministrator(form.posts, tree) ? await anotherAdministrator(house.db.reader, id, tree) : [];
  const numbers = await postNumbers(house.db.reader, freshPosts(form, held).length);
  const { statements, event } = changing(by, { id, version }, form, held, numbers.first);
  await commitRecorded(house, changeset(...guards, ...numbers.statements, ...statements), event);
}

/** Disables (their sessions end at once) or enables again. Throws InvalidError when nobody would be left to administer. */
export async function disablePerson(house: House, by: By, id: number, disabled: boolean): Promise<void> {
  const held = await house.db.reader.select().from(posts).where(eq(posts.personId, id));
  const tree = await house.tree();
  const guards = disabled && isAdministrator(held, tree) ? await anotherAdministrator(house.db.reader, id, tree) : [];
  const changes = changeset(...guards, updateRow(people, { disabledOn: disabled ? house.clock.today() : null, failures: 0, lockedUntil: null }, { id }, 'person'), ...(disabled ? [deleteRows(sessions, { personId: id }, 'sessions'), deleteRows(activations, { personId: id }, 'slip')] : []));
  await commitRecorded(house, changes, { stream: 'accounts', type: disabled ? 'PersonDisabled' : 'PersonEnabled', actorId: by.id, actorName: by.name, payload: { person: id } });
}

function refuse(faults: readonly Refusal[]): void {
  if (faults.length > 0) throw new InvalidError(faults);
}

/** A new one-time password; the old one and every session are gone. */
export async function resetPassword(house: House, by: By, id: number): Promise<string> {
  const password = oneTimePassword();
  const changes = changeset(
    updateRow(people, { passwordHash: await hashPassword(password), mustChangePassword: true, failures: 0, lockedUntil: null }, { id }, 'person'), deleteRows(sessions, { personId: id }, 'sessions'), deleteRows(activations, { personId: id }, 'slip'),
  );
  await commitRecorded(house, changes, { stream: 'accounts', type: 'PasswordReset', actorId: by.id, actorName: by.name, payload: { person: id } });
  return password;
}
