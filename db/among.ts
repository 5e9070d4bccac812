import { sql, type Column, type SQL } from 'drizzle-orm';

/**
 * "The column is one of these numbers", for a prepared query: however many there are, it is one parameter, `asList(numbers)`. A list
 * of parameters would be another statement for every length, built and compiled anew each time.
 */
export function among(column: Column, placeholder: string): SQL {
  return sql`${column} in (select value from json_each(${sql.placeholder(placeholder)}))`;
}

export function asList(numbers: readonly number[]): string {
  return JSON.stringify(numbers);
}
