import type { Pages } from '../../views/pages.js';
import type { House, Person } from '../context.js';
import { lightView } from '../findings/lights.js';
import type { Stuck } from '../findings/stuck.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { addressOf, filtersFrom, ignoredNotice } from './filters.js';
import { pageOf, sightOf, stuckWith, viewOf, type ListRow } from './queries.js';

type Page = Pages['findings/reminder'];

/** More than these are no message any more. */
const mostRows = 500;
/** Letters of a problem in a line of a chat. */
const titleLetters = 24;

/** A row that waits for a unit. */
interface Held {
  readonly row: ListRow;
  readonly stuck: Stuck;
}

/** 催办: what of a view waits for whom, as texts that an office copies into its chats: one for all, one for each unit, each with its telephone. What waits for the office itself is only counted. */
export async function reminderPage(house: House, person: Person, query: Readonly<Record<string, unknown>>, t: Words): Promise<Page> {
  const { filters, order, ignored } = filtersFrom(query);
  const sight = await sightOf(house, person, filters);
  const { rows, more } = await pageOf(house.db.reader, viewOf(sight, filters), order, null, mostRows);
  const stuck = await stuckWith(house.db.reader, rows.map(({ id }) => id));
  const held = byHolder(rows.flatMap((row) => { const holder = stuck.get(row.id); return holder ? [{ row, stuck: holder }] : []; }), person);
  const today = house.clock.today();
  const units = [...held].map(([id, some]) => ({ id: `reminder-${id}`, unit: sight.tree.short(id), phone: sight.tree.unit(id)?.phone ?? '', amount: some.length, lines: linesOf(id, some, sight.tree, today, t) }));
  const text = (of: typeof units): string => [t('reminder.head', { date: today }), ...of.flatMap(({ lines }) => lines), t('reminder.end')].join('\n');
  const told = units.reduce((sum, { amount }) => sum + amount, 0);
  return {
    ignored: ignoredNotice(ignored, t), title: t('reminder.title'), about: t('reminder.about', { count: told, units: units.length }), beside: told < rows.length ? t('reminder.beside', { count: rows.length - told }) : null, more: more ? t('reminder.more', { most: mostRows }) : null,
    back: addressOf(filters, order), empty: units.length === 0 ? t('reminder.empty') : null,
    texts: units.length === 0 ? [] : [...(units.length > 1 ? [textView('reminder-all', t('reminder.all'), text(units))] : []), ...units.map((each) => textView(each.id, [each.unit, t('reminder.amount', { count: each.amount }), each.phone].filter(Boolean).join(' '), text([each])))],
  };
}

/** By the unit that must act, in the order of the view. What waits for a unit in which the person works themselves is no matter of a reminder. */
function byHolder(rows: readonly Held[], { posts }: Pick<Person, 'posts'>): ReadonlyMap<number, readonly Held[]> {
  const found = new Map<number, Held[]>();
  for (const each of rows) {
    const { unitId } = each.stuck;
    if (unitId !== null && !posts.some((post) => post.unitId === unitId)) found.set(unitId, [...(found.get(unitId) ?? []), each]);
  }
  return found;
}

function linesOf(unitId: number, rows: readonly Held[], tree: UnitTree, today: string, t: Words): readonly string[] {
  const lines = rows.map(({ row, stuck }) => t(row.dueOn === null ? 'reminder.line' : 'reminder.lineDue', { number: row.number, title: short(row.title), what: t(`queue.${stuck.event}`), due: row.dueOn ?? '', light: lightView(row, today, t).label }));
  return [t('reminder.unit', { unit: tree.short(unitId), count: rows.length }), ...lines];
}

function short(title: string): string {
  const letters = [...title.replaceAll(/\s+/gu, ' ')];
  return letters.length > titleLetters ? `${letters.slice(0, titleLetters - 1).join('')}…` : letters.join('');
}

function textView(id: string, label: string, text: string): Page['texts'][number] {
  return { id, label, text, rows: Math.min(14, text.split('\n').length + 1) };
}
