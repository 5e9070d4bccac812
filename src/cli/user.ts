import { asc } from 'drizzle-orm';
import { people } from '../../db/schema/index.js';
import type { Post } from '../context.js';
import { addPerson, disablePerson, oneTimePassword, resetPassword } from '../people/commands.js';
import { peopleQueries, usernameKey } from '../people/queries.js';
import type { House } from '../context.js';
import { consoleWords, options, say, withHouse } from './house.js';

const theConsole = { id: 0, name: 'console' };
const roles: readonly Post['role'][] = ['office', 'handler', 'head', 'sector', 'inspector', 'leader', 'admin', 'auditor'];

/** Accounts from the console, for when nobody can sign in: add USERNAME --name --role --unit, reset USERNAME, disable USERNAME, list. */
export async function userCommand(args: readonly string[]): Promise<number> {
  const { positionals: [verb, username = ''], values } = options(args, { name: { type: 'string' }, role: { type: 'string' }, unit: { type: 'string' } });
  return withHouse(async (house) => {
    switch (verb) {
      case 'list': return list(house);
      case 'add': return add(house, username, values);
      case 'reset': return reset(house, username);
      case 'disable': return disable(house, username);
      default: throw new Error(consoleWords()('cli.user'));
    }
  });
}

async function list(house: House): Promise<number> {
  for (const row of await house.db.reader.select().from(people).orderBy(asc(people.id))) say(`${row.username}\t${row.name}\t${row.disabledOn ?? ''}`);
  return 0;
}

async function add(house: House, username: string, values: { readonly name?: string | undefined; readonly role?: string | undefined; readonly unit?: string | undefined }): Promise<number> {
  const role = roles.find((each) => each === values.role);
  const [unit] = values.unit === undefined ? [] : (await house.tree()).named(values.unit);
  if (username === '' || !role || !unit) throw new Error(consoleWords()('cli.userAdd', { roles: roles.join(' ') }));
  const password = oneTimePassword();
  await addPerson(house, theConsole, { username, name: values.name ?? username, phone: '', posts: [{ role, unitId: unit.id, kind: 'home', untilOn: null }] }, password);
  say(`${username}\t${password}`);
  return 0;
}

async function reset(house: House, username: string): Promise<number> {
  say(`${username}\t${await resetPassword(house, theConsole, await idOf(house, username))}`);
  return 0;
}

async function disable(house: House, username: string): Promise<number> {
  await disablePerson(house, theConsole, await idOf(house, username), true);
  return 0;
}

async function idOf(house: House, username: string): Promise<number> {
  const row = await peopleQueries(house.db.reader).byUsername(usernameKey(username));
  if (!row) throw new Error(consoleWords()('cli.nobody', { username }));
  return row.id;
}
