import { changeset, updateRow } from '../../db/changeset.js';
import { StaleError } from '../../db/errors.js';
import { assignmentNotices } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import { ForbiddenError } from '../errors.js';
import { commitRecorded } from '../ledger/stream.js';
import { noticeNumber } from './issue.js';
import { receivingUnits, type NoticeRecord } from './queries.js';

/** 回执: somebody of the addressed unit takes note of each that is addressed to it, once; who was first stands. Answers how many of them are received now. Throws ForbiddenError where none is theirs. */
export async function receiveNotices(house: House, person: Person, notices: readonly NoticeRecord[]): Promise<number> {
  const own = notices.filter(({ unitId }) => receivingUnits(person).includes(unitId));
  if (own.length === 0 && notices.length > 0) throw new ForbiddenError('only the addressed unit receives a notice');
  for (const notice of own) if (notice.receivedAt === null) await receiveOne(house, person, notice);
  return own.length;
}

async function receiveOne(house: House, person: Person, notice: NoticeRecord): Promise<void> {
  const receivedAt = house.clock.occurring();
  const changes = changeset(updateRow(assignmentNotices, { receivedBy: person.id, receivedName: person.name, receivedAt }, { id: notice.id, receivedAt: null }, 'receipt'));
  try {
    await commitRecorded(house, changes, { stream: 'proceedings', type: 'NoticeReceived', actorId: person.id, actorName: person.name, payload: { id: notice.id, number: noticeNumber(notice), unitId: notice.unitId, receivedAt } });
  } catch (error) {
    if (!(error instanceof StaleError) || error.statement !== 'receipt') throw error;
  }
}
