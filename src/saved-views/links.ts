import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm';
import { savedViews } from '../../db/schema/index.js';
import type { Way } from '../../views/pages.js';
import type { House, Person } from '../context.js';
import { lists } from '../ledger-pages/column-keys.js';
import { addressOf, type Filters, type Order } from '../ledger-pages/filters.js';
import type { Words } from '../words.js';

export type SavedView = typeof savedViews.$inferSelect;

/** One's own views and those that an office shares with whoever is in its jurisdiction, by name. */
export async function viewsFor(house: House, person: Person): Promise<readonly SavedView[]> {
  const tree = await house.tree();
  const offices = tree.all.filter((unit) => unit.kind === 'office' && person.posts.some(({ unitId }) => tree.within(unitId, tree.jurisdictionOf(unit.id)))).map(({ id }) => id);
  const own = and(eq(savedViews.personId, person.id), isNull(savedViews.officeId));
  return house.db.reader.select().from(savedViews).where(offices.length > 0 ? or(own, inArray(savedViews.officeId, offices)) : own).orderBy(asc(savedViews.name), asc(savedViews.id)).limit(200);
}

/** The links above the ledger: saved views, shared ones, and the five lists of the view that is shown. */
export async function viewLinks(house: House, person: Person, filters: Filters, order: Order, t: Words): Promise<readonly { readonly label: string; readonly ways: readonly Way[] }[]> {
  const here = addressOf(filters, order);
  const views = await viewsFor(house, person);
  const way = (label: string, href: string): Way => ({ label, href, current: href === here });
  const saved = (label: string, rows: readonly SavedView[]) => (rows.length === 0 ? [] : [{ label, ways: rows.map(({ name, query }) => way(name, query ? `/findings?${query}` : '/findings')) }]);
  return [
    ...saved(t('views.mine'), views.filter(({ officeId }) => officeId === null)), ...saved(t('views.shared'), views.filter(({ officeId }) => officeId !== null)),
    { label: t('views.lists'), ways: Object.entries(lists).map(([key, columns]) => way(t(`views.list.${key}`), addressOf({ ...filters, columns }, order))) },
  ];
}
