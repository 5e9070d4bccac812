import { and, eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { changeset, insertRow, type Statement } from '../../../db/changeset.js';
import { peopleLists } from '../../../db/schema/index.js';
import type { Refusal } from '../../../workflows/types.js';
import type { House, Person } from '../../context.js';
import { NotVisibleError } from '../../errors.js';
import type { PeopleList } from './read.js';

/** A list that waits to be confirmed, as it was read. */
export interface KeptList {
  readonly kind: 'people list';
  readonly list: PeopleList;
  /** of its file; '' for what was pasted. */
  readonly name: string;
  /** typed in the preview, by row. */
  readonly usernames?: Readonly<Record<string, string>>;
}

/** What became of one. */
export interface KeptResult {
  readonly kind: 'people added';
  /** ids of those who are new: one after the other. */
  readonly first: number;
  readonly count: number;
  /** how many got further posts. */
  readonly further: number;
  readonly already: number;
  readonly left: readonly { readonly row: number; readonly name: string; readonly unit: string; readonly faults: readonly Refusal[] }[];
}

type Kept = KeptList | KeptResult;

/** Keeps a list until it is confirmed or tidied away; answers with the name under which it lies. */
export async function keepList(house: House, person: Pick<Person, 'id'>, list: KeptList): Promise<string> {
  const { id, statement } = keeping(house, person, list);
  await house.db.commit(changeset(statement));
  return id;
}

/** The row that keeps it, for a changeset that does more: nobody else can open it, because it says whose it is (docs/decisions/0025). */
export function keeping({ clock }: Pick<House, 'clock'>, person: Pick<Person, 'id'>, kept: Kept): { readonly id: string; readonly statement: Statement } {
  const id = randomUUID();
  return { id, statement: insertRow(peopleLists, { id, personId: person.id, kind: kept.kind, body: JSON.stringify(kept), at: clock.now() }) };
}

/** What somebody kept, by the name in an address. Throws NotVisibleError when it is not there any more, another's, or no such thing. */
export async function keptOf<K extends Kept['kind']>(house: House, person: Pick<Person, 'id'>, kind: K, id: string): Promise<Extract<Kept, { kind: K }>> {
  const [row] = await house.db.reader.select({ body: peopleLists.body }).from(peopleLists).where(and(eq(peopleLists.id, id), eq(peopleLists.personId, person.id), eq(peopleLists.kind, kind)));
  if (!row) throw new NotVisibleError('no such list', { number: '', office: '', phone: '' });
  const kept: Extract<Kept, { kind: K }> = JSON.parse(row.body);
  return kept;
}
