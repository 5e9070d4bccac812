import { setImmediate } from 'node:timers/promises';
import type { House } from '../../context.js';
import { hashOf } from '../../ledger/hash.js';
import { usernameKey } from '../queries.js';
import type { AdministrationScope } from '../scope.js';
import type { By, PersonForm } from '../writes.js';
import { gatherer, postsOf, type Placed } from './gather.js';
import { knownPeople, takenAmong, type Known } from './known.js';
import { parser, type ParsedRow } from './parsed.js';
import type { PeopleList } from './read.js';
import { candidatesFor, proposed } from './usernames.js';
import type { Draft } from './whose.js';

/** What would become of a row. */
export interface JudgedRow extends Placed {
  readonly parsed: ParsedRow;
  /** the user name is a proposal: the list names none. */
  readonly isProposed: boolean;
}

/** Somebody who would be added, or given further posts, with the form that does it. */
export interface Wanted {
  readonly existing: Known | null;
  readonly held: Draft['held'];
  readonly form: PersonForm;
}

export interface Judgement {
  readonly rows: readonly JudgedRow[];
  readonly wanted: readonly Wanted[];
  /** of everything above: two previews with one digest do the same. */
  readonly digest: string;
}

/** Says of every row of a list what would become of it, now: the preview and the confirmation ask the same. */
export async function judgeList({ db: { reader }, clock, tree: treeOf }: House, by: By, scope: AdministrationScope, { rows }: PeopleList): Promise<Judgement> {
  const tree = await treeOf();
  const parsed = await inPieces(rows, parser(tree, scope, clock.today()));
  const known = await knownPeople(reader, [...new Set(parsed.flatMap(({ unit }) => unit?.id ?? []))], parsed.map(({ username }) => username).filter(Boolean));
  const { place, drafts } = gatherer({ by, scope, tree, today: clock.today(), known });
  // Those who are named by a user name are known before anybody is looked for by name and unit.
  const named = parsed.toSorted((one, other) => Number(one.username === '') - Number(other.username === ''));
  const placed = new Map(await inPieces(named, (row) => [row, place(row)] as const));
  const nameless = await nameDrafts(drafts().filter(({ username }) => username === ''), parsed, (usernames) => takenAmong(reader, usernames));
  const judged = parsed.map((row) => judgedOf(row, placed.get(row) ?? nothing, nameless));
  const wanted = drafts().filter((draft) => draft.wanted.length > 0 && draft.username !== '').map(wantedOf);
  return { rows: judged, wanted, digest: digestOf(judged, wanted) };
}

/** Rows in one turn; then pages come in between: two thousand took 200 ms. */
const piece = 200;

async function inPieces<T, R>(items: readonly T[], done: (item: T) => R): Promise<readonly R[]> {
  const results: R[] = [];
  for (const [index, item] of items.entries()) {
    if (index % piece === piece - 1) await setImmediate();
    results.push(done(item));
  }
  return results;
}

/** Proposes a user name to everybody who has none. Answers with whom that concerned. */
async function nameDrafts(drafts: readonly Draft[], parsed: readonly ParsedRow[], takenOf: (usernames: readonly string[]) => Promise<readonly string[]>): Promise<ReadonlySet<Draft>> {
  const candidates = new Map(await inPieces(drafts, (draft) => [draft, candidatesFor(draft.name, draft.place)] as const));
  const taken = new Set([...await takenOf([...candidates.values()].flat()), ...parsed.map(({ username }) => usernameKey(username))]);
  for (const [draft, names] of candidates) draft.username = proposed(names, taken) ?? '';
  return new Set(drafts);
}

function judgedOf(parsed: ParsedRow, placed: Placed, nameless: ReadonlySet<Draft>): JudgedRow {
  const isProposed = placed.draft !== null && nameless.has(placed.draft);
  if (!isProposed || placed.draft?.username !== '') return { ...placed, parsed, isProposed };
  return { outcome: 'faulty', draft: null, faults: [{ rule: 'people.list.noUsername', kind: 'input', params: {}, field: 'username' }], parsed, isProposed: false };
}

function wantedOf(draft: Draft): Wanted {
  const { existing, held, name, username, phone } = draft;
  return { existing, held, form: { username, name, phone, posts: postsOf(draft), version: existing?.person.version ?? null } };
}

function digestOf(rows: readonly JudgedRow[], wanted: readonly Wanted[]): string {
  const said = [rows.map(({ outcome, draft, faults }) => [outcome, draft?.username ?? '', faults]), wanted.map(({ existing, form }) => [existing?.person.id ?? 0, form])];
  return hashOf([JSON.stringify(said)]);
}

const nothing: Placed = { outcome: 'faulty', draft: null, faults: [] };
