import { deleteRows, insertRow, updateRow, type Statement } from '../../db/changeset.js';
import type { Reader } from '../../db/database.js';
import { people, posts } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { Refusal } from '../../workflows/types.js';
import type { Person } from '../context.js';
import type { StreamEvent } from '../ledger/stream.js';
import type { UnitTree } from '../organisation/tree.js';
import { isSame, postFaults, sameAll, type HeldPost, type PostForm } from './posts.js';
import { usernameKey } from './queries.js';
import { scopeFaults, type AdministrationScope } from './scope.js';

export interface PersonForm {
  readonly username: string;
  readonly name: string;
  readonly phone: string;
  readonly posts: readonly PostForm[];
  /** what the form was made from: somebody else may have changed it meanwhile. Without it, whatever stands there is changed. */
  readonly version?: number | null;
}

export type By = Pick<Person, 'id' | 'name'>;

/** What adding or changing one person writes, and the event that says so: alone, or with others in one changeset. */
export interface Write {
  readonly statements: readonly Statement[];
  readonly event: StreamEvent;
}

/** What stands in the way of adding somebody, one by one or from a list. */
export function addingFaults(form: Pick<PersonForm, 'posts'>, scope: AdministrationScope, tree: UnitTree): readonly Refusal[] {
  return [...postFaults(form.posts, [], tree), ...scopeFaults(scope, form.posts)];
}

/** What stands in the way of these posts instead of those held. */
export function changingFaults(by: Pick<By, 'id'>, id: number, form: Pick<PersonForm, 'posts'>, held: readonly HeldPost[], scope: AdministrationScope, tree: UnitTree): readonly Refusal[] {
  if (by.id === id && !sameAll(form.posts, held)) return [{ rule: 'people.ownPosts', kind: 'input', params: {}, field: 'posts' }];
  return [...postFaults(form.posts, held, tree), ...scopeFaults(scope, form.posts)];
}

/** Somebody new, under numbers that the changeset takes. */
export function adding(by: By, form: PersonForm, { id, firstPost, passwordHash }: { readonly id: number; readonly firstPost: number; readonly passwordHash: string }): Write {
  const account = { username: form.username, usernameKey: usernameKey(form.username), name: form.name, phone: form.phone || null, passwordHash, mustChangePassword: true };
  return {
    statements: [insertRow(people, { id, ...account }, 'username'), ...inserted(id, firstPost, form.posts)],
    event: { stream: 'accounts', type: 'PersonAdded', actorId: by.id, actorName: by.name, payload: { username: form.username, posts: form.posts } },
  };
}

/** Somebody who is there already, with these posts instead of those held; a post that stays keeps its id and when it began. */
export function changing(by: By, { id, version }: { readonly id: number; readonly version: number }, form: PersonForm, held: readonly HeldPost[], firstPost: number): Write {
  const seen = form.version ?? version;
  const stays = held.flatMap((post) => { const wanted = form.posts.find((each) => isSame(each, post)); return wanted ? [{ post, wanted }] : []; });
  return {
    statements: [
      updateRow(people, { name: form.name, phone: form.phone || null, version: seen + 1 }, { id, version: seen }, 'person'),
      ...held.filter((post) => !stays.some((stay) => stay.post.id === post.id)).map((post) => deleteRows(posts, { id: post.id }, 'post')),
      ...stays.map(({ post, wanted }) => updateRow(posts, { untilOn: wanted.untilOn }, { id: post.id }, 'post')), ...inserted(id, firstPost, freshPosts(form, held)),
    ],
    event: { stream: 'accounts', type: 'PersonChanged', actorId: by.id, actorName: by.name, payload: { person: id, name: form.name, posts: form.posts } },
  };
}

/** Those of a form that nobody holds yet. */
export function freshPosts(form: Pick<PersonForm, 'posts'>, held: readonly HeldPost[]): readonly PostForm[] {
  return form.posts.filter((wanted) => !held.some((post) => isSame(wanted, post)));
}

/** Numbers for so many posts; none are taken for none. */
export async function postNumbers(reader: Reader, count: number): Promise<{ readonly first: number; readonly statements: readonly Statement[] }> {
  if (count === 0) return { first: 0, statements: [] };
  const { first, statement } = await takeNumbers(reader, 'posts', count);
  return { first, statements: [statement] };
}

function inserted(personId: number, first: number, wanted: readonly PostForm[]): readonly Statement[] {
  return wanted.map((post, index) => insertRow(posts, { id: first + index, personId, ...post }));
}
