import type { Statement } from '../../../db/changeset.js';
import { takeNumbers } from '../../../db/series.js';
import type { Actor, EventDefinition } from '../../../workflows/types.js';
import type { House } from '../../context.js';
import type { UnitTree } from '../../organisation/tree.js';
import { peopleQueries } from '../../people/queries.js';
import { actorsOf } from '../actors.js';
import { findingQueries, type Loaded } from '../queries.js';
import { ledgerNumber } from './list.js';

/** What the house adds to an event's data because nobody may type it, and the statements that take it. */
export async function given(house: House, wanted: EventDefinition['given'], data: Readonly<Record<string, unknown>>, loaded: Loaded, tree: UnitTree): Promise<{ readonly data: Readonly<Record<string, unknown>>; readonly statements: readonly Statement[] }> {
  if (wanted.length === 0) return nothing;
  const added: Record<string, unknown> = {};
  const statements: Statement[] = [];
  if (wanted.includes('number')) {
    const year = house.clock.today().slice(0, 4);
    const taken = await takeNumbers(house.db.reader, `ZG-${year}`);
    added['number'] = ledgerNumber('ZG', year, taken.first);
    statements.push(taken.statement);
  }
  if (wanted.includes('verifiers')) added['verifiers'] = await verifiers(house, data['verifierIds'], loaded, tree);
  if (wanted.includes('target')) added['targetFacts'] = await targetFacts(house, data['target']);
  return { data: added, statements };
}

const nothing = Object.freeze({ data: Object.freeze({}), statements: Object.freeze([]) });

/** The people named as verifiers, each as the actor they would be: the rule looks at their units and duties. */
async function verifiers(house: House, ids: unknown, loaded: Loaded, tree: UnitTree): Promise<readonly Actor[]> {
  const wanted = Array.isArray(ids) ? ids.filter((id): id is number => typeof id === 'number') : [];
  const people = await Promise.all(wanted.map((id) => peopleQueries(house.db.reader).person(id, house.clock.today())));
  return people.flatMap((person) => {
    const actors = person ? actorsOf(person, loaded.snapshot.context, tree) : [];
    return actors.find((actor) => actor.role === 'inspector') ?? actors[0] ?? [];
  });
}

async function targetFacts(house: House, number: unknown): Promise<object | null> {
  const target = typeof number === 'string' ? await findingQueries(house.db.reader).byNumber(number) : null;
  if (!target) return null;
  const { context } = target.snapshot;
  return { open: context.outcome === null, hostOfficeId: context.hostOfficeId, mergedInto: context.mergedInto };
}

