import { and, eq, inArray, sql } from 'drizzle-orm';
import { findingScope, findings } from '../../db/schema/index.js';
import type { Figure, Tone } from '../../views/pages.js';
import type { House } from '../context.js';
import { clueCounts } from '../ledger-pages/counts.js';
import { percentage } from '../totals/rates.js';
import type { Totals } from '../totals/totals.js';
import type { Words } from '../words.js';

/** 应整改 33 | 完成整改 27 (81.82%) | …: every figure links to a list with exactly that many rows; `also` narrows these, as the address of the ledger says it. */
export function figuresOf(totals: Totals, t: Words, also = ''): readonly Figure[] {
  const figure = figureOf(t, `&adopted=no${also}`);
  return [
    figure('founded', totals.founded, 'stage=founded', 'plain'),
    figure('completed', totals.completed, 'stage=completed', 'good', `(${percentage(totals.completed, totals.founded)})`),
    figure('closed', totals.closed, 'stage=closed', 'good', `(${percentage(totals.closed, totals.founded)})`),
    figure('open', totals.open, 'stage=open', 'plain'), ...(totals.byStage.listed ? [figure('toAssign', totals.byStage.listed, 'stage=listed', 'warn')] : []),
    figure('overdue', totals.overdue, 'stage=open&light=red', 'bad', totals.founded > 0 ? `(${percentage(totals.overdue, totals.founded)})` : null),
    ...(totals.outcomes > 0 ? [figure('outcomes', totals.outcomes, 'stage=outcomes&listed=yes', 'plain')] : []),
  ];
}

/** Rows of an older ledger in a line of their own: what they say was closed was not verified here. */
export function adoptedFigures(totals: Totals, t: Words): readonly Figure[] {
  if (totals.everListed === 0) return [];
  const figure = figureOf(t, '&adopted=yes');
  return [
    figure('adopted', totals.everListed, 'listed=yes', 'plain'), figure('closed', totals.closed, 'stage=closed', 'plain'),
    figure('open', totals.open, 'stage=open', 'plain'), figure('overdue', totals.overdue, 'stage=open&light=red', 'bad'),
  ];
}

/** Parts are counted in items (项), never added to findings (件): one finding may have six. */
export function partFigures(totals: Totals, t: Words): readonly Figure[] {
  if (totals.everListed === 0) return [];
  const figure = figureOf(t, '&kind=parts');
  return [
    figure('parts', totals.founded, 'stage=founded', 'plain'), figure('completed', totals.completed, 'stage=completed', 'good', `(${percentage(totals.completed, totals.founded)})`),
    figure('open', totals.open, 'stage=open', 'plain'), figure('overdue', totals.overdue, 'stage=open&light=red', 'bad'),
  ];
}

/** One figure of the ledger, by its word `work.<key>` and the filter whose rows it counts. */
export function figureOf(t: Words, also: string): (key: string, value: number, query: string, tone: Tone, note?: string | null) => Figure {
  return (key, value, query, tone, note = null) => ({ label: t(`work.${key}`), value: String(value), note, href: `/findings?${query}${also}`, tone: value > 0 ? tone : 'plain' });
}

/** Clues are counted in a line of their own, by where they stand. */
export async function clueFigures(house: House, scope: readonly number[], totals: Totals, t: Words): Promise<readonly Figure[]> {
  if (totals.clues + totals.dismissed === 0) return [];
  const [only] = scope;
  const amounts = scope.length === 1 && only !== undefined ? await clueCounts(house.db.reader, only) : await cluesSeen(house, scope);
  return [
    { label: t('work.clues'), value: String(totals.clues), note: null, href: '/findings?stage=suspected', tone: 'plain' },
    ...(['toCheck', 'checking', 'checked'] as const).map((state): Figure => ({ label: t(`work.${state}`), value: String(amounts[state]), note: null, href: `/findings?stage=suspected&state=suspected.${state}`, tone: 'plain' })),
    ...(totals.overdueClues > 0 ? [{ label: t('work.overdue'), value: String(totals.overdueClues), note: null, href: '/findings?stage=suspected&light=red', tone: 'bad' } as const] : []),
    ...(totals.dismissed > 0 ? [{ label: t('work.dismissed'), value: String(totals.dismissed), note: null, href: '/findings?stage=outcomes&listed=no', tone: 'plain' } as const] : []),
  ];
}

/** Seen through several units a clue counts once: only then are they counted from the rows. */
async function cluesSeen(house: House, scope: readonly number[]): Promise<Awaited<ReturnType<typeof clueCounts>>> {
  const rows = await house.db.reader.select({ state: findings.state, amount: sql<number>`count(distinct ${findingScope.findingId})` }).from(findingScope).innerJoin(findings, eq(findings.id, findingScope.findingId))
    .where(and(inArray(findingScope.unitId, [...scope]), eq(findingScope.isPart, false), eq(findingScope.stage, 'suspected'))).groupBy(findings.state);
  const of = (state: string): number => rows.find((row) => row.state === `suspected.${state}`)?.amount ?? 0;
  return { toCheck: of('toCheck'), checking: of('checking'), checked: of('checked') };
}
