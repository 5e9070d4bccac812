import { isDate } from '../../../workflows/fields.js';
import type { Actor } from '../../../workflows/actor.js';
import type { Refusal, WorkflowEvent } from '../../../workflows/types.js';
import { dayAfter } from '../../clock.js';
import type { House } from '../../context.js';
import { RefusedError } from '../../errors.js';
import { peopleQueries } from '../../people/queries.js';
import { actorsOf } from '../actors.js';
import { findingQueries, type Loaded } from '../queries.js';
import type { NewEvidence } from './evidence.js';

/** 代录 as it is asked for: somebody's posts towards the finding, and the paper they signed. */
export interface Behalf {
  readonly principals: readonly Actor[];
  readonly basisNumber: string;
  readonly basisDate: string;
  readonly scan: NewEvidence | null;
}

/** When an event happened: now, or on the day the paper was signed. Counting asks for that day, the audit for when it was typed. */
export function occurrenceOf({ clock }: Pick<House, 'clock'>, behalf: Behalf | null): Pick<WorkflowEvent, 'occurredAt' | 'today' | 'typedOn'> {
  const today = clock.today();
  const day = behalf ? dayOfPaper({ clock }, behalf.basisDate) : today;
  if (day === today) return { occurredAt: clock.occurring(), today };
  return { occurredAt: new Date(Date.parse(dayAfter(day, clock.zone)) - 1).toISOString(), today: day, typedOn: today };
}

/** The day on which a paper was signed. What is no date, or is still to come, is refused by the workflow; until then it is today. */
export function dayOfPaper({ clock }: Pick<House, 'clock'>, basisDate: string): string {
  const today = clock.today();
  return isDate(basisDate) && basisDate < today ? basisDate : today;
}

/**
 * The same, with whoever signed in the posts of that day, bound by what they belonged to then and belong to now: by today's posts alone an inspector seconded to the lead unit until the
 * 9th passed it on a paper of the 8th. Throws RefusedError when they held no such post on that day.
 */
export async function signedThen({ db, clock, tree }: House, { snapshot }: Loaded, behalf: Behalf): Promise<Behalf> {
  const [day, units, { principals }] = [dayOfPaper({ clock }, behalf.basisDate), await tree(), behalf];
  const people = await Promise.all([...new Set(principals.map(({ personId }) => personId))].map((id) => peopleQueries(db.reader).personThen(id, day, clock.today())));
  const then = people.flatMap((person) => (person ? actorsOf(person, snapshot.context, units) : [])).filter((actor) => principals.some(({ personId, role }) => personId === actor.personId && role === actor.role));
  const [named] = principals;
  if (named && then.length === 0) throw new RefusedError('input', [{ rule: 'basisBeforePost', kind: 'input', params: { name: named.name, date: day }, field: 'basisDate' }]);
  return { ...behalf, principals: then };
}

/** Nobody signs before the finding came to where it stands, nor before they were asked for just this decision. */
export async function basisErrors({ db }: Pick<House, 'db'>, { row }: Loaded, event: string, behalf: Behalf | null): Promise<readonly Refusal[]> {
  if (!behalf || !isDate(behalf.basisDate)) return [];
  const queries = findingQueries(db.reader);
  const asked = asks[event];
  const dates = [await queries.standsSince(row.id), asked === undefined ? null : await queries.lastOn(row.id, asked)].filter((date) => date !== null);
  const earliest = dates.toSorted().at(-1);
  return earliest !== undefined && behalf.basisDate < earliest ? [{ rule: 'basisBeforeStage', kind: 'input', params: { date: earliest }, field: 'basisDate' }] : [];
}

/** What a decision answers that did not move the finding. */
const asks: Readonly<Record<string, string>> = {
  GRANT: 'REQUEST_EXTENSION', REFUSE: 'REQUEST_EXTENSION', SUSPEND: 'PROPOSE_SUSPENSION', REFUSE_SUSPENSION: 'PROPOSE_SUSPENSION', TURN_CONTINUING: 'PROPOSE_CONTINUING', REFUSE_CONTINUING: 'PROPOSE_CONTINUING',
  REOPEN: 'PROPOSE_REOPENING', REFUSE_REOPENING: 'PROPOSE_REOPENING', DECIDE_APPEAL: 'APPEAL', PASS: 'ASSIGN_VERIFICATION', SEND_BACK: 'ASSIGN_VERIFICATION',
};
