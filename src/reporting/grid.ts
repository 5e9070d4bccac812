import { availability } from '../../workflows/step.js';
import { definitionOf } from '../../workflows/registry.js';
import type { House, Person } from '../context.js';
import { actorsOf } from '../findings/actors.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import { filtersFrom } from '../ledger-pages/filters.js';
import { pageOf, sightOf, viewOf } from '../ledger-pages/queries.js';

/** As many as a page can hold and a person can write about; more are named. */
export const mostRows = 200;

/** Everything on which this person may report now, findings and parts, the earliest deadline first; and whether there was more than fits. */
export async function reportable(house: House, person: Person): Promise<{ readonly rows: readonly Loaded[]; readonly more: boolean }> {
  const { filters } = filtersFrom({ stage: ['rectifying', 'continuing'] });
  const sight = await sightOf(house, person, filters);
  const [tree, today, queries] = [await house.tree(), house.clock.today(), findingQueries(house.db.reader)];
  const rows: Loaded[] = [];
  let more = false;
  for (const parts of [false, true]) {
    const page = await pageOf(house.db.reader, viewOf(sight, { ...filters, parts }), { by: 'due', descending: false }, null, mostRows);
    more ||= page.more;
    for (const { id } of page.rows) {
      const loaded = await queries.byId(id);
      if (loaded && mayReport(loaded)) rows.push(loaded);
    }
  }
  const due = ({ row }: Loaded): string => row.dueOn ?? '9999-12-31';
  const sorted = rows.toSorted((one, other) => due(one).localeCompare(due(other)) || one.row.number.localeCompare(other.row.number));
  return { rows: sorted.slice(0, mostRows), more: more || sorted.length > mostRows };

  function mayReport({ row, snapshot }: Loaded): boolean {
    return availability(definitionOf(row.workflow), snapshot, actorsOf(person, snapshot.context, tree), today).some(({ event, allowed }) => event === 'REPORT' && allowed);
  }
}
