import { eq } from 'drizzle-orm';
import { randomBytes, randomInt } from 'node:crypto';
import { changeset, deleteRows, insertRow, updateRow, type Statement } from '../../db/changeset.js';
import { ConflictError, StaleError } from '../../db/errors.js';
import { activations, people, posts, sessions } from '../../db/schema/index.js';
import { retried } from '../../db/retried.js';
import { takeNumbers } from '../../db/series.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { InvalidError, NotVisibleError } from '../errors.js';
import { commitRecorded } from '../ledger/stream.js';
import { hashPassword } from '../sign-in/password.js';
import { anotherAdministrator, isAdministrator } from './administrators.js';
import { isSame, postFaults, sameAll, type PostForm } from './posts.js';
import { usernameKey } from './queries.js';
import { administersPerson, administersPost, everything, scopeFaults, type AdministrationScope } from './scope.js';

export interface PersonForm {
  readonly username: string;
  readonly name: string;
  readonly phone: string;
  readonly posts: readonly PostForm[];
  /** what the form was made from: somebody else may have changed it meanwhile. Without it, whatever stands there is changed. */
  readonly version?: number | null;
}

type By = Pick<Person, 'id' | 'name'>;

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
  refuse([...postFaults(form.posts, [], await house.tree()), ...scopeFaults(scope, form.posts)]);
  const account = { username: form.username, usernameKey: usernameKey(form.username), name: form.name, phone: form.phone || null, passwordHash: await (password === null ? nobodysPassword() : hashPassword(password)), mustChangePassword: true };
  try {
    return await retried(async () => {
      const { first, statement } = await takeNumbers(house.db.reader, 'people');
      const row = insertRow(people, { id: first, ...account }, 'username');
      await commitRecorded(house, changeset(statement, row, ...(await newPosts(house, first, form.posts)), ...along(first)), { stream: 'accounts', type: 'PersonAdded', actorId: by.id, actorName: by.name, payload: { username: form.username, posts: form.posts } });
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
  if (by.id === id && !sameAll(form.posts, held)) refuse([{ rule: 'people.ownPosts', kind: 'input', params: {}, field: 'posts' }]);
  refuse([...postFaults(form.posts, held, tree), ...scopeFaults(scope, form.posts)]);
  const guards = isAdministrator(held, tree) && !isAdministrator(form.posts, tree) ? await anotherAdministrator(house.db.reader, id, tree) : [];
  const stays = held.flatMap((post) => { const wanted = form.posts.find((each) => isSame(each, post)); return wanted ? [{ post, wanted }] : []; });
  const fresh = form.posts.filter((wanted) => !held.some((post) => isSame(post, wanted)));
  const changes = changeset(
    ...guards, updateRow(people, { name: form.name, phone: form.phone || null, version: (form.version ?? version) + 1 }, { id, version: form.version ?? version }, 'person'),
    ...held.filter((post) => !stays.some((stay) => stay.post.id === post.id)).map((post) => deleteRows(posts, { id: post.id }, 'post')),
    ...stays.map(({ post, wanted }) => updateRow(posts, { untilOn: wanted.untilOn }, { id: post.id }, 'post')), ...(await newPosts(house, id, fresh)),
  );
  await commitRecorded(house, changes, { stream: 'accounts', type: 'PersonChanged', actorId: by.id, actorName: by.name, payload: { person: id, name: form.name, posts: form.posts } });
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

async function newPosts(house: House, personId: number, wanted: readonly PostForm[]): Promise<readonly Statement[]> {
  if (wanted.length === 0) return [];
  const { first, statement } = await takeNumbers(house.db.reader, 'posts', wanted.length);
  return [statement, ...wanted.map((post, index) => insertRow(posts, { id: first + index, personId, ...post }))];
}
