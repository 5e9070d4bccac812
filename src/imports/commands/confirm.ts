import { setImmediate } from 'node:timers/promises';
import { updateRow, type Statement } from '../../../db/changeset.js';
import { ConflictError, StaleError } from '../../../db/errors.js';
import { imports } from '../../../db/schema/index.js';
import type { House, Person } from '../../context.js';
import { ChangedError, InvalidError } from '../../errors.js';
import { commandKeyOf } from '../../findings/commands/key.js';
import { listFindings, type NewFinding } from '../../findings/commands/list.js';
import { retried } from '../../../db/retried.js';
import { findingQueries } from '../../findings/queries.js';
import { appended } from '../../ledger/stream.js';
import { findingOf, type Filing } from '../findings.js';
import { judged, officeOf, wishOf, type JudgedRow } from '../judged.js';
import type { ImportRow } from '../queries.js';
import { sourcesFor } from '../sources.js';

/** How far a long import has come. */
export type Told = (phase: 'reading' | 'writing', done: number, total: number) => void;

/**
 * Imports a list: every row that is not there yet in one changeset, or none. Answers with the numbers given. Throws InvalidError
 * while a cell is faulty, ChangedError when it was confirmed or changed meanwhile; a second submit under the key answers with nothing new.
 */
export async function confirmImport(house: House, person: Person, record: ImportRow, commandKey: string, told: Told = () => undefined): Promise<readonly string[]> {
  if (await findingQueries(house.db.reader).commandKey(commandKeyOf(person, 'LIST', commandKey))) return [];
  if (record.state !== 'mapping') throw new ChangedError('the import is over', { name: record.name });
  const rows = await wantedRows(house, person, record, told);
  told('writing', 0, rows.length);
  try {
    return await retried(() => write(house, person, record, rows, commandKey));
  } catch (error) {
    if (error instanceof ConflictError && error.statement === 'command key') return [];
    if (error instanceof StaleError || (error instanceof ConflictError && error.statement === 'imported row')) throw new ChangedError('the import changed', { name: record.name });
    throw error;
  }
}

async function wantedRows(house: House, person: Person, record: ImportRow, told: Told): Promise<readonly JudgedRow[]> {
  const wanted: JudgedRow[] = [];
  let [faulty, read, total, hasProblem] = [0, 0, 0, false];
  for await (const each of judged(house, person, record)) {
    if ('look' in each) { ({ total, hasProblem } = each.look); continue; }
    faulty += each.rows.filter((row) => row.outcome === 'faulty').length;
    wanted.push(...each.rows.filter((row) => row.outcome === 'new' || row.outcome === 'adopted'));
    told('reading', read += each.rows.length, total);
  }
  if (!hasProblem) throw new InvalidError([{ rule: 'import.noProblemColumn', kind: 'input', params: {}, field: null }]);
  if (faulty > 0) throw new InvalidError([{ rule: 'import.faultyRows', kind: 'input', params: { count: faulty }, field: null }]);
  return wanted;
}

async function write(house: House, person: Person, record: ImportRow, rows: readonly JudgedRow[], commandKey: string): Promise<readonly string[]> {
  const made = await sourcesFor(house, wishOf(record).source, rows.map(({ row }) => row));
  const filing = await filingFor(house, person, record, made.sourceOf);
  const news = await findingsOf(rows, filing);
  const done = updateRow(imports, { state: 'confirmed', confirmedAt: house.clock.now(), version: record.version + 1 }, { id: record.id, version: record.version, state: 'mapping' }, 'import');
  return listFindings(house, person, news, { commandKey, location: `/imports/${record.id}`, before: [...made.statements, done], after: await recorded(house, person, record, rows), once: true });
}

/** A thousand at a time, so that pages come in between. */
async function findingsOf(rows: readonly JudgedRow[], filing: Filing): Promise<readonly NewFinding[]> {
  const news: NewFinding[] = [];
  for (const [index, { row, settled }] of rows.entries()) {
    if (index % 1000 === 999) await setImmediate();
    news.push(findingOf(row, settled, filing));
  }
  return news;
}

async function filingFor(house: House, person: Person, record: ImportRow, sourceOf: Filing['sourceOf']): Promise<Filing> {
  const tree = await house.tree();
  const wish = wishOf(record);
  const today = house.clock.today();
  const asOf = wish.source.documentDate ?? today;
  return {
    importId: record.id, basis: wish.source.confidential ? `上级交办清单 (${asOf})` : `${record.name} (${asOf})`, today, asOf, jurisdictionId: tree.jurisdictionOf(officeOf(person)), campaignId: wish.campaignId,
    sourceOf,
  };
}

async function recorded(house: House, person: Person, record: ImportRow, rows: readonly JudgedRow[]): Promise<readonly Statement[]> {
  const adopted = rows.filter((row) => row.outcome === 'adopted').length;
  return appended(house, { stream: 'imports', type: 'ListImported', actorId: person.id, actorName: person.name, payload: { importId: record.id, name: record.name, sha256: record.sha256, listed: rows.length - adopted, adopted } });
}
