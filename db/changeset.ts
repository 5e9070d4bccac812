import { getTableName, type InferInsertModel, type InferSelectModel, type Table } from 'drizzle-orm';

/**
 * One write as data. Every value is known before the transaction begins, so an engine can run it in a thread of its own,
 * together with others, and nobody can slip a write in between. `expect` is the number of rows it must touch.
 */
export interface Statement {
  /** named in the answer when it touches another number of rows than expected, e.g. "finding ZG-2020-0001 version 7". */
  readonly name: string;
  readonly operation: 'insert' | 'update' | 'delete';
  readonly table: string;
  /** columns in a stable order (by property name of the schema): statements of one shape share a prepared statement. */
  readonly columns: readonly string[];
  readonly values: readonly Value[];
  readonly where: readonly string[];
  readonly whereValues: readonly Value[];
  /** null for what may be gone already: a session that was ended meanwhile, rows of which nobody knows how many there are. */
  readonly expect: number | null;
  /** columns that are increased by their value instead of set. */
  readonly increase: readonly string[];
}
export type Value = string | number | null;

/** One command's writes: all or none. */
export interface Changeset {
  readonly statements: readonly Statement[];
  /** texts to be indexed for search, replacing what was indexed for that finding. */
  readonly search: readonly { readonly findingId: number; readonly text: string }[];
}

export type Row<T extends Table> = InferSelectModel<T>;
export type NewRow<T extends Table> = InferInsertModel<T>;

/** All of them in order, in one transaction. */
export function together(...changesets: readonly Changeset[]): Changeset {
  return {
    statements: changesets.flatMap((each) => each.statements),
    search: changesets.flatMap((each) => each.search),
  };
}

/** A changeset of just these statements. */
export function changeset(...statements: readonly Statement[]): Changeset {
  return { statements, search: [] };
}

/** Adds one row. A row that is there already (primary key, unique) is a conflict that names `name`. */
export function insertRow<T extends Table>(table: T, row: NewRow<T>, name = `new ${getTableName(table)}`): Statement {
  const columns = Object.keys(row).filter((column) => valueOf(row, column) !== undefined);
  return {
    name, operation: 'insert', table: getTableName(table), columns,
    values: columns.map((column) => plain(valueOf(row, column))),
    where: [], whereValues: [], expect: 1, increase: [],
  };
}

/** Sets columns of the rows whose columns equal `where` (null matches null); `expect` rows must be touched, one unless told. */
export function updateRow<T extends Table>(
  table: T, set: Partial<NewRow<T>>, where: Partial<Row<T>>, name: string,
  { expect = 1, increase = [] }: { readonly expect?: number | null; readonly increase?: readonly (keyof Row<T> & string)[] } = {},
): Statement {
  const columns = Object.keys(set).filter((column) => valueOf(set, column) !== undefined);
  const keys = Object.keys(where);
  return {
    name, operation: 'update', table: getTableName(table), columns,
    values: columns.map((column) => plain(valueOf(set, column))),
    where: keys, whereValues: keys.map((column) => plain(valueOf(where, column))), expect, increase,
  };
}

/** Deletes the rows whose columns equal `where`. Any number, unless `expect` says otherwise. */
export function deleteRows<T extends Table>(table: T, where: Partial<Row<T>>, name: string, expect: number | null = null): Statement {
  const keys = Object.keys(where);
  return {
    name, operation: 'delete', table: getTableName(table), columns: [], values: [],
    where: keys, whereValues: keys.map((column) => plain(valueOf(where, column))), expect, increase: [],
  };
}

function valueOf(row: object, column: string): unknown {
  // The keys come from Object.keys of the same object; the index signature is what TypeScript cannot see.
  return (row as Record<string, unknown>)[column];
}

function plain(value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw new TypeError(`A changeset holds text, numbers, booleans and null, not ${typeof value}.`);
}
