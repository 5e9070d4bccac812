import { setImmediate } from 'node:timers/promises';
import { availability } from '../../workflows/step.js';
import { definitionOf } from '../../workflows/registry.js';
import type { Actor } from '../../workflows/actor.js';
import type { House, Person } from '../context.js';
import { actorsOf } from '../findings/actors.js';
import { originalNumbers } from '../findings/origins.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import type { UnitTree } from '../organisation/tree.js';
import { draftKey, draftsOf, type ReportDraft } from './drafts.js';
import { duesShown, markOf, tallies, totalOf, type DueSight, type Mark, type Tally } from './dues.js';
import { lastReports, type LastReport } from './last-reports.js';
import { ownFindings } from './own-findings.js';
import { currentPeriods, type PeriodOfCampaign } from './period-queries.js';

/** As many as a page can hold and a person can write about; more are named. */
export const mostRows = 200;

/** A finding on which somebody may report now. */
export interface GridRow {
  readonly loaded: Loaded;
  /** the unit for which they report. */
  readonly unitId: number;
  readonly original: string;
  readonly last: LastReport | null;
  readonly draft: ReportDraft | null;
  /** what became of it in the current period; null where none is owed. */
  readonly mark: Mark | null;
}

/** A current period of a campaign, and what of it is there. */
export interface OwnPeriod extends PeriodOfCampaign {
  readonly total: Omit<Tally, 'unitId'>;
}

export interface Grid {
  readonly rows: readonly GridRow[];
  /** there are more than fit. */
  readonly more: boolean;
  readonly periods: readonly OwnPeriod[];
}

/** Everything on which this person may report now, findings and parts, the earliest deadline first; or only what is missing in the current periods. */
export async function gridOf(house: House, person: Person, onlyMissing: boolean): Promise<Grid> {
  const { periods, marks } = await currentMarks(house, person);
  const found = await reportable(house, person, onlyMissing ? [...marks].filter(([, mark]) => mark === 'missing').map(([id]) => id) : null);
  const shown = found.slice(0, mostRows);
  const ids = shown.map(({ loaded }) => loaded.row.id);
  const [drafts, originals, last] = [await draftsOf(house.db.reader, ids, ownUnits(person)), await originalNumbers(house.db.reader, ids), await lastReports(house.db.reader, ids)];
  return {
    rows: shown.map(({ loaded, unitId }) => ({ loaded, unitId, original: originals.get(loaded.row.id) ?? '', last: last.get(loaded.row.id) ?? null, draft: drafts.get(draftKey({ findingId: loaded.row.id, unitId })) ?? null, mark: marks.get(loaded.row.id) ?? null })),
    more: found.length > mostRows, periods,
  };
}

/** Findings loaded in one turn; then other people's pages come in between. */
const piece = 50;

/** What may be reported on, until it is more than fits: whoever may not report on some, since they verified them, has those behind them. */
async function reportable(house: House, person: Person, only: readonly number[] | null): Promise<readonly Pick<GridRow, 'loaded' | 'unitId'>[]> {
  const [tree, today] = [await house.tree(), house.clock.today()];
  const ids = await ownFindings(house.db.reader, ownUnits(person), only);
  const found: Pick<GridRow, 'loaded' | 'unitId'>[] = [];
  for (let from = 0; from < ids.length && found.length <= mostRows; from += piece) {
    if (from > 0) await setImmediate();
    for (const loaded of await findingQueries(house.db.reader).byIds(ids.slice(from, from + piece))) {
      const unitId = reportingUnit(loaded, person, tree, today);
      if (unitId !== null) found.push({ loaded, unitId });
    }
  }
  return found;
}

/** For which of the person's units they may report on it now: the one that leads, before one that supports. Null when they may not. */
export function reportingUnit({ row, snapshot }: Loaded, person: Person, tree: UnitTree, today: string): number | null {
  const actors = actorsOf(person, snapshot.context, tree).filter(({ role }) => reporters.includes(role));
  const may = (actor: Actor): boolean => availability(definitionOf(row.workflow), snapshot, [actor], today).some(({ event, allowed }) => event === 'REPORT' && allowed);
  const leading = (actor: Actor): number => (actor.relations.includes('lead') ? 0 : 1);
  return actors.toSorted((one, other) => leading(one) - leading(other)).find(may)?.unitId ?? null;
}

const reporters: readonly Actor['role'][] = ['handler', 'head'];

export function ownUnits({ posts }: Pick<Person, 'posts'>): readonly number[] {
  return [...new Set(posts.filter(({ role }) => reporters.includes(role)).map(({ unitId }) => unitId))];
}

/** What the person's own units owe in the current periods, and what became of it. */
export async function currentMarks(house: House, person: Person): Promise<{ readonly periods: readonly OwnPeriod[]; readonly marks: ReadonlyMap<number, Mark> }> {
  const units = ownUnits(person);
  const sight: DueSight = { scope: units, units, whole: false };
  const periods: OwnPeriod[] = [];
  const marks = new Map<number, Mark>();
  for (const each of units.length === 0 ? [] : await currentPeriods(house.db.reader, house.clock.occurring())) {
    const total = totalOf(await tallies(house.db.reader, each.period, sight, house.clock.occurring()));
    if (total.owed === 0) continue;
    periods.push({ ...each, total });
    // The missing ones first: of a unit with more than a page holds, they are what it looks for.
    for (const mark of ['missing', 'late', 'inTime'] as const) for (const due of await duesShown(house.db.reader, each.period, sight, { mark, unitId: null, limit: 5 * mostRows, offset: 0 })) marks.set(due.findingId, markOf(due));
  }
  return { periods, marks };
}
