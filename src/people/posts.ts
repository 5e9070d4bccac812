import type { Refusal } from '../../workflows/types.js';
import type { Post } from '../context.js';
import type { UnitTree } from '../organisation/tree.js';

/** A post as a form names it. */
export interface PostForm {
  readonly role: Post['role'];
  readonly unitId: number;
  readonly kind: Post['kind'];
  readonly untilOn: string | null;
  /** the first day; without it, from the day on which it is given. */
  readonly fromOn?: string | null;
}

/** As many as a form shows, and nobody has more: a form that shows fewer than there are would take the rest away. */
export const mostPosts = 8;

/** A post that somebody holds already. */
export interface HeldPost extends PostForm {
  readonly id: number;
}

/**
 * What is wrong with somebody's posts: units that are not there, an office post where there is no office (what it lists would be hosted by a unit that decides nothing), and 三员分立: who
 * administers or audits does nothing else.
 */
export function postFaults(wanted: readonly PostForm[], held: readonly HeldPost[], tree: UnitTree): readonly Refusal[] {
  const faults: Refusal[] = wanted.flatMap((post, index) => {
    const unit = tree.unit(post.unitId);
    if (held.some((each) => isSame(each, post)) && unit) return [];
    if (unit?.disabledOn === null && (post.role !== 'office' || unit.kind === 'office')) return [];
    return [{ rule: unit?.disabledOn === null ? 'people.officeOnly' : 'people.unit', kind: 'input', params: { row: index + 1 }, field: 'posts' }];
  });
  wanted.forEach((post, index) => {
    if (wanted.findIndex((each) => isSame(each, post)) < index) faults.push({ rule: 'people.twice', kind: 'input', params: { row: index + 1 }, field: 'posts' });
  });
  if (wanted.length > mostPosts) faults.push({ rule: 'people.tooMany', kind: 'input', params: { most: mostPosts }, field: 'posts' });
  const duties = new Set(wanted.map(({ role }) => (role === 'admin' || role === 'auditor' ? role : 'findings')));
  return duties.size > 1 ? [...faults, { rule: 'people.combined', kind: 'input', params: {}, field: 'posts' }] : faults;
}

/** One and the same post, whatever its dates. */
export function isSame(one: PostForm, other: PostForm): boolean {
  return one.role === other.role && one.unitId === other.unitId && one.kind === other.kind;
}

/** Are these the same posts with the same end? */
export function sameAll(wanted: readonly PostForm[], held: readonly HeldPost[]): boolean {
  return wanted.length === held.length && wanted.every((post) => held.some((each) => isSame(each, post) && each.untilOn === post.untilOn));
}
