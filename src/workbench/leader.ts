import { and, eq, sql } from 'drizzle-orm';
import { findings, findingScope, findingTexts } from '../../db/schema/index.js';
import type { Figure, Pages } from '../../views/pages.js';
import { plusDays } from '../../workflows/calendar.js';
import type { House, Person } from '../context.js';
import { lightView } from '../findings/lights.js';
import { tourOf } from '../help/tour.js';
import { scopeOf } from '../findings/policy.js';
import { filtersFrom } from '../ledger-pages/filters.js';
import { pageOf, sightOf, stuckWith, viewOf } from '../ledger-pages/queries.js';
import { stuckWords } from '../findings/stuck.js';
import { unitWords } from '../findings/unit-words.js';
import { countsOf } from '../totals/counts.js';
import { totalsByOrigin, type Counted } from '../totals/totals.js';
import type { Words } from '../words.js';
import { clueFigures, figureOf, figuresOf } from './figures.js';
import { unanswered } from './instructions.js';
import { closedSince, waitingCounts } from './queries.js';
import { reportingNow } from './reporting.js';

/** As many red ones as one looks at; the figure leads to all. */
const mostRed = 15;
const week = 7;

/** 一页纸: how far my field is, which are red, why and with whom; what waits for my signature; what I asked and nobody answered. One screen of a phone, one sheet of paper. */
export async function leaderPage(house: House, person: Person, t: Words): Promise<Pages['workbench/leader']> {
  const { reader } = house.db;
  const [tree, today] = [await house.tree(), house.clock.today()];
  const scope = scopeOf(person, tree);
  const { own } = totalsByOrigin(await countsOf(reader, scope, false), today);
  const from = plusDays(today, 1 - week);
  const led = await ledSince(house, person, from);
  const mine = totalsByOrigin(led.counts, today).own;
  const closed = await closedSince(reader, scope, from);
  const counts = await waitingCounts(reader, person, tree);
  const signing = [...counts].map(([type, amount]) => ({ label: t(`queue.${type}`), amount, href: type === 'REOPEN' ? `/?event=${type}` : '/signing' }));
  return {
    tour: await tourOf(house, person, t), title: t('leader.title', { name: person.name, date: today }),
    figures: [...weekly(figuresOf(own, t)), figureOf(t, `&stage=closed&closedTo=${today}`)('closedWeek', closed, `closedFrom=${from}`, 'good')],
    mine: mine.everListed === 0 ? null : [...weekly(figuresOf(mine, t, `&${ledBy(person)}`)), figureOf(t, `&stage=closed&closedTo=${today}&${ledBy(person)}`)('closedWeek', led.closed, `closedFrom=${from}`, 'good')],
    clues: await clueFigures(house, scope, own, t),
    reporting: await reportingNow(house, person, t), red: await redRows(house, person, { led: mine.overdue, all: own.overdue }, t), redMore: own.overdue > mostRed ? t('work.more', { count: own.overdue - mostRed }) : null, redHref: '/findings?stage=open&light=red&sort=due',
    redClues: own.overdueClues > 0 ? { text: t('leader.redClues', { count: own.overdueClues }), href: '/findings?stage=suspected&light=red&sort=due' } : null,
    signing, instructions: await unanswered(house, person, t, mostRed), others: '/instructions',
  };
}

/** Of all that was ever closed a page of one week asks only for the week. */
function weekly(figures: readonly Figure[]): readonly Figure[] {
  return figures.filter((_figure, index) => index !== 2);
}

/** My field: what I am named for as the lead leader 牵头领导. */
function ledBy({ name }: Person): string {
  return new URLSearchParams({ leader: name }).toString();
}

/** What I lead, counted once and from its own index (a cross join is done in the order in which it is written): to walk through all that I may see took 7 ms at 100,000. */
async function ledSince(house: House, person: Person, from: string): Promise<{ readonly counts: readonly Counted[]; readonly closed: number }> {
  const { filters } = filtersFrom({});
  const { stage, adopted, listedOn, paused, dueOn, findingId } = findingScope;
  const of = {
    stage, adopted, paused, dueOn, listed: sql<number>`${listedOn} is not null`,
    recent: sql<number>`${stage} = 'closed' and (select ${findings.closedOn} from ${findings} where ${findings.id} = ${findingId}) >= ${from}`,
  };
  const rows = await house.db.reader.select({ ...of, amount: sql<number>`count(distinct ${findingId})` }).from(findingTexts).crossJoin(findingScope)
    .where(and(eq(findingTexts.leadLeader, person.name), eq(findingId, findingTexts.findingId), viewOf(await sightOf(house, person, filters), filters).where)).groupBy(...Object.values(of));
  const counts = rows.map((row) => ({ ...row, listed: row.listed === 1, dueOn: row.dueOn ?? '' }));
  return { counts, closed: rows.reduce((sum, { recent, amount }) => (recent === 1 ? sum + amount : sum), 0) };
}

/** The red ones, the longest overdue first, those that they lead (how many of them, and of all) before the others: which, how long, at whom and for what, and the telephone. */
async function redRows(house: House, person: Person, { led, all }: { readonly led: number; readonly all: number }, t: Words): Promise<Pages['workbench/leader']['red']> {
  const { filters } = filtersFrom({ stage: 'open', light: 'red', adopted: 'no' });
  const sight = await sightOf(house, person, filters);
  const red = async (leader: string | null) => (await pageOf(house.db.reader, viewOf(sight, { ...filters, leader }), { by: 'due', descending: false }, null, mostRed)).rows;
  const mine = new Map((led === 0 ? [] : await red(person.name)).map((row) => [row.id, row]));
  const rows = [...mine.values(), ...(all === 0 ? [] : await red(null)).filter(({ id }) => !mine.has(id))].slice(0, mostRed);
  const stuck = await stuckWith(house.db.reader, rows.map(({ id }) => id));
  return rows.map((row) => ({
    number: row.number, href: `/findings/${row.number}`, title: row.title, unit: unitWords(row, sight.tree, t), due: row.dueOn ?? '', light: lightView(row, sight.today, t),
    mine: mine.has(row.id) ? { label: t('leader.mine'), tone: 'info' } : null, stuck: stuckWords(stuck.get(row.id), sight.tree, t), latest: row.latest ?? '',
  }));
}
