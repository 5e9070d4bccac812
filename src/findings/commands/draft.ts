import { changeset, together, type Changeset, type Statement } from '../../../db/changeset.js';
import { StaleError } from '../../../db/errors.js';
import { seriesPrefix } from '../../../db/retried.js';
import { takeNumbers } from '../../../db/series.js';
import type { House, Person } from '../../context.js';
import { peopleInRoles } from '../../people/in-role.js';
import { namesInHouse, type NamedBy } from '../../people/names.js';
import { findingQueries, type Loaded } from '../queries.js';

/**
 * What one command is about to write, while it is being thought out: findings as they will be and numbers already taken, so that the
 * second row of a batch sees what the first one did. Nothing is written; `changes()` is the one changeset that will be.
 */
export interface Draft {
  /** A finding by ledger or clue number, as this command will leave it. */
  byNumber(number: string): Promise<Loaded | null>;
  /** The same finding, as this command will leave it. */
  latest(loaded: Loaded): Loaded;
  /** The first of the next `count` numbers of a series. */
  take(series: string, count: number): Promise<number>;
  /** Everybody who decides anything, with their posts; the same for every row, so asked once. */
  deciders(): Promise<readonly Person[]>;
  /** Whom a typed name means; asked once, as well. */
  names(): Promise<NamedBy>;
  /** Writes, in order, and the finding they lead to. */
  write(changes: Changeset, next: Loaded | null): void;
  /** Answers with how to forget everything since: what was refused takes no number and leaves no trace. */
  mark(): () => void;
  /** Everything, with the statements that take the numbers. Throws StaleError when somebody took a number meanwhile. */
  changes(): Promise<Changeset>;
}

interface Taken {
  readonly first: number;
  readonly count: number;
}

/** An empty draft on the ledger as it stands. */
export function openDraft(house: Pick<House, 'db' | 'clock'>): Draft {
  const queries = findingQueries(house.db.reader);
  const [findings, ids, taken] = [new Map<number, Loaded>(), new Map<string, number>(), new Map<string, Taken>()];
  let deciders: Promise<readonly Person[]> | null = null;
  let names: Promise<NamedBy> | null = null;
  const written: Changeset[] = [];
  const undo: (() => void)[] = [];
  const set = <K, V>(map: Map<K, V>, key: K, value: V): void => {
    const before = map.get(key);
    undo.push(() => { if (before === undefined) map.delete(key); else map.set(key, before); });
    map.set(key, value);
  };
  return {
    async byNumber(number) {
      const drafted = findings.get(ids.get(number) ?? 0);
      if (drafted) return drafted;
      const found = await queries.byNumber(number);
      return found && (findings.get(found.row.id) ?? found);
    },
    latest: (loaded) => findings.get(loaded.row.id) ?? loaded,
    async take(series, count) {
      const { first, count: already } = taken.get(series) ?? { first: (await takeNumbers(house.db.reader, series, 0)).first, count: 0 };
      set(taken, series, { first, count: already + count });
      return first + already;
    },
    deciders: () => (deciders ??= peopleInRoles(house.db.reader, ['inspector', 'office', 'leader', 'sector'], house.clock.today())),
    names: () => (names ??= namesInHouse(house.db.reader)),
    write(changes, next) {
      written.push(changes);
      undo.push(() => { written.pop(); });
      if (!next) return;
      set(findings, next.row.id, next);
      set(ids, next.row.number, next.row.id);
    },
    mark() {
      const length = undo.length;
      return () => { while (undo.length > length) undo.pop()?.(); };
    },
    async changes() {
      const statements: Statement[] = [];
      for (const [series, numbers] of taken) if (numbers.count > 0) statements.push(await taking(house, series, numbers));
      return together(changeset(...statements), ...written);
    },
  };
}

/** The statement that takes them, from where they were counted. */
async function taking(house: Pick<House, 'db'>, series: string, { first, count }: Taken): Promise<Statement> {
  const again = await takeNumbers(house.db.reader, series, count);
  if (again.first !== first) throw new StaleError(`${seriesPrefix}${series}`);
  return again.statement;
}
