import { changeset, insertRow, together } from '../../db/changeset.js';
import { ConflictError } from '../../db/errors.js';
import { retried } from '../../db/retried.js';
import { commandKeys } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import { commandKeyOf } from '../findings/commands/key.js';
import { findingQueries } from '../findings/queries.js';
import { noticeChanges, type HandedOut, type NoticeKind } from './issue.js';
import { handedOutBy, withoutNotice, type WithoutNotice } from './queries.js';

/** 补开: notices for those of `numbers` that the office handed out and that stand on none yet, one per unit and kind; a second submit under the key does nothing. Answers how many rows. */
export async function issueLater(house: House, person: Person, officeId: number, numbers: readonly string[], commandKey: string, most: number): Promise<number> {
  const key = commandKeyOf(person, 'notices', commandKey);
  try {
    return await retried(async () => {
      const wanted = (await withoutNotice(house.db.reader, officeId, most)).filter(({ number }) => numbers.includes(number));
      if (wanted.length === 0) return 0;
      const kindOf = ({ by, state }: WithoutNotice): NoticeKind => (by === 'HAND_OUT' || (by === 'ADOPT' && state !== 'assigned') ? 'check' : 'assignment');
      const rows = await Promise.all(wanted.map(async (row) => {
        const [loaded, seq] = [await findingQueries(house.db.reader).byId(row.id), await handedOutBy(house.db.reader, row.id)];
        return { unitId: row.unitId, kind: kindOf(row), loaded, seq };
      }));
      const once = changeset(insertRow(commandKeys, { key, personId: person.id, location: '/assignment-notices', at: house.clock.now() }, 'command key'));
      const handed = rows.flatMap(({ loaded, seq, unitId, kind }): readonly HandedOut[] => (loaded && seq !== null ? [{ loaded, seq, unitId, kind }] : []));
      await house.db.commit(together(once, await noticeChanges(house, person, handed)));
      return handed.length;
    });
  } catch (error) {
    if (error instanceof ConflictError && error.statement === 'command key') return 0;
    throw error;
  }
}
