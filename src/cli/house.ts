import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readConfig } from '../config.js';
import type { House, Person } from '../context.js';
import { openHouse } from '../house.js';
import { peopleQueries, usernameKey } from '../people/queries.js';
import { words, type Words } from '../words.js';

/** Opens the house of DATA_DIR for one command, and closes it whatever happens. Throws when there is no ledger: a mistyped DATA_DIR makes none. */
export async function withHouse<T>(work: (house: House) => Promise<T>): Promise<T> {
  const config = readConfig();
  if (!existsSync(join(config.dataDir, 'ledger.db'))) throw new Error(consoleWords()('cli.noLedger', { folder: config.dataDir }));
  const house = await openHouse({ ...config, logLevel: 'warn' });
  try {
    return await work(house);
  } finally {
    await house.db.close();
  }
}

/** In whose name a command acts. Throws when there is nobody of that name. */
export async function personNamed(house: House, username: string | undefined): Promise<Person> {
  const row = username === undefined ? null : await peopleQueries(house.db.reader).byUsername(usernameKey(username));
  const person = row && (await peopleQueries(house.db.reader).person(row.id, house.clock.today()));
  if (!person) throw new Error(`请用 --as 用户名 指明以谁的名义办理。Say in whose name with --as USERNAME${username === undefined ? '' : ` (${username}?)`}.`);
  return person;
}

/** The words of the console: Chinese unless LANG says English. */
export function consoleWords(): Words {
  return words(readConfig().language);
}

/** Options of a command; an unknown one is an error that names it. */
export function options<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], config: T) {
  return parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true });
}

/** A line on the console. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
