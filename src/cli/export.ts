import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { changeset } from '../../db/changeset.js';
import { writeTable } from '../exports/table.js';
import { commitRecorded } from '../ledger/stream.js';
import { columnsOf, rowsOf } from '../ledger-pages/columns.js';
import { consoleWords, options, personNamed, say, withHouse } from './house.js';

/** The ledger of somebody's scope as a file; recorded like an export from the page. */
export async function exportCommand(args: readonly string[]): Promise<number> {
  const t = consoleWords();
  const { positionals: [file], values } = options(args, { as: { type: 'string' } });
  if (file === undefined || !/\.(?:xlsx|csv)$/u.test(file)) throw new Error(t('cli.exportWhere'));
  await withHouse(async (house) => {
    const person = await personNamed(house, values.as);
    await commitRecorded(house, changeset(), { stream: 'exports', type: 'LedgerExported', actorId: person.id, actorName: person.name, payload: { view: 'command line', file } });
    await pipeline(writeTable({ format: file.endsWith('.csv') ? 'csv' : 'xlsx', title: t('nav.ledger'), columns: columnsOf({ columns: [], stages: [] }, t), rows: rowsOf(house, person, {}, t) }), createWriteStream(file, { flags: 'wx' }));
  });
  say(t('cli.exportDone', { file }));
  return 0;
}
