import { changeset, updateRow } from '../../../db/changeset.js';
import { StaleError } from '../../../db/errors.js';
import { imports } from '../../../db/schema/index.js';
import type { House } from '../../context.js';
import { ChangedError } from '../../errors.js';
import type { Wish } from '../mapping.js';
import type { ImportRow } from '../queries.js';

/** Keeps what was chosen for a list that waits. Throws ChangedError when a colleague was quicker, or it was imported or dropped. */
export async function chooseMapping(house: House, record: ImportRow, wish: Wish, seen: number): Promise<void> {
  try {
    await house.db.commit(changeset(updateRow(imports, { mapping: JSON.stringify(wish), version: seen + 1 }, { id: record.id, version: seen, state: 'mapping' }, 'import')));
  } catch (error) {
    if (error instanceof StaleError) throw new ChangedError('the import changed', { name: record.name });
    throw error;
  }
}
