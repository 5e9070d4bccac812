import { changeset, insertRow, together, type Statement } from '../../../db/changeset.js';
import { findingSources } from '../../../db/schema/index.js';
import { definitionOf } from '../../../workflows/registry.js';
import { step } from '../../../workflows/step.js';
import type { Effect, Refusal, StepResult } from '../../../workflows/types.js';
import type { House } from '../../context.js';
import { RefusedError } from '../../errors.js';
import type { UnitTree } from '../../organisation/tree.js';
import { findingQueries, type Loaded } from '../queries.js';
import type { Draft } from './draft.js';
import { draftParts } from './parts.js';
import { draftPieces } from './pieces.js';
import { searchOf, searchText, toldOpenly } from './search.js';
import { systemEvent } from './system-event.js';
import { writesOf } from './write.js';

type Moved = Extract<StepResult, { kind: 'moved' }>;

/** Drafts the finding's own writes, and what follows in the same transaction: its new parts, the parent of a part, the parts of a parent. */
export async function consequences(house: House, draft: Draft, tree: UnitTree, loaded: Loaded, moved: Moved, extra: readonly Statement[]): Promise<void> {
  const own = writesOf(house, definitionOf(loaded.row.workflow), tree, loaded, moved, extra);
  draft.write(together(own.changes, { statements: [], search: await searchOf(house, loaded, moved.snapshot) }), own.next);
  const news = moved.effects.filter((effect) => effect.type === 'createPart');
  if (news.length > 0) await draftParts(house, draft, tree, own.next, moved, news);
  const pieces = moved.effects.filter((effect) => effect.type === 'createPiece');
  if (pieces.length > 0) await draftPieces(house, draft, tree, loaded, moved, pieces);
  for (const effect of moved.effects) await (effect.type === 'tellTarget' ? absorbed(house, draft, tree, loaded, effect) : told(house, draft, tree, effect));
}

/** "5/6": the parent learns in the same transaction that a part opened, closed or has another date; parts learn of their parent's. */
async function told(house: House, draft: Draft, tree: UnitTree, effect: Effect): Promise<void> {
  if (effect.type === 'tellParent') await tell(house, draft, tree, effect.parent, 'PART_CHANGED', { part: effect.part, open: effect.open, ended: effect.ended, deadline: effect.deadline, unitId: effect.unitId, marks: effect.marks, ...(effect.bindsOnly ? { bindsOnly: true } : {}) });
  if (effect.type === 'tellParts') for (const part of effect.parts) await tell(house, draft, tree, part, 'PARENT_CHANGED', { deadline: effect.deadline, marks: effect.marks, ...(effect.bindsOnly ? { bindsOnly: true } : {}) });
}

/** One finding, several sources: where the merged one came from, its target came from too; whoever is bound by what they did on it is bound there. */
async function absorbed(house: House, draft: Draft, tree: UnitTree, { row }: Loaded, { target, merged, marks }: Extract<Effect, { type: 'tellTarget' }>): Promise<void> {
  const queries = findingQueries(house.db.reader);
  const into = await toldOne(draft, target, 'ABSORB');
  const known = await queries.sources(into.row.id);
  const news = (await queries.sources(row.id)).filter((one) => !known.some((each) => each.source.id === one.source.id && each.originalNumber === one.originalNumber));
  const rows = news.map(({ source, originalNumber, verbatim }) => insertRow(findingSources, { findingId: into.row.id, sourceId: source.id, originalNumber, verbatim }, 'source'));
  const [from, texts] = [[...known, ...news].map(({ source, originalNumber }) => ({ confidential: source.confidential, originalNumber })), await queries.texts(into.row.id)];
  const text = searchText(into.snapshot.context, into.row.clueNumber, texts?.description ?? '', toldOpenly(from, texts?.extra));
  draft.write({ ...changeset(...rows), search: [{ findingId: into.row.id, text }] }, null);
  await tell(house, draft, tree, target, 'ABSORB', { merged, sources: news.map(({ source, originalNumber, verbatim }) => ({ sourceId: source.id, originalNumber, verbatim })), marks });
}

async function toldOne(draft: Draft, number: string, type: string): Promise<Loaded> {
  const loaded = await draft.byNumber(number);
  if (!loaded) throw new Error(`${number} is told ${type} and is not there.`);
  return loaded;
}

async function tell(house: House, draft: Draft, tree: UnitTree, number: string, type: string, data: Readonly<Record<string, unknown>>): Promise<void> {
  const loaded = await toldOne(draft, number, type);
  // What came to another end stays as it is; only a part that opens must not be under it.
  if (data['open'] !== true && loaded.snapshot.context.outcome !== null && loaded.row.stage !== 'closed') return;
  const definition = definitionOf(loaded.row.workflow);
  const result = step(definition, loaded.snapshot, systemEvent(house, type, data), await house.calendar());
  if (result.kind === 'refused') throw refusedBy(result.refusals, number);
  const { changes, next } = writesOf(house, definition, tree, loaded, result);
  draft.write(changes, next);
}

/** Two open parts of one unit would be counted twice; anything else means that the other finding is over. */
function refusedBy(refusals: readonly Refusal[], number: string): RefusedError {
  const twice = refusals.filter(({ rule }) => rule === 'partUnitFree');
  return twice.length > 0 ? new RefusedError('input', twice) : new RefusedError('state', [{ rule: 'parentNotOpen', kind: 'state', params: { number }, field: null }]);
}
