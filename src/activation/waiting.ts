import { and, eq, gt, inArray, isNull, lte } from 'drizzle-orm';
import type { Row } from '../../db/changeset.js';
import { activations, people, posts } from '../../db/schema/index.js';
import type { House } from '../context.js';
import { theirPeople, type AdministrationScope } from '../people/scope.js';
import { mostSlips } from './issue.js';

/** Somebody who has not chosen a password of their own yet. */
export interface NotIn {
  readonly person: Row<typeof people>;
  /** where they belong: their first present post. */
  readonly unitId: number;
  readonly posts: readonly Row<typeof posts>[];
  readonly slip: Row<typeof activations> | null;
}

/** Those in the scope who have not come in yet and have a post, by id, of those after one person and through another; `more` when there are further ones. */
export async function notYetIn({ db: { reader }, clock }: House, scope: AdministrationScope, { after = 0, through = Number.MAX_SAFE_INTEGER }: { readonly after?: number; readonly through?: number } = {}): Promise<{ readonly rows: readonly NotIn[]; readonly more: boolean }> {
  const found = await reader.select({ person: people, slip: activations }).from(people).leftJoin(activations, eq(activations.personId, people.id))
    .where(and(eq(people.mustChangePassword, true), isNull(people.disabledOn), gt(people.id, after), lte(people.id, through), theirPeople(scope, clock.today()))).orderBy(people.id).limit(mostSlips + 1);
  const shown = found.slice(0, mostSlips);
  const held = shown.length === 0 ? [] : await reader.select().from(posts).where(inArray(posts.personId, shown.map(({ person }) => person.id))).orderBy(posts.id);
  const today = clock.today();
  const rows = shown.flatMap(({ person, slip }) => {
    const present = held.filter((post) => post.personId === person.id && (post.untilOn === null || post.untilOn >= today));
    return present[0] ? [{ person, slip, posts: present, unitId: present[0].unitId }] : [];
  });
  return { rows, more: found.length > mostSlips };
}

/** Has their slip still a use? */
export function isValid(slip: NotIn['slip'], now: string): boolean {
  return slip !== null && slip.usedAt === null && slip.expiresAt > now;
}
