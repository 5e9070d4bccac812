import { definitionOf } from '../../../workflows/registry.js';
import { excludedFrom } from '../../../workflows/availability.js';
import type { StepResult } from '../../../workflows/types.js';
import type { House } from '../../context.js';
import { RefusedError } from '../../errors.js';
import { actorsOf } from '../actors.js';
import type { Loaded } from '../queries.js';
import type { Draft } from './draft.js';

/** Throws RefusedError (input, field `warned`) naming what nobody in the house could do any more on the finding as it will be. Whoever has read it may do it all the same. */
export async function warnOfNobodyLeft(house: House, draft: Draft, { row }: Loaded, { event, snapshot }: Extract<StepResult, { kind: 'moved' }>): Promise<void> {
  const definition = definitionOf(row.workflow);
  const { after, needs } = definition.staffing;
  // What is closed waits for nobody any more.
  if (!after.includes(event.type) || snapshot.context.closedOn !== null) return;
  const [tree, people] = [await house.tree(), await draft.deciders()];
  const someone = (type: string): boolean => people.some((person) => actorsOf(person, snapshot.context, tree).some((actor) => excludedFrom(definition, snapshot.context, type, actor).length === 0));
  const nobody = needs.filter((type) => !someone(type));
  if (nobody.length > 0) throw new RefusedError('input', nobody.map((type) => ({ rule: `nobodyLeft.${type}`, kind: 'input', params: {}, field: 'warned' })));
}

/** A clue that its unit found to be nothing may be confirmed all the same, but not unawares. Throws RefusedError (input, field `warned`). */
export function warnAgainstTheCheck({ snapshot: { context } }: Loaded, event: string): void {
  if (event === 'CONFIRM' && context.checkResult === 'unfounded') throw new RefusedError('input', [{ rule: 'againstTheCheck', kind: 'input', params: {}, field: 'warned' }]);
}
