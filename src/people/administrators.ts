import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import { updateRow, type Statement } from '../../db/changeset.js';
import type { Reader } from '../../db/database.js';
import { people, posts } from '../../db/schema/index.js';
import { InvalidError } from '../errors.js';
import type { UnitTree } from '../organisation/tree.js';
import type { PostForm } from './posts.js';
import { rootUnits } from './scope.js';

/**
 * Somebody must always be left who administers everything: not disabled, with a post at the root that does not run out. Answers with statements that hold only while
 * that other administrator stays one, so that two cannot remove each other at the same moment. Throws InvalidError when there is none.
 */
export async function anotherAdministrator(reader: Reader, personId: number, tree: UnitTree): Promise<readonly Statement[]> {
  const [other] = await reader.select({ personId: people.id, postId: posts.id }).from(posts).innerJoin(people, eq(people.id, posts.personId))
    .where(and(eq(posts.role, 'admin'), inArray(posts.unitId, [...rootUnits(tree)]), isNull(posts.untilOn), isNull(people.disabledOn), ne(people.id, personId))).limit(1);
  if (!other) throw new InvalidError([{ rule: 'people.lastAdministrator', kind: 'input', params: {}, field: 'posts' }]);
  return [
    updateRow(people, { disabledOn: null }, { id: other.personId, disabledOn: null }, otherAdministrator),
    updateRow(posts, { role: 'admin' }, { id: other.postId, role: 'admin', untilOn: null }, otherAdministrator),
  ];
}

/** Do these posts make an administrator of everything, for good? */
export function isAdministrator(held: readonly PostForm[], tree: UnitTree): boolean {
  const roots = rootUnits(tree);
  return held.some((post) => post.role === 'admin' && post.untilOn === null && roots.includes(post.unitId));
}

export const otherAdministrator = 'the other administrator';
