import { leaderCloses } from '../../workflows/rectification/1/closer.js';
import type { Refusal } from '../../workflows/types.js';
import type { House } from '../context.js';
import { InvalidError } from '../errors.js';
import type { Loaded } from '../findings/queries.js';
import { bodyText } from '../forms.js';
import { peopleQueries } from '../people/queries.js';
import { numberTaken, type Decided, type Decision } from './commands/decide.js';
import type { Item, Meeting } from './queries.js';
import { isResult } from './results.js';

/** What the meeting said, row by row. Throws InvalidError with every fault. */
export async function decisionFrom(house: House, body: unknown, meeting: Meeting, items: readonly Item[], loaded: ReadonlyMap<string, Loaded>, { scan, wrong: faulty }: { readonly scan: Decision['scan']; readonly wrong: readonly Refusal[] }): Promise<{ readonly rows: readonly Decided[]; readonly decision: Decision }> {
  const wrong: Refusal[] = [...faulty];
  const fault = (rule: string, field: string, params: Refusal['params'] = {}): void => { wrong.push({ rule, kind: 'input', params, field }); };
  const rows = items.flatMap((item): readonly Decided[] => {
    const [result, reason] = [bodyText(body, `result.${item.number}`), bodyText(body, `reason.${item.number}`)];
    if (!isResult(result)) { fault('meeting.undecided', `result-${item.number}`, { number: item.number }); return []; }
    if (result === 'sentBack' && [...reason].length < 10) fault('meeting.sayWhatIsMissing', `result-${item.number}`, { number: item.number });
    if (result === 'deferred' && reason === '') fault('meeting.sayWhy', `result-${item.number}`, { number: item.number });
    if ([...reason].length > 2000) fault('field.tooLong', `result-${item.number}`, { name: 'meeting.reason', max: 2000, length: [...reason].length });
    const seen = bodyText(body, `seen.${item.number}`);
    return [{ item, result, reason, seen: /^\d{1,9}$/u.test(seen) ? Number(seen) : null }];
  });
  const decisionNumber = bodyText(body, 'decisionNumber');
  const { heldOn } = meeting;
  const taken = await numberTaken(house.db.reader, meeting, decisionNumber);
  if (taken) wrong.push(taken);
  if (heldOn > house.clock.today()) fault('meeting.notHeldYet', 'decisionNumber', { date: heldOn });
  if (decisionNumber === '') fault('field.required', 'decisionNumber', { name: 'decisionNumber' });
  if ([...decisionNumber].length > 60) fault('field.tooLong', 'decisionNumber', { name: 'decisionNumber', max: 60, length: [...decisionNumber].length });
  const asksLeader = rows.some(({ item, result }) => { const found = loaded.get(item.number); return result !== 'deferred' && found !== undefined && leaderCloses(found.snapshot.context); });
  const id = bodyText(body, 'leaderId');
  const leader = asksLeader && /^\d{1,12}$/u.test(id) ? await peopleQueries(house.db.reader).person(Number(id), house.clock.today()) : null;
  if (asksLeader && !leader?.posts.some(({ role }) => role === 'leader')) fault('field.required', 'leaderId', { name: 'meeting.leader' });
  if (asksLeader && !scan) fault('field.required', 'scan', { name: 'scan' });
  if (wrong.length > 0) throw new InvalidError(wrong);
  return { rows, decision: { decisionNumber, leader, scan } };
}
