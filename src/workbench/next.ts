import type { House, Person } from '../context.js';
import { current } from '../../workflows/registry.js';
import { questionsOf } from '../findings/other-decision.js';
import { flashFrom } from '../flash.js';
import type { Words } from '../words.js';
import { waitingCounts, waitingForMe } from './queries.js';

/** After one was done from a queue, the next of it: `flash` is what the last write had to say. Null when nothing like it waits, or nothing was done. */
export async function nextInQueue(house: House, person: Person, flash: string | undefined, t: Words): Promise<{ readonly href: string; readonly label: string } | null> {
  const { key, event } = flashFrom(flash ?? '');
  if (key !== 'flash.done') return null;
  const tree = await house.tree();
  const counts = await waitingCounts(house.db.reader, person, tree);
  const question = questionsOf(event).find((each) => each !== ongoing && (counts.get(each) ?? 0) > 0);
  const resource = question === undefined ? undefined : current.events[question]?.resource;
  const [next] = question === undefined || !resource ? [] : await waitingForMe(house.db.reader, person, tree, question, 1);
  return next ? { href: `/findings/${next.number}/${resource ?? ''}`, label: t('work.next', { queue: t(`queue.${next.event}`), number: next.number, count: counts.get(next.event) ?? 0 }) } : null;
}

/** What is being put right waits for its claim all the time: nobody is led from one claim to the next. */
const ongoing = 'CLAIM';
