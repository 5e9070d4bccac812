import { current } from '../../workflows/registry.js';
import type { EventDefinition, FieldDefinition } from '../../workflows/event.js';
import type { FindingContext } from '../../workflows/finding.js';
import type { House, Person } from '../context.js';
import { heldBy } from '../findings/fields.js';
import { otherDecision } from '../findings/other-decision.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import { waitingCounts, waitingForMe } from '../workbench/queries.js';

/** What may be signed in a list: what the signature needs is there already, or one line says it. Reopening sets a date of its own. */
const signable: readonly string[] = ['SIGN_PLAN', 'SIGN_CLAIM', 'CLOSE', 'GRANT', 'SUSPEND', 'TURN_CONTINUING'];

/** As many as one reads before signing; the rest comes after them. */
export const mostSigned = 50;

export interface ToSign {
  readonly loaded: Loaded;
  readonly agree: EventDefinition;
  /** how it is given back. */
  readonly refuse: EventDefinition;
}

/** Everything that waits for somebody's signature, the most urgent of each kind first; and how many there are in all. */
export async function waitingToSign(house: House, person: Person): Promise<{ readonly rows: readonly ToSign[]; readonly total: number }> {
  const tree = await house.tree();
  const counts = await waitingCounts(house.db.reader, person, tree);
  const queries = findingQueries(house.db.reader);
  const rows: ToSign[] = [];
  let total = 0;
  for (const type of signable) {
    const amount = counts.get(type) ?? 0;
    total += amount;
    for (const { id } of amount > 0 && rows.length < mostSigned ? await waitingForMe(house.db.reader, person, tree, type, mostSigned - rows.length) : []) {
      const loaded = await queries.byId(id);
      const [agree, refuse] = [current.events[type], current.events[otherDecision(type) ?? '']];
      if (loaded && agree && refuse) rows.push({ loaded, agree, refuse });
    }
  }
  return { rows, total };
}

/** What whoever agrees must choose: rectified or basically rectified. Null where agreeing is all. */
export function choiceIn({ fields }: EventDefinition): FieldDefinition | null {
  return fields.find(({ kind, required }) => kind === 'choice' && required) ?? null;
}

/** What was said of one row: the choice, the one line that was written, and the number of the decision. */
export interface Said {
  readonly chosen: string;
  readonly note: string;
  readonly decisionNumber: string;
}

/** What an event is decided with: what the finding holds already, and what was said. */
export function decidedWith(event: EventDefinition, context: FindingContext, { chosen, note, decisionNumber }: Said): Readonly<Record<string, unknown>> {
  const { fields } = event;
  const choice = choiceIn(event);
  return Object.fromEntries(fields.flatMap((field): readonly (readonly [string, unknown])[] => {
    const held = heldBy(field, context);
    if (held !== null) return [[field.name, held]];
    if (field.kind === 'longText') return note === '' ? [] : [[field.name, note]];
    if (field === choice) return chosen === '' ? [] : [[field.name, chosen]];
    return field.name === 'decisionNumber' && decisionNumber !== '' ? [[field.name, decisionNumber]] : [];
  }));
}
