import { changeset, updateRow } from '../../db/changeset.js';
import { StaleError } from '../../db/errors.js';
import { assignmentNotices } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import { ForbiddenError } from '../errors.js';
import { commitRecorded } from '../ledger/stream.js';
import { noticeNumber } from './issue.js';
import { receivingUnits, type NoticeRecord } from './queries.js';

/** 回执: somebody of the addressed unit takes note, once; who was first stands. Throws ForbiddenError for anybody else. */
export async function receiveNotice(house: House, person: Person, notice: NoticeRecord): Promise<void> {
  if (!receivingUnits(person).includes(notice.unitId)) throw new ForbiddenError('only the addressed unit receives a notice');
  if (notice.receivedAt !== null) return;
  const changes = changeset(updateRow(assignmentNotices, { receivedBy: person.id, receivedName: person.name, receivedAt: house.clock.occurring() }, { id: notice.id, receivedAt: null }, 'receipt'));
  try {
    await commitRecorded(house, changes, { stream: 'proceedings', type: 'NoticeReceived', actorId: person.id, actorName: person.name, payload: { id: notice.id, number: noticeNumber(notice), unitId: notice.unitId } });
  } catch (error) {
    if (!(error instanceof StaleError) || error.statement !== 'receipt') throw error;
  }
}
