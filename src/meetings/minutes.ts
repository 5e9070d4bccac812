import type { Item, Meeting } from './queries.js';

/** What a meeting decided, as the record of the proceedings keeps it: what the tables hold must be this. */
export function minutesOf({ id, officeId, title, heldOn, place, attendees, decisionNumber, decidedBy }: Pick<Meeting, 'id' | 'officeId' | 'title' | 'heldOn' | 'place' | 'attendees' | 'decisionNumber' | 'decidedBy'>, items: readonly Pick<Item, 'number' | 'result' | 'reason'>[]) {
  const results = items.toSorted((one, other) => (one.number < other.number ? -1 : 1)).map(({ number, result, reason }) => [number, result, reason] as const);
  return { id, officeId, title, heldOn, place, attendees, decisionNumber, decidedBy, results };
}
