import { blank } from '../../workflows/rectification/1/blank.js';
import type { House, Person } from '../context.js';
import { fitsOf } from '../findings/unit-facts.js';
import { ForbiddenError } from '../errors.js';
import { officePostOf } from '../findings/policy.js';
import { bytesOf } from '../spreadsheets/received.js';
import { classifier } from './categories.js';
import { settle, type Settled } from './findings.js';
import type { ListRow } from './interpret.js';
import type { Look } from './look.js';
import { wishFrom, type ListSource, type Wish } from './mapping.js';
import { categoryRows, knownNumbers, knownRows, type ImportRow } from './queries.js';
import { readList } from './reading.js';
import { unitFinder } from './units.js';
import { beginning } from './values.js';

/** What would happen to a row: listed anew, adopted, left as it is because it is there already, left out by choice, or in the way. */
export type Outcome = 'new' | 'adopted' | 'already' | 'skipped' | 'faulty';
export interface JudgedRow {
  readonly row: ListRow;
  readonly settled: Settled;
  readonly outcome: Outcome;
  /** the finding that it is already. */
  readonly number: string | null;
}
export type Judged = { readonly look: Look } | { readonly rows: readonly JudgedRow[] };

/** Reads a kept list again with the choices made for it, and says of every row what would become of it: the preview and the import see the same. */
export async function* judged(house: House, person: Person, record: ImportRow): AsyncGenerator<Judged> {
  const officeId = officeOf(person);
  const tree = await house.tree();
  // The office gives work to whom it may assign to, by a list as by a form.
  const find = unitFinder(tree, wishOf(record), (unit) => fitsOf(unit, { ...blank, hostOfficeId: officeId }, tree).includes('rectifier') || unit.id === tree.jurisdictionOf(officeId));
  const classify = classifier(await categoryRows(house.db.reader), wishOf(record).categories);
  for await (const told of readList({ bytesOf: () => bytesOf(house, record.sha256), name: record.name, today: house.clock.today(), hostId: officeId, wish: wishOf(record) })) {
    if (told.kind === 'look') yield { look: told.look };
    else yield { rows: await judgedRows(house, officeId, told.rows, (row) => settle(row, find, classify(row.category, row.subcategory))) };
  }
}

async function judgedRows(house: House, officeId: number, rows: readonly ListRow[], settled: (row: ListRow) => Settled): Promise<readonly JudgedRow[]> {
  const known = await knownRows(house.db.reader, rows.map((row) => row.fingerprint));
  const numbers = await knownNumbers(house.db.reader, rows.flatMap((row) => row.ledgerNumber ?? []), officeId);
  return rows.map((row) => {
    const number = known.get(row.fingerprint) ?? (row.ledgerNumber !== null && numbers.has(row.ledgerNumber) ? row.ledgerNumber : null);
    const becomes = settled(row);
    return { row, settled: becomes, number, outcome: outcomeOf(row, becomes, number) };
  });
}

function outcomeOf(row: ListRow, { stage }: Settled, number: string | null): Outcome {
  if (row.status === 'skip') return 'skipped';
  if (number !== null) return 'already';
  if (row.faults.length > 0) return 'faulty';
  return beginning.includes(stage) ? 'new' : 'adopted';
}

/** The office for which somebody imports. Throws ForbiddenError for everybody else. */
export function officeOf(person: Person): number {
  const post = officePostOf(person);
  if (!post) throw new ForbiddenError('only an office imports lists');
  return post.unitId;
}

export function wishOf(record: Pick<ImportRow, 'mapping' | 'name'>): Wish {
  return wishFrom(JSON.parse(record.mapping), unknownSource(record.name));
}

function unknownSource(name: string): ListSource {
  return { channel: 'other', issuer: '', documentNumber: name, documentDate: null, confidential: false };
}
