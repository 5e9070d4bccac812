import { changeset, insertRow, updateRow, type Statement } from '../../db/changeset.js';
import { ConflictError, StaleError } from '../../db/errors.js';
import { retried } from '../../db/retried.js';
import { commandKeys, personRequests } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { House, Person } from '../context.js';
import { InvalidError, NotVisibleError } from '../errors.js';
import { commandKeyOf } from '../findings/commands/key.js';
import { commitRecorded } from '../ledger/stream.js';
import type { PersonRequest } from './queries.js';

export type Asked = Pick<PersonRequest, 'unitId' | 'role' | 'name' | 'phone' | 'note'>;

/** Asks the administrator of the unit to add somebody. A second submit under the key does nothing. */
export async function requestPerson(house: House, by: Person, asked: Asked, commandKey: string): Promise<void> {
  const key = commandKeyOf(by, 'person request', commandKey);
  try {
    await retried(async () => {
      const { first, statement } = await takeNumbers(house.db.reader, 'person requests');
      const once = insertRow(commandKeys, { key, personId: by.id, location: '/person-requests', at: house.clock.now() }, 'command key');
      const row = insertRow(personRequests, { id: first, ...asked, state: 'open', askedBy: by.id, askedOn: house.clock.today() }, 'person request');
      await commitRecorded(house, changeset(once, statement, row), { stream: 'accounts', type: 'PersonRequested', actorId: by.id, actorName: by.name, payload: { request: first, unit: asked.unitId, role: asked.role } });
    });
  } catch (error) {
    if (error instanceof ConflictError && error.statement === 'command key') return;
    throw error;
  }
}

/** The answer that adds them, in the changeset that does: of two who answer at once, one does. */
export function confirmation(house: House, by: Pick<Person, 'id'>, { id }: Pick<PersonRequest, 'id'>, personId: number): readonly Statement[] {
  return [updateRow(personRequests, { state: 'confirmed', decidedBy: by.id, decidedOn: house.clock.today(), personId }, { id, state: 'open' }, 'person request')];
}

/** Declines, and says why. Throws InvalidError without a reason, NotVisibleError when it was answered meanwhile. */
export async function declineRequest(house: House, by: Person, { id }: PersonRequest, reason: string): Promise<void> {
  const { length } = [...reason];
  if (length === 0 || length > 200) throw new InvalidError([{ rule: length === 0 ? 'field.required' : 'field.tooLong', kind: 'input', params: { name: 'reason', max: 200, length }, field: 'reason' }]);
  const row = updateRow(personRequests, { state: 'declined', decidedBy: by.id, decidedOn: house.clock.today(), reason }, { id, state: 'open' }, 'person request');
  try {
    await commitRecorded(house, changeset(row), { stream: 'accounts', type: 'PersonRequestDeclined', actorId: by.id, actorName: by.name, payload: { request: id, reason } });
  } catch (error) {
    if (error instanceof StaleError && error.statement === 'person request') throw new NotVisibleError('answered meanwhile', { number: '', office: '', phone: '' });
    throw error;
  }
}
