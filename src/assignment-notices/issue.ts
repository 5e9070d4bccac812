import { insertRow, type Changeset, type Statement } from '../../db/changeset.js';
import { assignmentNotices, noticeItems } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { House, Person } from '../context.js';
import type { RowOutcome } from '../findings/commands/many.js';
import type { Loaded } from '../findings/queries.js';
import { appended } from '../ledger/stream.js';

export type HandingOver = 'HAND_OUT' | 'ASSIGN';

/** A finding as it stands after it was handed over, and how. */
export interface Handed {
  readonly event: HandingOver;
  readonly loaded: Loaded;
}

interface Group {
  readonly officeId: number;
  readonly unitId: number;
  readonly event: HandingOver;
  readonly rows: Loaded[];
}

export function handsOver(event: string): event is HandingOver {
  return event === 'HAND_OUT' || event === 'ASSIGN';
}

/** One notice for each unit that something was handed to, whatever the number of findings; nothing for what was refused. Goes along with the changeset of the handing over. */
export async function noticesFor(house: House, person: Person, event: string, outcomes: readonly RowOutcome[]): Promise<Changeset> {
  return handsOver(event) ? issued(house, person, outcomes.flatMap(({ next }) => (next ? [{ event, loaded: next }] : []))) : none;
}

const none: Changeset = Object.freeze({ statements: [], search: [] });

/** The notices of findings that have been handed over, as they stand now. Throws StaleError when somebody took a number meanwhile: try again. */
export async function issued(house: House, person: Person, handed: readonly Handed[]): Promise<Changeset> {
  const groups = grouped(handed);
  if (groups.length === 0) return none;
  const today = house.clock.today();
  const year = today.slice(0, 4);
  const ids = await takeNumbers(house.db.reader, 'assignment_notices', groups.length);
  const statements: Statement[] = [ids.statement];
  const numbers: string[] = [];
  for (const [index, { officeId, unitId, event, rows }] of groups.entries()) {
    const place = groups.slice(0, index).filter((each) => each.officeId === officeId).length;
    const taken = await takeNumbers(house.db.reader, `notices ${officeId} ${year}`, groups.filter((each) => each.officeId === officeId).length);
    if (place === 0) statements.push(taken.statement);
    const [id, number] = [ids.first + index, noticeNumber(year, taken.first + place)];
    numbers.push(number);
    statements.push(insertRow(assignmentNotices, { id, officeId, unitId, number, event, issuedOn: today, issuedBy: person.name }, 'notice'), ...rows.map((row, at) => insertRow(noticeItems, { noticeId: id, ordinal: at + 1, ...itemOf(row) })));
  }
  const fact = await appended(house, { stream: 'proceedings', type: 'NoticesIssued', actorId: person.id, actorName: person.name, payload: { numbers, findings: handed.length } });
  return { statements: [...statements, ...fact], search: [] };
}

/** No leading zeros, hexagonal brackets: GB/T 9704-2012, 7.2.5. */
function noticeNumber(year: string, value: number): string {
  return `交办〔${year}〕${value}号`;
}

function itemOf({ row, snapshot: { context } }: Loaded) {
  return { findingId: row.id, seq: row.version, number: row.number, title: row.title, standard: context.closureStandard, dueOn: row.dueOn, acceptBy: context.acceptBy };
}

/** By who hands over and to whom, in the order of the first row of each. */
function grouped(handed: readonly Handed[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { event, loaded } of handed) {
    const { hostOfficeId: officeId, leadUnitId: unitId } = loaded.row;
    if (unitId === null) continue;
    const key = `${officeId} ${unitId} ${event}`;
    const group = groups.get(key) ?? { officeId, unitId, event, rows: [] };
    groups.set(key, group);
    group.rows.push(loaded);
  }
  return [...groups.values()];
}
