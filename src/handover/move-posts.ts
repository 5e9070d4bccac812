import { eq } from 'drizzle-orm';
import { changeset, insertRow, updateRow, type Row } from '../../db/changeset.js';
import { ConflictError, StaleError } from '../../db/errors.js';
import { retried } from '../../db/retried.js';
import { commandKeys, handovers, people, posts } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import { plusDays } from '../../workflows/calendar.js';
import { isDate } from '../../workflows/fields.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { InvalidError } from '../errors.js';
import { commandKeyOf } from '../findings/commands/key.js';
import { findingQueries } from '../findings/queries.js';
import { commitRecorded } from '../ledger/stream.js';
import { anotherAdministrator, isAdministrator } from '../people/administrators.js';
import { personInScope } from '../people/in-scope.js';
import { isSame, postFaults } from '../people/posts.js';
import { administersPost, type AdministrationScope } from '../people/scope.js';

export interface PostMove {
  readonly fromId: number;
  readonly toId: number;
  readonly postIds: readonly number[];
  /** the first day of the one, the day after the last of the other. */
  readonly on: string;
  readonly basis: string;
}

/**
 * Moves posts from one person to another on a day: what rests on a post goes with it by itself. Both are in the administrator's scope, neither is
 * the administrator. Throws InvalidError with every fault, NotVisibleError when one of them is not theirs. A second submit under the key does nothing.
 */
export async function movePosts(house: House, by: Person, scope: AdministrationScope, move: PostMove, commandKey: string): Promise<void> {
  const key = commandKeyOf(by, 'posts', commandKey);
  // The second of two finds the post moved already: that is no fault of what was typed.
  if (await findingQueries(house.db.reader).commandKey(key)) return;
  try {
    await retried(() => movedOnce(house, by, scope, move, key));
  } catch (error) {
    if (error instanceof ConflictError && error.statement === 'command key') return;
    if (error instanceof StaleError && error.statement === 'person') throw new InvalidError([{ rule: 'changedMeanwhile', kind: 'input', params: {}, field: null }]);
    throw error;
  }
}

async function movedOnce(house: House, by: Person, scope: AdministrationScope, move: PostMove, key: string): Promise<void> {
  const { reader } = house.db;
  const tree = await house.tree();
  const [from, to] = [await personInScope(house, scope, String(move.fromId)), await personInScope(house, scope, String(move.toId))];
  const held = await reader.select().from(posts).where(eq(posts.personId, from.id));
  const theirs = await reader.select().from(posts).where(eq(posts.personId, to.id));
  const moved = held.filter((post) => move.postIds.includes(post.id) && administersPost(scope, post) && isPresent(post, house.clock.today()));
  const fresh = moved.map(({ role, unitId, kind, untilOn }) => ({ role, unitId, kind, untilOn }));
  const kept = theirs.filter((post) => isPresent(post, house.clock.today()));
  const faults: readonly Refusal[] = [
    ...dayFaults(move, moved, house.clock.today()), ...basisFaults(move.basis), ...(from.id === by.id || to.id === by.id ? [fault('people.ownPosts', 'to')] : []), ...(from.id === to.id ? [fault('handover.same', 'to')] : []), ...(to.disabledOn === null ? [] : [fault('handover.disabled', 'to')]),
    ...(moved.length === 0 ? [fault('handover.noPost', 'post')] : []), ...(fresh.some((post) => kept.some((each) => isSame(each, post))) ? [fault('handover.holds', 'to')] : []),
    ...postFaults([...kept, ...fresh], [...kept, ...moved], tree).filter(({ rule }) => rule === 'people.combined').map((each) => ({ ...each, field: 'to' })),
  ];
  if (faults.length > 0) throw new InvalidError(faults);
  const left = held.filter((post) => !moved.includes(post));
  const guards = isAdministrator(held, tree) && !isAdministrator(left, tree) ? await anotherAdministrator(reader, from.id, tree) : [];
  const [numbers, record] = [await takeNumbers(reader, 'posts', moved.length), await takeNumbers(reader, 'handovers')];
  const version = ({ id, version: seen }: Row<typeof people>) => updateRow(people, { version: seen + 1 }, { id, version: seen }, 'person');
  const shown = moved.map(({ role, unitId }) => ({ role, unitId }));
  const row = insertRow(handovers, { id: record.first, kind: 'posts', unitId: moved[0]?.unitId ?? 0, fromId: from.id, toId: to.id, byId: by.id, on: move.on, basis: move.basis, rows: JSON.stringify(shown), amount: moved.length });
  await commitRecorded(house, changeset(
    insertRow(commandKeys, { key, personId: by.id, location: '/handovers', at: house.clock.now() }, 'command key'), ...guards, numbers.statement, record.statement, version(from), version(to), row,
    ...moved.map((post) => updateRow(posts, { untilOn: plusDays(move.on, -1) }, { id: post.id }, 'post')), ...fresh.map((post, index) => insertRow(posts, { ...post, id: numbers.first + index, personId: to.id, fromOn: move.on })),
  ), { stream: 'accounts', type: 'PostsHandedOver', actorId: by.id, actorName: by.name, payload: { handover: record.first, from: from.id, to: to.id, on: move.on, basis: move.basis, posts: shown } });
}

function isPresent({ untilOn }: Pick<Row<typeof posts>, 'untilOn'>, today: string): boolean {
  return untilOn === null || untilOn >= today;
}

/** From today on, within a year, and within the time for which the post is held. */
function dayFaults({ on }: PostMove, moved: readonly Row<typeof posts>[], today: string): readonly Refusal[] {
  if (!isDate(on)) return [{ rule: 'field.notADate', kind: 'input', params: { name: 'handoverOn' }, field: 'on' }];
  if (on < today || on > plusDays(today, 366)) return [fault('handover.day', 'on')];
  return moved.some((post) => (post.untilOn !== null && post.untilOn < on) || (post.fromOn !== null && post.fromOn >= on)) ? [fault('handover.postDay', 'on')] : [];
}

/** On what it rests: a letter, a decision, a call. */
export function basisFaults(basis: string): readonly Refusal[] {
  const { length } = [...basis];
  if (length === 0) return [{ rule: 'field.required', kind: 'input', params: { name: 'handoverBasis' }, field: 'basis' }];
  return length > 200 ? [{ rule: 'field.tooLong', kind: 'input', params: { name: 'handoverBasis', max: 200, length }, field: 'basis' }] : [];
}

function fault(rule: string, field: string): Refusal {
  return { rule, kind: 'input', params: {}, field };
}
