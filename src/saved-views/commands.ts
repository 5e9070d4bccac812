import { and, eq, isNull } from 'drizzle-orm';
import { changeset, deleteRows, insertRow } from '../../db/changeset.js';
import { StaleError } from '../../db/errors.js';
import { retried } from '../../db/retried.js';
import { savedViews } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { House, Person } from '../context.js';
import { ChangedError, InvalidError } from '../errors.js';
import { addressOf, filtersFrom } from '../ledger-pages/filters.js';
import { commitRecorded, type StreamEvent } from '../ledger/stream.js';
import type { SavedView } from './links.js';

/** As many as fit above a list and can be told apart. */
export const mostViews = 30;
const mostLetters = { name: 40, query: 1500 };

/** Keeps a view under a name; the same under the same name again is there already. What is kept is read as the ledger's own filters and nothing else. Throws InvalidError. */
export async function saveView(house: House, person: Person, { name, query, officeId }: Pick<SavedView, 'name' | 'query' | 'officeId'>): Promise<void> {
  const { filters, order, ignored } = filtersFrom(spread(query));
  const canonical = addressOf(filters, order).split('?')[1] ?? '';
  const { length } = [...name];
  const fault = (rule: string, params: Readonly<Record<string, string | number>> = {}): InvalidError => new InvalidError([{ rule, kind: 'input', params: { name: 'views.name', ...params }, field: 'name' }]);
  if (length === 0) throw fault('field.required');
  if (length > mostLetters.name) throw fault('field.tooLong', { max: mostLetters.name, length });
  if (ignored.length > 0 || canonical.length > mostLetters.query) throw fault('views.notAView');
  const whose = officeId === null ? and(eq(savedViews.personId, person.id), isNull(savedViews.officeId)) : eq(savedViews.officeId, officeId);
  const [same] = await house.db.reader.select({ query: savedViews.query }).from(savedViews).where(and(whose, eq(savedViews.name, name)));
  // The second of two clicks.
  if (same?.query === canonical) return;
  if (same) throw fault('views.taken');
  if ((await house.db.reader.$count(savedViews, whose)) >= mostViews) throw fault('views.tooMany', { most: mostViews });
  await retried(async () => {
    const { first, statement } = await takeNumbers(house.db.reader, 'saved_views');
    const changes = changeset(statement, insertRow(savedViews, { id: first, personId: person.id, officeId, name, query: canonical, createdAt: house.clock.now() }, 'view'));
    await (officeId === null ? house.db.commit(changes) : commitRecorded(house, changes, fact('ViewShared', person, { officeId, name, query: canonical })));
  });
}

/** Takes a view away; the findings in it are as they were. Throws ChangedError when somebody took it away meanwhile. */
export async function removeView(house: House, person: Person, { id, officeId, name, query }: SavedView): Promise<void> {
  const changes = changeset(deleteRows(savedViews, { id }, 'view', 1));
  try {
    await (officeId === null ? house.db.commit(changes) : commitRecorded(house, changes, fact('ViewRemoved', person, { officeId, name, query })));
  } catch (error) {
    if (error instanceof StaleError && error.statement === 'view') throw new ChangedError('the view is gone', { number: '', seen: 0 });
    throw error;
  }
}

function fact(type: StreamEvent['type'], by: Person, payload: Readonly<Record<string, unknown>>): StreamEvent {
  return { stream: 'proceedings', type, actorId: by.id, actorName: by.name, payload };
}

/** A query as the server reads it: what stands there several times is a list. */
function spread(query: string): Readonly<Record<string, string | readonly string[]>> {
  const read = new URLSearchParams(query);
  return Object.fromEntries([...new Set(read.keys())].map((name) => { const all = read.getAll(name); return [name, all.length === 1 ? all[0] ?? '' : all]; }));
}
