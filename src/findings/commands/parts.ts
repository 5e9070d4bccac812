import { together } from '../../../db/changeset.js';
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
import { writesOf } from './write.js';

type Moved = Extract<StepResult, { kind: 'moved' }>;
type NewPart = Extract<Effect, { type: 'createPart' }>;

/** Lists and assigns each new part, in the changeset of its parent's event: a finding of its own with the parent's number, -01 and on. */
export async function draftParts(house: House, draft: Draft, tree: UnitTree, parent: Loaded, moved: Moved, news: readonly NewPart[]): Promise<void> {
  const texts = await findingQueries(house.db.reader).texts(parent.row.id);
  const first = await draft.take('findings', news.length);
  const calendar = await house.calendar();
  const { sourceId, campaignId, categoryId, channel } = parent.row;
  for (const [index, part] of news.entries()) {
    const one = { sourceId, originalNumber: part.number, verbatim: '', campaignId, categoryId };
    const listed = accepted(step(current, null, systemEvent(house, 'LIST', { ...listingOf(tree, moved, part, texts?.description ?? ''), filed: filedUnder(one, channel, null) }), calendar));
    const begun = firstWrites(house, tree, listed, { id: first + index, parentId: parent.row.id, clue: false, channel, confidential: false, one });
    const assigned = accepted(step(current, listed.snapshot, systemEvent(house, 'ASSIGN', assignmentOf(moved, part, index)), calendar));
    const { changes, next } = writesOf(house, current, tree, begun.loaded, assigned);
    draft.write(together(begun.changeset, changes), next);
  }
}

function listingOf(tree: UnitTree, { snapshot: { context }, event }: Moved, part: NewPart, description: string): Readonly<Record<string, unknown>> {
  const unit = tree.unit(part.unitId);
  return {
    number: part.number, title: titleOf(context.title, unit?.shortName ?? ''), description: description || context.title, severity: context.severity,
    rectificationType: context.rectificationType, switches: context.switches, parent: context.number, parentDeadline: context.deadline,
    hostOfficeId: hostOf(tree, context.hostOfficeId, context.leadUnitId, event.type),
    // Whoever is bound by what they did on the whole is bound on the part.
    marks: carriedBy(current.carried.parts.flat(), context),
  };
}

/** A title has two hundred characters: the unit is what tells a part from the others. */
function titleOf(title: string, unit: string): string {
  const suffix = `（${unit}）`;
  return [...title].slice(0, 200 - [...suffix].length).join('') + suffix;
}

/** Parts of an assignment are decided by the office that assigned; what a county hands on, by the county's own office. */
function hostOf(tree: UnitTree, host: number, lead: number | null, event: string): number {
  return event === 'DECOMPOSE' && lead !== null ? tree.officeFor(lead)?.id ?? host : host;
}

function assignmentOf({ snapshot: { context }, event }: Moved, part: NewPart, index: number): Readonly<Record<string, unknown>> {
  const rows = Array.isArray(event.data['parts']) ? event.data['parts'] : [];
  const row: unknown = rows[index];
  const own = (name: string): unknown => (typeof row === 'object' && row !== null ? Reflect.get(row, name) : undefined);
  return {
    leadUnitId: part.unitId, requirement: own('requirement') || context.requirement, closureStandard: context.closureStandard,
    rectificationType: context.rectificationType, deadline: own('deadline') ?? context.deadline, lateReason: event.data['lateReason'] ?? '',
  };
}

function accepted(result: StepResult): Moved {
  if (result.kind === 'refused') throw new RefusedError('input', result.refusals);
  return result;
}
