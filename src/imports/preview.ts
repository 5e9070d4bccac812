import type { House, Person } from '../context.js';
import type { CellFault } from './interpret.js';
import { judged, type JudgedRow, type Outcome } from './judged.js';
import type { Look } from './look.js';
import type { ImportRow } from './queries.js';
import { refused } from '../spreadsheets/refused.js';

/** What an import would do: everything counted, one page of rows and one of faults. */
export interface Preview {
  readonly look: Look;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly rows: readonly JudgedRow[];
  readonly faults: readonly CellFault[];
  readonly faultTotal: number;
  /** names that no unit has, with the number of rows that wait for a choice. */
  readonly units: Unknown;
  /** categories of the list that are none here, the same way. */
  readonly categories: Unknown;
  /** new rows that are nobody's yet. */
  readonly nobodys: number;
}

/** The first names, the most frequent first, and how many there are. */
export interface Unknown {
  readonly names: readonly (readonly [name: string, rows: number])[];
  readonly total: number;
}

export const rowsOnPage = 20;
export const faultsOnPage = 50;
const mostUnknown = 100;

/** Judges the whole list and keeps what one page shows: memory does not grow with the list. Throws UnreadableListError. */
export async function previewOf(house: House, person: Person, record: ImportRow, { page, faultPage }: { readonly page: number; readonly faultPage: number }): Promise<Preview> {
  const counts = { new: 0, adopted: 0, already: 0, skipped: 0, faulty: 0 };
  const [units, categories] = [new Map<string, number>(), new Map<string, number>()];
  const rows: JudgedRow[] = [];
  const faults: CellFault[] = [];
  let look: Look | null = null;
  let [seen, faultTotal, nobodys] = [0, 0, 0];
  for await (const told of judged(house, person, record)) {
    if ('look' in told) { look = told.look; continue; }
    for (const each of told.rows) {
      counts[each.outcome] += 1;
      if (each.outcome === 'new' && each.settled.leadUnitId === null) nobodys += 1;
      if (Math.floor(seen++ / rowsOnPage) + 1 === page) rows.push(each);
      if (each.outcome === 'faulty') for (const fault of each.row.faults) if (Math.floor(faultTotal++ / faultsOnPage) + 1 === faultPage) faults.push(fault);
      if (each.outcome !== 'new' && each.outcome !== 'adopted' && each.outcome !== 'faulty') continue;
      for (const name of each.settled.unknown) units.set(name, (units.get(name) ?? 0) + 1);
      if (each.settled.category.unknown !== null) categories.set(each.settled.category.unknown, (categories.get(each.settled.category.unknown) ?? 0) + 1);
    }
  }
  if (!look) throw refused('empty');
  return { look, counts, rows, faults, faultTotal, units: frequent(units), categories: frequent(categories), nobodys };
}

function frequent(counts: ReadonlyMap<string, number>): Unknown {
  const names = [...counts].toSorted(([one, often], [other, oftener]) => oftener - often || (one < other ? -1 : 1));
  return { names: names.slice(0, mostUnknown), total: names.length };
}

/** May it be imported? Not while a cell is faulty or nobody said which column is the problem: all or nothing. */
export function isReady({ look, counts }: Pick<Preview, 'look' | 'counts'>): boolean {
  return look.hasProblem && counts.faulty === 0;
}
