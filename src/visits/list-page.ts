import type { Pages } from '../../views/pages.js';
import type { House, Person } from '../context.js';
import { visitLight } from '../findings/lights.js';
import type { Words } from '../words.js';
import { byPlace, isUrgency, urgencies, urgencyOf } from './places.js';
import { mostVisits, visitsOf } from './queries.js';
import { mostOnASheet } from './sheet.js';

/** 我的核查: what waits for this inspector's verdict, by the place to go to, the most urgent place first. */
export async function visitsPage(house: House, person: Person, due: string, t: Words): Promise<Pages['visits/list']> {
  const [tree, today] = [await house.tree(), house.clock.today()];
  const found = await visitsOf(house.db.reader, person.id);
  const all = found.slice(0, mostVisits);
  const only = isUrgency(due) ? due : null;
  const rows = all.filter(({ dueOn }) => only === null || urgencyOf(dueOn, today) === only);
  const amount = (urgency: string): number => all.filter(({ dueOn }) => urgencyOf(dueOn, today) === urgency).length;
  const groups = byPlace(rows, tree, t).toSorted((one, other) => (one.rows[0]?.dueOn ?? '9999').localeCompare(other.rows[0]?.dueOn ?? '9999'));
  return {
    total: t('ledger.total', { count: all.length }), more: found.length > mostVisits ? t('visits.listMore', { most: mostVisits }) : null,
    facets: all.length === 0 ? [] : [{ label: t('verification.due.all', { count: all.length }), href: '/visits', current: only === null }, ...urgencies.filter((each) => amount(each) > 0).map((each) => ({ label: t(`verification.due.${each}`, { count: amount(each) }), href: `/visits?due=${each}`, current: only === each }))],
    groups: groups.map((group) => {
      const late = group.rows.filter(({ dueOn }) => urgencyOf(dueOn, today) === 'over').length;
      const query = `place=${group.place.id}${only === null ? '' : `&due=${only}`}`;
      return {
        id: `place-${group.place.id}`, place: group.place.label, count: late > 0 ? t('visits.countLate', { count: group.rows.length, late }) : t('visits.count', { count: group.rows.length }),
        packet: `/visits/packet?${query}`, record: `/visits/record?${query}`, note: group.rows.length > mostOnASheet ? t('visits.more', { most: mostOnASheet }) : null,
        rows: group.rows.map((row) => ({
          number: row.number, href: `/findings/${row.number}`, title: row.title, unit: tree.short(row.leadUnitId), dueOn: row.dueOn ?? '', light: visitLight(row, today, t), latest: row.latest ?? '', record: `/visits/record?n=${row.number}`,
        })),
      };
    }),
    empty: { text: t('visits.empty'), href: '/', label: t('nav.workbench') },
  };
}
