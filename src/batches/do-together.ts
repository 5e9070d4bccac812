import { randomUUID } from 'node:crypto';
import { together } from '../../db/changeset.js';
import type { EventDefinition } from '../../workflows/event.js';
import { noticesAlong } from '../assignment-notices/along.js';
import type { House, Person } from '../context.js';
import type { Request } from '../findings/commands/act.js';
import { actOnMany, type RowOutcome } from '../findings/commands/many.js';
import { recordedBatch } from './record.js';

/** What was done, and where it is shown; no address when nothing could be done, and then `rows` say why. */
export interface DoneTogether {
  readonly location: string | null;
  readonly rows: readonly RowOutcome[];
}

/** Does what can be done of some rows, with the notices and the record of it, in one changeset. A second submit under the key answers with the first one's address. */
export async function doTogether(house: House, person: Person, definition: EventDefinition, requests: readonly Request[], commandKey: string): Promise<DoneTogether> {
  const batch = { id: randomUUID(), event: definition.type };
  const { rows, location } = await actOnMany(house, person, requests, commandKey, async (outcomes) => together(recordedBatch(house, person, batch, outcomes), await noticesAlong(house, person, definition.type, outcomes)), `/batches/${batch.id}`);
  return { location, rows };
}
