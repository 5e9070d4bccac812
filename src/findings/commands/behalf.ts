import { isDate } from '../../../workflows/fields.js';
import type { Actor, Refusal, WorkflowEvent } from '../../../workflows/types.js';
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

/** Nobody signs before the stage has begun that they decide on, nor before they were asked. */
export async function basisErrors({ db }: Pick<House, 'db'>, { row }: Loaded, behalf: Behalf | null): Promise<readonly Refusal[]> {
  if (!behalf || !isDate(behalf.basisDate)) return [];
  const events = await findingQueries(db.reader).events(row.id, null, 200);
  const began = events.find((event) => event.seq === row.movedSeq || asks.has(event.type));
  return began && behalf.basisDate < began.occurredOn ? [{ rule: 'basisBeforeStage', kind: 'input', params: { date: began.occurredOn }, field: 'basisDate' }] : [];
}

/** What somebody decides on without the stage having moved. */
const asks: ReadonlySet<string> = new Set(['REQUEST_EXTENSION', 'PROPOSE_SUSPENSION', 'PROPOSE_CONTINUING', 'PROPOSE_REOPENING', 'APPEAL', 'INSTRUCT']);
