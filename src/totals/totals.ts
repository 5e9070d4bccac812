import { daysBetween } from '../../workflows/calendar.js';
import type { Stage } from '../../workflows/types.js';
import { runningStages } from '../deadlines/light.js';

/** A group of finding_counts: how many findings (or parts) of a stage are due on a date. */
export interface Counted {
  readonly stage: Stage;
  readonly adopted: boolean;
  readonly paused: boolean;
  readonly dueOn: string;
  readonly amount: number;
}

/** The figures of the ledger, each with the filter whose rows it counts. Clues are counted apart; so are adopted rows. */
export interface Totals {
  /** 应整改: listed ones that were not later unfounded, merged, transferred or withdrawn. */
  readonly founded: number;
  /** 完成整改: verified or closed. */
  readonly completed: number;
  readonly closed: number;
  readonly open: number;
  readonly overdue: number;
  readonly soon: number;
  readonly adopted: number;
  readonly clues: number;
  readonly everListed: number;
  readonly outcomes: number;
  readonly byStage: Readonly<Partial<Record<Stage, number>>>;
}

const outcomes: readonly Stage[] = ['unfounded', 'merged', 'transferred', 'withdrawn'];

/** Sums up counts as of `today`. Conservation: everything ever listed = open + closed + each other outcome. */
export function totalsOf(counts: readonly Counted[], today: string): Totals {
  const sum = (test: (count: Counted) => boolean): number => counts.reduce((all, count) => (test(count) ? all + count.amount : all), 0);
  const isOutcome = (count: Counted): boolean => outcomes.includes(count.stage);
  const founded = sum((count) => count.stage !== 'suspected' && !isOutcome(count));
  const closed = sum((count) => count.stage === 'closed');
  const byStage: Partial<Record<Stage, number>> = {};
  for (const count of counts) byStage[count.stage] = (byStage[count.stage] ?? 0) + count.amount;
  return {
    founded, closed, completed: closed + (byStage.verified ?? 0), open: founded - closed - (byStage.verified ?? 0),
    overdue: sum((count) => runs(count) && count.dueOn < today), soon: sum((count) => runs(count) && count.dueOn >= today && daysBetween(today, count.dueOn) <= 7),
    adopted: sum((count) => count.adopted), clues: byStage.suspected ?? 0, outcomes: sum(isOutcome), everListed: sum((count) => count.stage !== 'suspected'), byStage,
  };
}

function runs(count: Counted): boolean {
  return runningStages.includes(count.stage) && count.stage !== 'suspected' && !count.paused && count.dueOn !== '';
}
