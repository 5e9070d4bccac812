import type { Stage } from '../../workflows/finding.js';
import { outcomes } from '../../workflows/stages.js';
import { runningStages } from '../deadlines/light.js';

/** A group of finding_counts: how many findings (or parts) of a stage are due on a date. */
export interface Counted {
  readonly stage: Stage;
  readonly adopted: boolean;
  /** it has stood in the ledger; a clue has not, nor has one that was dismissed as a clue. */
  readonly listed: boolean;
  readonly paused: boolean;
  readonly dueOn: string;
  readonly amount: number;
}

/** The figures of the ledger, each with the filter whose rows it counts. Clues, open and dismissed, are counted apart. */
export interface Totals {
  /** 应整改: listed ones that were not later unfounded, merged, transferred or withdrawn. */
  readonly founded: number;
  /** 完成整改: verified or closed. */
  readonly completed: number;
  readonly closed: number;
  readonly open: number;
  readonly overdue: number;
  /** still being checked or judged. */
  readonly clues: number;
  /** clues whose check is overdue. */
  readonly overdueClues: number;
  /** clues that were found to be nothing, and never listed. */
  readonly dismissed: number;
  readonly everListed: number;
  /** listed once, and unfounded, merged, transferred or withdrawn since. */
  readonly outcomes: number;
  readonly byStage: Readonly<Partial<Record<Stage, number>>>;
}

/** What was listed and verified here, and beside it what was taken over from an older ledger: never added up. */
export function totalsByOrigin(counts: readonly Counted[], today: string): { readonly own: Totals; readonly adopted: Totals } {
  return { own: totalsOf(counts.filter((count) => !count.adopted), today), adopted: totalsOf(counts.filter((count) => count.adopted), today) };
}

/** Sums up counts as of `today`. Conservation: everything ever listed = open + completed + each other outcome. */
export function totalsOf(counts: readonly Counted[], today: string): Totals {
  const sum = (test: (count: Counted) => boolean): number => counts.reduce((all, count) => (test(count) ? all + count.amount : all), 0);
  const isOutcome = (count: Counted): boolean => outcomes.includes(count.stage);
  const founded = sum((count) => count.listed && !isOutcome(count));
  const closed = sum((count) => count.stage === 'closed');
  const byStage: Partial<Record<Stage, number>> = {};
  for (const count of counts) byStage[count.stage] = (byStage[count.stage] ?? 0) + count.amount;
  const completed = closed + (byStage.verified ?? 0);
  return {
    founded, closed, completed, open: founded - completed,
    overdue: sum((count) => runs(count) && count.dueOn < today),
    clues: sum((count) => count.stage === 'suspected'), overdueClues: sum((count) => count.stage === 'suspected' && !count.paused && count.dueOn !== '' && count.dueOn < today), dismissed: sum((count) => !count.listed && isOutcome(count)),
    outcomes: sum((count) => count.listed && isOutcome(count)), everListed: sum((count) => count.listed), byStage,
  };
}

function runs(count: Counted): boolean {
  return runningStages.includes(count.stage) && count.stage !== 'suspected' && !count.paused && count.dueOn !== '';
}
