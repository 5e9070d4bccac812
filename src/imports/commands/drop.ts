import { changeset, updateRow } from '../../../db/changeset.js';
import { StaleError } from '../../../db/errors.js';
import { imports } from '../../../db/schema/index.js';
import type { House, Person } from '../../context.js';
import { ChangedError } from '../../errors.js';
import { commitRecorded } from '../../ledger/stream.js';
import type { ImportRow } from '../queries.js';

/** Gives up an import that was not confirmed; the file and the fact stay on record. */
export async function dropImport(house: House, person: Person, record: ImportRow): Promise<void> {
  try {
    await commitRecorded(house, changeset(updateRow(imports, { state: 'dropped', version: record.version + 1 }, { id: record.id, version: record.version, state: 'mapping' }, 'import')), {
      stream: 'imports', type: 'ImportDropped', actorId: person.id, actorName: person.name, payload: { importId: record.id, name: record.name },
    });
  } catch (error) {
    if (error instanceof StaleError) throw new ChangedError('the import changed', { name: record.name });
    throw error;
  }
}
