import { current } from '../../../workflows/registry.js';
import { carriedBy, step } from '../../../workflows/step.js';
import type { Effect, StepResult } from '../../../workflows/types.js';
import type { House } from '../../context.js';
import { RefusedError } from '../../errors.js';
import type { UnitTree } from '../../organisation/tree.js';
import { findingQueries, type Loaded } from '../queries.js';
import type { Draft } from './draft.js';
import { filedUnder, firstWrites } from './list.js';
import { systemEvent } from './system-event.js';

type Moved = Extract<StepResult, { kind: 'moved' }>;
type NewPiece = Extract<Effect, { type: 'createPiece' }>;

/** Lists what is split off, in the changeset of the split: findings of their own, with numbers of their own, of the same source. */
export async function draftPieces(house: House, draft: Draft, tree: UnitTree, { row }: Loaded, moved: Moved, news: readonly NewPiece[]): Promise<void> {
  const origin = (await findingQueries(house.db.reader).sources(row.id)).find(({ source }) => source.id === row.sourceId);
  const first = await draft.take('findings', news.length);
  const { campaignId, categoryId, channel } = row;
  for (const [index, { number }] of news.entries()) {
    const { title, description } = pieceOf(moved.event.data['pieces'], index);
    const one = { sourceId: row.sourceId, originalNumber: origin?.originalNumber ?? '', verbatim: origin?.verbatim ?? '', campaignId, categoryId };
    const listing = { ...inherited(moved), number, title, description, splitFrom: row.number, filed: filedUnder(one, channel, description) };
    const listed = step(current, null, systemEvent(house, 'LIST', listing), await house.calendar());
    if (listed.kind === 'refused') throw new RefusedError('input', listed.refusals);
    const begun = firstWrites(house, tree, listed, { id: first + index, parentId: null, clue: false, channel, confidential: origin?.source.confidential ?? false, one });
    draft.write(begun.changeset, begun.loaded);
  }
}

/** What every piece has of the whole: who decides, how grave it is, by what switches, and whom the list names. */
function inherited({ snapshot: { context } }: Moved): Readonly<Record<string, unknown>> {
  return {
    // Whoever is bound by what they did on the whole is bound on the piece.
    marks: carriedBy(current.carried.others, context), severity: context.severity, switches: context.switches, hostOfficeId: context.hostOfficeId, requirement: context.requirement, closureStandard: context.closureStandard,
    ...(context.rectificationType ? { rectificationType: context.rectificationType } : {}), ...(context.deadline ? { deadline: context.deadline } : {}), ...(context.suggestedUnitId ? { leadUnitId: context.suggestedUnitId } : {}),
    responsibleUnitIds: context.suggestedResponsibleIds, supportingUnitIds: context.suggestedSupportingIds,
  };
}

function pieceOf(pieces: unknown, index: number): { readonly title: string; readonly description: string } {
  const row: unknown = Array.isArray(pieces) ? pieces[index] : undefined;
  const own = (name: string): string => { const value: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, name) : ''; return typeof value === 'string' ? value : ''; };
  return { title: own('title'), description: own('description') };
}
