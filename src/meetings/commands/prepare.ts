import { changeset, deleteRows, insertRow, updateRow, type Statement } from '../../../db/changeset.js';
import { StaleError } from '../../../db/errors.js';
import { retried } from '../../../db/retried.js';
import { meetingItems, meetings } from '../../../db/schema/index.js';
import { takeNumbers } from '../../../db/series.js';
import type { House, Person } from '../../context.js';
import { ChangedError, InvalidError } from '../../errors.js';
import { commitRecorded } from '../../ledger/stream.js';
import type { MeetingForm } from '../form.js';
import { preparedElsewhere, verifiedAmong, type Meeting } from '../queries.js';

/** Prepares a meeting of the office with its list. Throws InvalidError when a row is not the office's, waits for no closure, or stands on another meeting's list. Answers with its id. */
export async function prepareMeeting(house: House, person: Person, officeId: number, form: MeetingForm): Promise<number> {
  const ids = await findingIds(house, officeId, null, form);
  return retried(async () => {
    const { first, statement } = await takeNumbers(house.db.reader, 'meetings');
    const { numbers, ...about } = form;
    const row = { id: first, officeId, ...about, state: 'prepared', preparedBy: person.name, version: 1 } as const;
    await commitRecorded(house, changeset(statement, insertRow(meetings, row, 'meeting'), ...rowsOf(first, ids)), { stream: 'proceedings', type: 'MeetingPrepared', actorId: person.id, actorName: person.name, payload: { id: first, officeId, title: form.title, heldOn: form.heldOn, numbers } });
    return first;
  });
}

/** Changes a meeting that was not held yet. Throws ChangedError when somebody else changed, dropped or decided it meanwhile, and InvalidError as prepareMeeting does. */
export async function changeMeeting(house: House, person: Person, { id, officeId }: Meeting, version: number, form: MeetingForm): Promise<void> {
  const ids = await findingIds(house, officeId, id, form);
  const { numbers, ...about } = form;
  const changed = updateRow(meetings, { ...about, version: version + 1 }, { id, version, state: 'prepared' }, 'meeting');
  await unlessChanged(() => commitRecorded(house, changeset(changed, deleteRows(meetingItems, { meetingId: id }, 'rows of the meeting'), ...rowsOf(id, ids)), { stream: 'proceedings', type: 'MeetingChanged', actorId: person.id, actorName: person.name, payload: { id, officeId, title: form.title, heldOn: form.heldOn, numbers } }));
}

/** Drops a meeting that was not held; its findings go on waiting. Throws ChangedError. */
export async function dropMeeting(house: House, person: Person, { id, officeId }: Meeting, version: number): Promise<void> {
  const dropped = updateRow(meetings, { state: 'dropped', version: version + 1 }, { id, version, state: 'prepared' }, 'meeting');
  await unlessChanged(() => commitRecorded(house, changeset(dropped), { stream: 'proceedings', type: 'MeetingDropped', actorId: person.id, actorName: person.name, payload: { id, officeId } }));
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
