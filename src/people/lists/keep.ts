import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
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
/** Bytes: 2,000 rows of the longest cells. */
const largest = 16 * 1024 * 1024;

/**
 * Keeps it among the files until it is tidied away, as files that wait for a form are; answers with the name under which it lies. Nobody else can open it: it says whose it is, and its
 * name is told to nobody but them (docs/decisions/0025).
 */
export async function keep(house: House, person: Pick<Person, 'id'>, kept: Kept): Promise<string> {
  const bytes = Buffer.from(JSON.stringify({ ...kept, by: person.id, id: randomUUID() }));
  return (await house.files.put(Readable.from([bytes]), largest)).sha256;
}

/** What somebody kept, by the name in an address. Throws NotVisibleError when it is not there any more, another's, or no such thing. */
export async function keptOf<K extends Kept['kind']>(house: House, person: Pick<Person, 'id'>, kind: K, name: string): Promise<Extract<Kept, { kind: K }>> {
  const kept = /^[0-9a-f]{64}$/u.test(name) ? await read(house, name).catch(() => null) : null;
  if (!isKept(kept, kind) || kept.by !== person.id) throw new NotVisibleError('no such list', { number: '', office: '', phone: '' });
  return kept;
}

async function read(house: House, name: string): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await house.files.open(name)) {
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size > largest) return null;
    chunks.push(bytes);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** Only `keep` writes such a file; evidence that says the same of itself names its sender, and opens to nobody else. */
function isKept<K extends Kept['kind']>(kept: unknown, kind: K): kept is Extract<Kept, { kind: K }> & { readonly by: number } {
  return typeof kept === 'object' && kept !== null && 'kind' in kept && kept.kind === kind && 'by' in kept;
}
