import { randomUUID } from 'node:crypto';
import { changeset, together } from '../../db/changeset.js';
import type { EventDefinition } from '../../workflows/event.js';
import { noticesAlong } from '../assignment-notices/along.js';
import type { House, Person } from '../context.js';
import type { Request } from '../findings/commands/act.js';
import { actOnMany, type ManyDone } from '../findings/commands/many.js';
import type { Loaded } from '../findings/queries.js';
import type { Asked } from './asked.js';
import { textsKept } from './kept-form.js';
import { recordedBatch } from './record.js';

/** Does what can be done of some rows, with the notices and the record of it, in one changeset; `location` is null when that is nothing. A second submit under the key answers with the first one's address. */
export async function doTogether(house: House, person: Person, definition: EventDefinition, { requests, loaded, asked }: { readonly requests: readonly Request[]; readonly loaded: ReadonlyMap<string, Loaded>; readonly asked: Asked }, commandKey: string): Promise<Pick<ManyDone, 'rows' | 'location'>> {
  if (requests.length === 0) return { rows: [], location: null };
  const batch = { id: randomUUID(), event: definition.type, form: textsKept(definition, asked) };
  return actOnMany(house, person, requests, commandKey, async (rows, asItWillBe) => {
    if (rows.every(({ to }) => to === null)) return changeset();
    return together(recordedBatch(house, person, batch, rows, loaded), await noticesAlong(house, person, batch, rows, asItWillBe));
  }, `/batches/${batch.id}`);
}
