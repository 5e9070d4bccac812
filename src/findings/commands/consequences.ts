import { together, type Statement } from '../../../db/changeset.js';
import { definitionOf } from '../../../workflows/registry.js';
import { step } from '../../../workflows/step.js';
import type { Effect, Refusal, StepResult } from '../../../workflows/types.js';
import type { House } from '../../context.js';
import { RefusedError } from '../../errors.js';
import type { UnitTree } from '../../organisation/tree.js';
import type { Loaded } from '../queries.js';
import type { Draft } from './draft.js';
import { draftParts } from './parts.js';
import { searchOf } from './search.js';
import { systemEvent } from './system-event.js';
import { writesOf } from './write.js';

type Moved = Extract<StepResult, { kind: 'moved' }>;

/** Drafts the finding's own writes, and what follows in the same transaction: its new parts, the parent of a part, the parts of a parent. */
export async function consequences(house: House, draft: Draft, tree: UnitTree, loaded: Loaded, moved: Moved, extra: readonly Statement[]): Promise<void> {
  const own = writesOf(house, definitionOf(loaded.row.workflow), tree, loaded, moved, extra);
  draft.write(together(own.changes, { statements: [], search: await searchOf(house, loaded, moved.snapshot) }), own.next);
  const news = moved.effects.filter((effect) => effect.type === 'createPart');
  if (news.length > 0) await draftParts(house, draft, tree, own.next, moved, news);
  for (const effect of moved.effects) await told(house, draft, tree, effect);
}

/** "5/6": the parent learns in the same transaction that a part opened, closed or has another date; parts learn of their parent's. */
async function told(house: House, draft: Draft, tree: UnitTree, effect: Effect): Promise<void> {
  if (effect.type === 'tellParent') await tell(house, draft, tree, effect.parent, 'PART_CHANGED', { part: effect.part, open: effect.open, deadline: effect.deadline, unitId: effect.unitId, marks: effect.marks });
  if (effect.type === 'tellParts') for (const part of effect.parts) await tell(house, draft, tree, part, 'PARENT_CHANGED', { deadline: effect.deadline });
}

async function tell(house: House, draft: Draft, tree: UnitTree, number: string, type: string, data: Readonly<Record<string, unknown>>): Promise<void> {
  const loaded = await draft.byNumber(number);
  if (!loaded) throw new Error(`${number} is told ${type} and is not there.`);
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
