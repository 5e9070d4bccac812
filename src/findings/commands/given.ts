import { updateRow, type Statement } from '../../../db/changeset.js';
import { findings } from '../../../db/schema/index.js';
import type { Actor, EventDefinition, Given } from '../../../workflows/types.js';
import type { House } from '../../context.js';
import type { UnitTree } from '../../organisation/tree.js';
import { peopleNamed } from '../../people/in-role.js';
import { peopleQueries } from '../../people/queries.js';
import { actorsOf } from '../actors.js';
import type { Loaded } from '../queries.js';
import { unitFactsOf } from '../unit-facts.js';
import type { Draft } from './draft.js';
import { fileFacts, type NewEvidence } from './evidence.js';
import { ledgerNumber } from './list.js';
import { versionName } from './write.js';

type Data = Readonly<Record<string, unknown>>;

/** What the house adds, and statements that must hold for it to be true. */
export interface Facts {
  readonly data: Data;
  readonly statements: readonly Statement[];
}

/** What the house adds to an event's data because nobody may type it. */
export async function given(house: House, draft: Draft, definition: EventDefinition | undefined, data: Data, loaded: Loaded, tree: UnitTree, files: readonly NewEvidence[]): Promise<Facts> {
  const wanted = definition?.given ?? [];
  if (!definition || wanted.length === 0) return nothing;
  const has = (one: Given): boolean => wanted.includes(one);
  const target = has('target') ? await targetOf(draft, data['target']) : null;
  return {
    data: {
      ...(has('number') ? { number: await nextNumber(house, draft) } : {}),
      ...(has('verifiers') ? { verifiers: await verifiers(house, data['verifierIds'], loaded, tree) } : {}),
      ...(has('companions') ? { companionActors: await companions(house, data['companions'], loaded, tree) } : {}),
      ...(has('target') ? { targetFacts: target && factsOf(target) } : {}),
      ...(has('files') ? { files: fileFacts(definition, data, files) } : {}),
      ...(has('units') ? { unitFacts: unitFactsOf(definition, data, loaded.snapshot.context, tree) } : {}),
    },
    statements: target ? [stillThere(target)] : [],
  };
}

const nothing: Facts = Object.freeze({ data: Object.freeze({}), statements: Object.freeze([]) });

async function nextNumber(house: House, draft: Draft): Promise<string> {
  const year = house.clock.today().slice(0, 4);
  return ledgerNumber('ZG', year, await draft.take(`ZG-${year}`, 1));
}

/** The people named as verifiers, each as the actor they would be: the rule looks at their units and duties. */
async function verifiers(house: House, ids: unknown, loaded: Loaded, tree: UnitTree): Promise<readonly Actor[]> {
  const wanted = Array.isArray(ids) ? ids.filter((id): id is number => typeof id === 'number') : [];
  const people = await Promise.all(wanted.map((id) => peopleQueries(house.db.reader).person(id, house.clock.today())));
  return people.flatMap((person) => (person ? asInspector(actorsOf(person, loaded.snapshot.context, tree)) : []));
}

/** Companions who are people of this house: of several who share a name, one whose part in the finding would bind them comes first. */
async function companions(house: House, names: unknown, loaded: Loaded, tree: UnitTree): Promise<readonly Actor[]> {
  const typed = Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : [];
  const spellings = [...new Set(typed.flatMap((name) => [name, name.normalize('NFKC').replace(/\s+/gu, '')]))].slice(0, 100);
  const people = await peopleNamed(house.db.reader, spellings, house.clock.today());
  const { context } = loaded.snapshot;
  const bound = (actor: Actor): boolean => actor.belongs.length > 0 || context.marks.some((mark) => mark.personId === actor.personId);
  const byName = new Map<string, Actor>();
  for (const actor of people.flatMap((person) => asInspector(actorsOf(person, context, tree)))) {
    const known = byName.get(actor.name);
    if (!known || (!bound(known) && bound(actor))) byName.set(actor.name, actor);
  }
  return [...byName.values()];
}

function asInspector(actors: readonly Actor[]): readonly Actor[] {
  const actor = actors.find((each) => each.role === 'inspector') ?? actors[0];
  return actor ? [actor] : [];
}

async function targetOf(draft: Draft, number: unknown): Promise<Loaded | null> {
  return typeof number === 'string' ? draft.byNumber(number) : null;
}

function factsOf({ snapshot: { context } }: Loaded): object {
  return { open: context.outcome === null, hostOfficeId: context.hostOfficeId, mergedInto: context.mergedInto, listedOn: context.listedOn };
}

/** Two findings merged into each other at the same moment would both be gone: the target must still be as it was judged. */
function stillThere({ row }: Loaded): Statement {
  return updateRow(findings, { version: row.version }, { id: row.id, version: row.version }, versionName(row.id));
}
