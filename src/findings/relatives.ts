import { and, eq, inArray, sql } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import { findings, findingScope } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import { scopeOf } from './policy.js';
import type { Loaded } from './queries.js';

/** Numbers of parts, and of what a finding was merged with or split from, that this person may not see: on its page and in its history they are not told. */
export async function hiddenRelatives(house: House, person: Person, { snapshot: { context } }: Loaded): Promise<ReadonlySet<string>> {
  const { absorbed = [], mergedInto, splitFrom, splitInto = [], parts } = context;
  const numbers = [...absorbed, mergedInto, splitFrom, ...splitInto, ...parts.map(({ number }) => number)].filter((number) => typeof number === 'string');
  if (numbers.length === 0) return new Set();
  const scope = scopeOf(person, await house.tree());
  const seen = await house.db.reader.selectDistinct({ number: findings.number }).from(findings).innerJoin(findingScope, eq(findingScope.findingId, findings.id))
    .where(and(inArray(findings.number, numbers), sql`${findingScope.unitId} in (select value from json_each(${asList(scope)}))`));
  const visible = new Set(seen.map(({ number }) => number));
  return new Set(numbers.filter((number) => !visible.has(number)));
}
