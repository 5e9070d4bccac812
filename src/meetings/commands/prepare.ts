import { changeset, deleteRows, insertRow, updateRow, type Statement } from '../../../db/changeset.js';
import { ConflictError, StaleError } from '../../../db/errors.js';
import { retried } from '../../../db/retried.js';
import { commandKeys, meetingItems, meetings } from '../../../db/schema/index.js';
import { takeNumbers } from '../../../db/series.js';
import type { House, Person } from '../../context.js';
import { ChangedError, InvalidError } from '../../errors.js';
import { commandKeyOf } from '../../findings/commands/key.js';
import { findingQueries } from '../../findings/queries.js';
import { commitRecorded, recorded, type StreamEvent } from '../../ledger/stream.js';
import type { MeetingForm } from '../form.js';
import { preparedElsewhere, verifiedAmong, type Meeting } from '../queries.js';

/**
 * Prepares a meeting of the office with its list; a second sending of the form prepares none. Throws InvalidError when a row is not the office's, waits for no closure, or stands on
 * another meeting's list. Answers with its id.
 */
export async function prepareMeeting(house: House, person: Person, officeId: number, form: MeetingForm, commandKey: string): Promise<number> {
  const key = commandKeyOf(person, 'meeting', commandKey);
  const before = await preparedBefore(house, key);
  if (before !== null) return before;
  try {
    return await retried(() => prepared(house, person, officeId, form, key));
  } catch (error) {
    const first = error instanceof ConflictError && error.statement === 'command key' ? await preparedBefore(house, key) : null;
    if (first !== null) return first;
    throw error;
  }
}

async function prepared(house: House, person: Person, officeId: number, form: MeetingForm, key: string): Promise<number> {
  const { first, statement } = await takeNumbers(house.db.reader, 'meetings');
  const { numbers, ...about } = form;
  await recorded(house, fact('MeetingPrepared', person, { id: first, officeId, title: form.title, heldOn: form.heldOn, numbers }), async () => {
    const ids = await findingIds(house, officeId, null, form);
    const once = insertRow(commandKeys, { key, personId: person.id, location: String(first), at: house.clock.now() }, 'command key');
    const meeting = insertRow(meetings, { id: first, officeId, ...about, state: 'prepared', preparedBy: person.name, version: 1 }, 'meeting');
    return changeset(once, statement, meeting, ...rowsOf(first, ids));
  });
  return first;
}

async function preparedBefore(house: House, key: string): Promise<number | null> {
  const first = await findingQueries(house.db.reader).commandKey(key);
  return first && Number(first.location);
}

/** Changes a meeting that was not held yet. Throws ChangedError when somebody else changed, dropped or decided it meanwhile, and InvalidError as prepareMeeting does. */
export async function changeMeeting(house: House, person: Person, { id, officeId }: Meeting, version: number, form: MeetingForm): Promise<void> {
  const { numbers, ...about } = form;
  await unlessChanged(() => retried(() => recorded(house, fact('MeetingChanged', person, { id, officeId, title: form.title, heldOn: form.heldOn, numbers }), async () => {
    const ids = await findingIds(house, officeId, id, form);
    const changed = updateRow(meetings, { ...about, version: version + 1 }, { id, version, state: 'prepared' }, 'meeting');
    return changeset(changed, deleteRows(meetingItems, { meetingId: id }, 'rows of the meeting'), ...rowsOf(id, ids));
  })));
}

/** Drops a meeting that was not held; its findings go on waiting. Throws ChangedError. */
export async function dropMeeting(house: House, person: Person, { id, officeId }: Meeting, version: number): Promise<void> {
  const dropped = updateRow(meetings, { state: 'dropped', version: version + 1 }, { id, version, state: 'prepared' }, 'meeting');
  await unlessChanged(() => commitRecorded(house, changeset(dropped), fact('MeetingDropped', person, { id, officeId })));
}

function fact(type: StreamEvent['type'], by: Person, payload: StreamEvent['payload']): StreamEvent {
  return { stream: 'proceedings', type, actorId: by.id, actorName: by.name, payload };
}

function rowsOf(meetingId: number, ids: readonly number[]): readonly Statement[] {
  return ids.map((findingId, index) => insertRow(meetingItems, { meetingId, findingId, ordinal: index + 1 }));
}

async function findingIds(house: House, officeId: number, meetingId: number | null, { numbers }: MeetingForm): Promise<readonly number[]> {
  const candidates = await verifiedAmong(house.db.reader, officeId, numbers);
  const strange = numbers.filter((number) => !candidates.has(number));
  if (strange.length > 0) throw new InvalidError([{ rule: 'meeting.notWaiting', kind: 'input', params: { numbers: strange.slice(0, 10).join('、') }, field: 'n' }]);
  const ids = numbers.map((number) => candidates.get(number) ?? 0);
  const elsewhere = await preparedElsewhere(house.db.reader, ids, meetingId);
  if (elsewhere.length > 0) throw new InvalidError([{ rule: 'meeting.elsewhere', kind: 'input', params: { numbers: elsewhere.map(({ number }) => number).join('、'), titles: [...new Set(elsewhere.map(({ title }) => title))].join('、') }, field: 'n' }]);
  return ids;
}

async function unlessChanged(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (error instanceof StaleError && error.statement === 'meeting') throw new ChangedError('the meeting changed', { number: '', seen: 0 });
    throw error;
  }
}
