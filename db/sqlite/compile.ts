import { getTableColumns, getTableName, is, Table } from 'drizzle-orm';
import * as schema from '../schema/index.js';
import type { Statement } from '../changeset.js';

/** SQL of a statement; statements of one shape have one text, so that one prepared statement serves them. */
export function sqlOf(statement: Statement): string {
  const columns = columnsOf(statement.table);
  const named = (property: string): string => {
    const column = columns[property];
    if (!column) throw new Error(`There is no column ${statement.table}.${property}.`);
    return `"${column}"`;
  };
  const where = statement.where.map((property) => `${named(property)} IS ?`).join(' AND ');
  switch (statement.operation) {
    case 'insert': return `INSERT INTO "${statement.table}" (${statement.columns.map(named).join(', ')}) VALUES (${statement.columns.map(() => '?').join(', ')})`;
    case 'update': return `UPDATE "${statement.table}" SET ${statement.columns.map((property) => `${named(property)} = ${statement.increase.includes(property) ? `${named(property)} + ` : ''}?`).join(', ')} WHERE ${where}`;
    case 'delete': return `DELETE FROM "${statement.table}" WHERE ${where}`;
  }
}

/** Statements of one shape share this key. */
export function shapeOf(statement: Statement): string {
  return `${statement.operation} ${statement.table} ${statement.columns.join()} ${statement.increase.join()} ${statement.where.join()}`;
}

function columnsOf(table: string): Readonly<Record<string, string>> {
  const columns = tables.get(table);
  if (!columns) throw new Error(`There is no table ${table}.`);
  return columns;
}

const tables: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(
  Object.values(schema).filter((each) => is(each, Table)).map((table) => [
    getTableName(table),
    Object.fromEntries(Object.entries(getTableColumns(table)).map(([property, column]) => [property, column.name])),
  ]),
);
