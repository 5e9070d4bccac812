import { and, eq, sql } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import { evidence } from '../../db/schema/index.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { House, Person } from '../context.js';
import { evidenceField } from '../findings/commands/evidence.js';
import type { Loaded } from '../findings/queries.js';
import { visibleRows } from '../findings/visible-rows.js';
import { suggestedFor, type Suggested } from '../rules/proposals.js';

/** Rows with what an action on them may start from. */
export interface Rows {
  readonly numbers: readonly string[];
  /** those that the person may see. */
  readonly loaded: ReadonlyMap<string, Loaded>;
  /** what the office's rules propose. */
  readonly suggested: Suggested;
  /** files that the finding has already and that the action may cite, by number. */
  readonly citable: ReadonlyMap<string, readonly string[]>;
}

/** What stands there of these rows, for this person and this action. */
export async function rowsFor(house: House, person: Person, definition: EventDefinition, numbers: readonly string[]): Promise<Rows> {
  const loaded = await visibleRows(house, person, numbers);
  return { numbers: eachOnce(numbers, loaded), loaded, suggested: await suggestedFor(house, definition, loaded), citable: await citableFor(house, definition, loaded) };
}

/** A clue that was listed goes by two numbers, and is one finding. */
function eachOnce(numbers: readonly string[], loaded: Rows['loaded']): readonly string[] {
  const known = new Set<number>();
  return numbers.filter((number) => {
    const id = loaded.get(number)?.row.id;
    if (id === undefined) return true;
    const isNew = !known.has(id);
    known.add(id);
    return isNew;
  });
}

async function citableFor({ db }: House, definition: EventDefinition, loaded: ReadonlyMap<string, Loaded>): Promise<Rows['citable']> {
  const field = evidenceField(definition);
  if (!field?.phase || loaded.size === 0) return new Map();
  const numbers = new Map([...loaded].map(([number, { row }]) => [row.id, number] as const));
  const files = await db.reader.select({ id: evidence.id, findingId: evidence.findingId }).from(evidence).where(and(sql`${evidence.findingId} in (select value from json_each(${asList([...numbers.keys()])}))`, eq(evidence.phase, field.phase))).orderBy(evidence.uploadedAt, evidence.id);
  const found = new Map<string, readonly string[]>();
  for (const { id, findingId } of files) found.set(numbers.get(findingId) ?? '', [...(found.get(numbers.get(findingId) ?? '') ?? []), id]);
  return found;
}
