import type { Person, Post } from '../context.js';

/** One page of help for each way of working here; handlers and heads share one, since they do one work. */
export const guides = ['office', 'unit', 'sector', 'inspector', 'leader', 'admin', 'auditor'] as const;
export type Guide = (typeof guides)[number];

const guideOfRole: Readonly<Record<Post['role'], Guide>> = { office: 'office', handler: 'unit', head: 'unit', sector: 'sector', inspector: 'inspector', leader: 'leader', admin: 'admin', auditor: 'auditor' };

/** The guides of somebody's posts, in the order of the list. */
export function guidesOf(person: Pick<Person, 'posts'>): readonly Guide[] {
  const own = new Set(person.posts.map(({ role }) => guideOfRole[role]));
  return guides.filter((guide) => own.has(guide));
}

/** How many pages and papers a guide explains by their names: their words are `help.<guide>.topic.<n>`, and `.what`. */
export const topics: Readonly<Record<Guide, number>> = { office: 6, unit: 3, sector: 0, inspector: 3, leader: 0, admin: 0, auditor: 0 };

/** How many things a guide says one does day by day, and how many questions it answers: their words are `help.<guide>.day.<n>` and so on. */
export const days = 4;
export const questions = 5;
