import type { House, Person } from '../context.js';
import { current } from '../../workflows/registry.js';
import type { Words } from '../words.js';
import { waitingCounts, waitingForMe } from './queries.js';

/** After one was done from a queue, the next of it: `flash` is what the last write had to say. Null when nothing like it waits, or nothing was done. */
export async function nextInQueue(house: House, person: Person, flash: string | undefined, t: Words): Promise<{ readonly href: string; readonly label: string } | null> {
  const [said, , event = ''] = (flash ?? '').split(' ');
  const resource = said === 'flash.done' ? current.events[event]?.resource : undefined;
  if (!resource) return null;
  const tree = await house.tree();
  const amount = (await waitingCounts(house.db.reader, person, tree)).get(event) ?? 0;
  const [next] = amount === 0 ? [] : await waitingForMe(house.db.reader, person, tree, event, 1);
  return next ? { href: `/findings/${next.number}/${resource}`, label: t('work.next', { event: t(`event.${event}`), number: next.number, count: amount }) } : null;
}
