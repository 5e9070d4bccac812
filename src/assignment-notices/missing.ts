import { retried } from '../../db/retried.js';
import type { House, Person } from '../context.js';
import { findingQueries } from '../findings/queries.js';
import { issued } from './issue.js';
import { withoutNotice } from './queries.js';

/** 补开: issues the notices of what an office handed over one by one, one for each unit; answers for how many findings. */
export function issueMissing(house: House, person: Person, officeId: number): Promise<number> {
  return retried(async () => {
    const queries = findingQueries(house.db.reader);
    const open = await Promise.all((await withoutNotice(house.db.reader, officeId)).map(async ({ id, event }) => ({ event, found: await queries.byId(id) })));
    const handed = open.flatMap(({ event, found }) => (found ? [{ event, loaded: found }] : []));
    if (handed.length > 0) await house.db.commit(await issued(house, person, handed));
    return handed.length;
  });
}
