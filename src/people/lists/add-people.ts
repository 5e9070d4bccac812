import { changeset, deleteRows, insertRow } from '../../../db/changeset.js';
import { ConflictError, StaleError } from '../../../db/errors.js';
import { retried } from '../../../db/retried.js';
import { commandKeys, peopleLists } from '../../../db/schema/index.js';
import { takeNumbers } from '../../../db/series.js';
import type { House, Person } from '../../context.js';
import { ChangedError } from '../../errors.js';
import { commandKeyOf } from '../../findings/commands/key.js';
import { findingQueries } from '../../findings/queries.js';
import { commitRecorded } from '../../ledger/stream.js';
import { nobodysPassword } from '../commands.js';
import { adding, changing, freshPosts, postNumbers, type By, type Write } from '../writes.js';
import type { Judgement, Wanted } from './judge.js';
import { keeping } from './keep.js';

/** Where the first submit under a key was answered to; null when there was none. */
export async function answeredBefore(house: House, person: Person, key: string): Promise<string | null> {
  return (await findingQueries(house.db.reader).commandKey(commandKeyOf(person, 'people list', key)))?.location ?? null;
}

/**
 * Adds everybody of a judged list, and gives the further posts, in one changeset: the writes and the events are those of the single actions, one event a person. Nobody knows a password;
 * all come in by slips. Answers with the address of what became of it. Throws ChangedError when a name was taken or somebody was changed meanwhile: nothing is written then. A second
 * submit under the key answers with the first one's address.
 */
export async function addPeople(house: House, person: Person, { list, judgement }: { readonly list: string; readonly judgement: Judgement }, key: string): Promise<string> {
  const passwordHash = await nobodysPassword();
  try {
    return await retried(() => addedOnce(house, person, list, judgement, passwordHash, key));
  } catch (error) {
    const before = error instanceof ConflictError && error.statement === 'command key' ? await answeredBefore(house, person, key) : null;
    if (before !== null) return before;
    if ((error instanceof ConflictError && error.statement === 'username') || (error instanceof StaleError && ['person', 'post', waiting].includes(error.statement))) throw new ChangedError('people changed meanwhile', {});
    throw error;
  }
}

/** How the statement is named that takes the list away, with everything that it told of people. */
const waiting = 'people list';

async function addedOnce(house: House, person: Person, list: string, { rows, wanted }: Judgement, passwordHash: string, key: string): Promise<string> {
  const { reader } = house.db;
  const count = wanted.filter(({ existing }) => existing === null).length;
  const numbers = count === 0 ? null : await takeNumbers(reader, 'people', count);
  const posts = await postNumbers(reader, wanted.reduce((sum, each) => sum + freshPosts(each.form, each.held).length, 0));
  const first = numbers?.first ?? 0;
  const writes = writesOf(person, wanted, { id: first, firstPost: posts.first, passwordHash });
  const left = rows.filter(({ outcome }) => outcome === 'faulty').map(({ parsed: { row, name }, faults }) => ({ row: row.row, name, unit: row.unit, faults }));
  const result = keeping(house, person, { kind: 'people added', first, count, further: wanted.length - count, already: rows.filter(({ outcome }) => outcome === 'already').length, left });
  const location = `/people/lists/added/${result.id}`;
  const once = insertRow(commandKeys, { key: commandKeyOf(person, 'people list', key), personId: person.id, location, at: house.clock.now() }, 'command key');
  const [event, ...further] = writes.map((write) => write.event);
  if (!event) throw new Error('A list that adds nobody is not confirmed.');
  await commitRecorded(house, changeset(once, deleteRows(peopleLists, { id: list }, waiting, 1), result.statement, ...(numbers ? [numbers.statement] : []), ...posts.statements, ...writes.flatMap(({ statements }) => statements)), event, ...further);
  return location;
}

/** One after the other, in the order of the list, each under the next numbers. */
function writesOf(by: By, wanted: readonly Wanted[], { id, firstPost, passwordHash }: { readonly id: number; readonly firstPost: number; readonly passwordHash: string }): readonly Write[] {
  let [nextId, nextPost] = [id, firstPost];
  return wanted.map(({ existing, form, held }) => {
    const write = existing ? changing(by, existing.person, form, held, nextPost) : adding(by, form, { id: nextId, firstPost: nextPost, passwordHash });
    nextId += existing ? 0 : 1;
    nextPost += freshPosts(form, held).length;
    return write;
  });
}
