import { changeset, updateRow } from '../../../db/changeset.js';
import { StaleError } from '../../../db/errors.js';
import { peopleLists } from '../../../db/schema/index.js';
import type { House, Person } from '../../context.js';
import { ChangedError } from '../../errors.js';
import { bodyText, hasText } from '../../forms.js';
import type { JudgedRow } from './judge.js';
import type { KeptList } from './keep.js';
import type { PeopleList } from './read.js';

/** The list, with the user names that were typed in its preview where it names none itself: from then on they are as good as its own. */
export function named({ list, usernames = {} }: KeptList): PeopleList {
  return { ...list, rows: list.rows.map((row) => ({ ...row, username: row.username || (usernames[row.row] ?? '') })) };
}

/** May a user name be typed in this row? Where the list names none and somebody would be new; whatever was typed there stays to be mended. */
export function takesName({ parsed, outcome, isProposed }: JudgedRow, { usernames = {} }: KeptList): boolean {
  return (outcome === 'new' && isProposed) || usernames[parsed.row.row] !== undefined;
}

/** The list as a form leaves it; null when every field is as it was shown. An empty field asks for a proposal again. */
export function namedAnew(kept: KeptList, rows: readonly JudgedRow[], body: unknown): KeptList | null {
  const usernames = new Map(Object.entries(kept.usernames ?? {}));
  let changed = false;
  for (const row of rows.filter((each) => takesName(each, kept) && hasText(body, fieldOf(each)))) {
    const typed = bodyText(body, fieldOf(row)).slice(0, 100);
    if (typed === usernameOf(row)) continue;
    changed = true;
    if (typed === '') usernames.delete(String(row.parsed.row.row));
    else usernames.set(String(row.parsed.row.row), typed);
  }
  return changed ? { ...kept, usernames: Object.fromEntries(usernames) } : null;
}

export function fieldOf({ parsed }: JudgedRow): string {
  return `username.${parsed.row.row}`;
}

/** What stands in the row: proposed, typed, or named by the list. */
export function usernameOf({ draft, parsed }: JudgedRow): string {
  return draft?.username ?? parsed.row.username;
}

/** Keeps the names with the list. Throws ChangedError when it was confirmed or tidied away meanwhile. */
export async function keepNames({ db }: Pick<House, 'db'>, person: Pick<Person, 'id'>, id: string, kept: KeptList): Promise<void> {
  try {
    await db.commit(changeset(updateRow(peopleLists, { body: JSON.stringify(kept) }, { id, personId: person.id }, 'people list')));
  } catch (error) {
    if (error instanceof StaleError) throw new ChangedError('people changed meanwhile', {});
    throw error;
  }
}
