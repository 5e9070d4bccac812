import type { Pages } from '../../views/pages.js';
import type { House, Person } from '../context.js';
import { officePostOf } from '../findings/policy.js';
import type { Words } from '../words.js';
import { stateOf } from './page.js';
import { meetingsOf, officesOf } from './queries.js';

const perPage = 50;

/** Meetings of the offices that somebody may know, the newest first; `before` is the id of the last one on the page above. */
export async function listPage(house: House, person: Person, before: number, t: Words): Promise<Pages['meetings/list']> {
  const tree = await house.tree();
  const rows = await meetingsOf(house.db.reader, await officesOf(house, person), before, perPage + 1);
  const last = rows[perPage - 1];
  return {
    mayPrepare: officePostOf(person) !== null,
    rows: rows.slice(0, perPage).map((row) => ({ href: `/meetings/${row.id}`, title: row.title, heldOn: row.heldOn, office: tree.short(row.officeId), items: String(row.items), decisionNumber: row.decisionNumber ?? '', state: stateOf(row, t) })),
    next: rows.length > perPage && last ? `/meetings?before=${last.id}` : null,
  };
}
