import { randomInt } from 'node:crypto';
import { changeset, insertRow } from '../../db/changeset.js';
import { people, posts, units } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { House } from '../context.js';
import { commitRecorded } from '../ledger/stream.js';
import { usernameKey } from '../people/queries.js';
import { hashPassword } from '../sign-in/password.js';

/** Has anybody ever been added to this ledger? People are never deleted, so what is begun stays begun; whoever is locked out comes back by the console. */
export async function isBegun(house: Pick<House, 'db'>): Promise<boolean> {
  const [found] = await house.db.reader.select({ id: people.id }).from(people).limit(1);
  return found !== undefined;
}

/** A code of eight characters for the console, without letters that look like others. */
export function firstRunCode(): string {
  return Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');
}

const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** Makes the root of the organisation and its first administrator. The caller has checked the code and the form. */
export async function makeFirstAdministrator(house: House, form: { readonly root: string; readonly username: string; readonly name: string; readonly password: string }): Promise<void> {
  const [unit, person, post] = [await takeNumbers(house.db.reader, 'units'), await takeNumbers(house.db.reader, 'people'), await takeNumbers(house.db.reader, 'posts')];
  const passwordHash = await hashPassword(form.password);
  await commitRecorded(house, changeset(
    unit.statement, person.statement, post.statement,
    insertRow(units, { id: unit.first, name: form.root, shortName: form.root, kind: 'city', path: `/${unit.first}/` }),
    insertRow(people, { id: person.first, username: form.username, usernameKey: usernameKey(form.username), name: form.name, passwordHash, mustChangePassword: false }),
    insertRow(posts, { id: post.first, personId: person.first, unitId: unit.first, role: 'admin' }),
  ), { stream: 'accounts', type: 'FirstAdministratorMade', actorId: person.first, actorName: form.name, payload: { username: form.username, root: form.root } });
  house.changed();
}
