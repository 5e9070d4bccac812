import { changeset, deleteRows, insertRow, updateRow } from '../../db/changeset.js';
import { ConflictError, StaleError } from '../../db/errors.js';
import { retried } from '../../db/retried.js';
import { commandKeys, reportingPeriods } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { ChangedError, InvalidError, RefusedError } from '../errors.js';
import { commandKeyOf } from '../findings/commands/key.js';
import { findingQueries } from '../findings/queries.js';
import { recorded, type StreamEvent } from '../ledger/stream.js';
import { mostPlanned, overlapped, type Period, type PlannedPeriod } from './periods.js';
import { periodsOf } from './period-queries.js';

/** Adds periods to a campaign, all or none; a second sending of the form adds none. Throws InvalidError when one overlaps another, is cut off already, or would take in what was late for another. */
export async function addPeriods(house: House, by: Person, campaignId: number, planned: readonly PlannedPeriod[], key: string): Promise<void> {
  const once = commandKeyOf(by, 'periods', key);
  if (await findingQueries(house.db.reader).commandKey(once)) return;
  try {
    await retried(async () => {
      const { first, statement } = await takeNumbers(house.db.reader, 'reporting_periods', planned.length);
      await recorded(house, fact('PeriodAdded', by, { campaignId, first, periods: planned }), async () => {
        const kept = await periodsOf(house.db.reader, campaignId);
        const wrong = faultsOfPlan(kept, planned, house.clock.occurring());
        if (wrong.length > 0) throw new InvalidError(wrong);
        const rows = planned.map((each, index) => insertRow(reportingPeriods, { id: first + index, campaignId, ...each }, 'period'));
        return changeset(insertRow(commandKeys, { key: once, personId: by.id, location: '/reporting/periods', at: house.clock.now() }, 'command key'), statement, ...rows);
      });
    });
  } catch (error) {
    if (error instanceof ConflictError && error.statement === 'command key') return;
    if (error instanceof ConflictError && error.statement === 'period') throw new InvalidError([fault('overlaps', 'opensOn', { period: '' })]);
    throw error;
  }
}

/** What is wrong with a plan beside the periods that are kept, and in itself. */
export function faultsOfPlan(kept: readonly Period[], planned: readonly PlannedPeriod[], now: string): readonly Refusal[] {
  if (planned.length === 0) return [fault('none', 'to')];
  if (planned.length > mostPlanned) return [fault('tooMany', 'to', { most: mostPlanned })];
  const begun = kept.some(({ opensAt }) => opensAt <= now);
  return planned.flatMap((each, index) => {
    const beside = [...kept, ...planned.slice(0, index)];
    const other = overlapped(beside, each);
    return [
      ...(each.opensAt >= each.cutOffAt ? [fault('endsFirst', 'cutOffOn', { period: each.name })] : []), ...(each.cutOffAt <= now ? [fault('past', 'cutOffOn', { period: each.name })] : []),
      ...(other ? [fault('overlaps', 'opensOn', { period: other.name })] : []), ...(begun && each.opensAt < now ? [fault('opensPast', 'opensOn', { period: each.name })] : []),
      ...(beside.some(({ name }) => name === each.name) ? [fault('sameName', 'name', { period: each.name })] : []),
    ];
  });
}

/** Changes a period that is not cut off yet; one that has opened keeps its opening. Throws RefusedError (state) when it was cut off, InvalidError with every fault, and when somebody else was quicker. */
export async function changePeriod(house: House, by: Person, period: Period, version: number, next: PlannedPeriod): Promise<void> {
  await unlessStale(new InvalidError([fault('changed', 'name', { period: period.name })]), () => retried(() => recorded(house, fact('PeriodChanged', by, { id: period.id, ...next }), async () => {
    const now = house.clock.occurring();
    mustBeOpen(period, now);
    const others = (await periodsOf(house.db.reader, period.campaignId)).filter(({ id }) => id !== period.id);
    const moved = period.opensAt <= now && next.opensAt !== period.opensAt ? [fault('opened', 'opensOn', { period: period.name })] : [];
    const wrong = [...moved, ...faultsOfPlan(others, [next], now).filter(({ rule }) => rule !== 'period.opensPast' || next.opensAt !== period.opensAt)];
    if (wrong.length > 0) throw new InvalidError(wrong);
    return changeset(updateRow(reportingPeriods, { name: next.name, opensAt: next.opensAt, cutOffAt: next.cutOffAt, version: version + 1 }, { id: period.id, version, closedAt: null }, periodName));
  })));
}

/** Takes away a period that has not opened yet. Throws RefusedError (state) when it has: what was late for the one before would no longer be; ChangedError when somebody else was quicker. */
export async function removePeriod(house: House, by: Person, period: Period, version: number): Promise<void> {
  const { id, name, opensAt, cutOffAt } = period;
  await unlessStale(new ChangedError('the period changed', {}), () => retried(() => recorded(house, fact('PeriodRemoved', by, { id, name, opensAt, cutOffAt }), () => {
    const now = house.clock.occurring();
    mustBeOpen(period, now);
    if (opensAt <= now) throw new RefusedError('state', [{ rule: 'period.begun', kind: 'state', params: { period: name }, field: null }]);
    return Promise.resolve(changeset(deleteRows(reportingPeriods, { id, version, closedAt: null }, periodName, 1)));
  })));
}

const periodName = 'period';

/** Throws RefusedError (state) for a period that was cut off. */
export function mustBeOpen({ name, cutOffAt }: Period, now: string): void {
  if (cutOffAt <= now) throw new RefusedError('state', [{ rule: 'period.cutOff', kind: 'state', params: { period: name }, field: null }]);
}

async function unlessStale(stale: InvalidError | ChangedError, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (error instanceof StaleError && error.statement === periodName) throw stale;
    throw error;
  }
}

function fact(type: StreamEvent['type'], by: Person, payload: StreamEvent['payload']): StreamEvent {
  return { stream: 'proceedings', type, actorId: by.id, actorName: by.name, payload };
}

function fault(rule: string, field: string, params: Refusal['params'] = {}): Refusal {
  return { rule: `period.${rule}`, kind: 'input', params, field };
}
