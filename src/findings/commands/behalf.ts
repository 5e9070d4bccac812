import { isDate } from '../../../workflows/fields.js';
import type { Actor } from '../../../workflows/actor.js';
import type { Refusal, WorkflowEvent } from '../../../workflows/types.js';
import { dayAfter } from '../../clock.js';
import type { House } from '../../context.js';
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
  // What is no date is refused by the workflow; until then it happens now.
  if (!behalf || !isDate(behalf.basisDate) || behalf.basisDate >= today) return { occurredAt: clock.occurring(), today };
  return { occurredAt: new Date(Date.parse(dayAfter(behalf.basisDate, clock.zone)) - 1).toISOString(), today: behalf.basisDate, typedOn: today };
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
