import type { Actor } from '../../../workflows/actor.js';
import type { EventDefinition, Given } from '../../../workflows/event.js';
import type { FindingContext } from '../../../workflows/finding.js';
import type { House } from '../../context.js';
import { unitsOf } from '../../ledger/project.js';
import type { Unit, UnitTree } from '../../organisation/tree.js';
import { peopleNamed } from '../../people/in-role.js';
import { peopleQueries } from '../../people/queries.js';
import { actorsOf } from '../actors.js';
import { categoryNames, filingChoices } from '../filing-choices.js';
import type { Loaded } from '../queries.js';
import { fitsOf, unitFactsOf } from '../unit-facts.js';
import type { Draft } from './draft.js';
import { fileFacts, type NewEvidence } from './evidence.js';
import { ledgerNumber } from './list.js';

type Data = Readonly<Record<string, unknown>>;

/** What the house adds to an event's data because nobody may type it. */
export async function given(house: House, draft: Draft, definition: EventDefinition | undefined, data: Data, loaded: Loaded, tree: UnitTree, files: readonly NewEvidence[]): Promise<Data> {
  const wanted = definition?.given ?? [];
  if (!definition || wanted.length === 0) return nothing;
  const has = (one: Given): boolean => wanted.includes(one);
  const target = has('target') ? await targetOf(draft, data['target']) : null;
  const { context } = loaded.snapshot;
  return {
    ...(has('number') ? { number: (await nextNumbers(house, draft, 1))[0] } : {}),
    ...(has('numbers') ? { numbers: await nextNumbers(house, draft, Array.isArray(data['pieces']) ? data['pieces'].length : 0) } : {}),
    ...(has('succession') ? { succession: successionOf(context, tree) } : {}),
    ...(has('before') ? { before: { title: context.title, requirement: context.requirement, closureStandard: context.closureStandard } } : {}),
    ...(has('verifiers') ? { verifiers: await verifiers(house, data['verifierIds'], loaded, tree) } : {}),
    ...(has('companions') ? { companionActors: await companions(house, data['companions'], loaded, tree) } : {}),
    ...(has('target') ? { targetFacts: target && factsOf(target) } : {}),
    ...(has('category') ? await categoriesOf(house, loaded.row.categoryId, data['categoryId']) : {}),
    ...(has('files') ? { files: fileFacts(definition, data, files) } : {}),
    ...(has('units') ? { unitFacts: unitFactsOf(definition, data, context, tree) } : {}),
  };
}

const nothing: Data = Object.freeze({});

/** More pieces than a form has rows are refused by their field; until then no number is taken for them. */
const mostPieces = 60;

async function nextNumbers(house: House, draft: Draft, wanted: number): Promise<readonly string[]> {
  const count = Math.min(wanted, mostPieces);
  if (count === 0) return [];
  const year = house.clock.today().slice(0, 4);
  const first = await draft.take(`ZG-${year}`, count);
  return Array.from({ length: count }, (_, index) => ledgerNumber('ZG', year, first + index));
}

/** Units concerned that have ended, each with whoever follows them today and may have it; nobody where the chain of successors ends. */
function successionOf(context: FindingContext, tree: UnitTree): Readonly<Record<string, number>> {
  const concerned = new Set([...unitsOf(context).filter(({ relation }) => relation !== 'host').map(({ unitId }) => unitId), context.suggestedUnitId ?? 0, ...context.suggestedResponsibleIds, ...context.suggestedSupportingIds, ...context.measures.map(({ ownerUnitId }) => ownerUnitId)]);
  return Object.fromEntries([...concerned].flatMap((id) => {
    const successor = successorOf(id, tree);
    return successor && fitsOf(successor, context, tree).includes('rectifier') ? [[String(id), successor.id] as const] : [];
  }));
}

function successorOf(id: number, tree: UnitTree): Unit | undefined {
  const seen = new Set([id]);
  for (let unit = tree.unit(id); unit && unit.disabledOn !== null && unit.successorId !== null;) {
    if (seen.has(unit.successorId)) return undefined;
    seen.add(unit.successorId);
    unit = tree.unit(unit.successorId);
    if (unit?.disabledOn === null) return unit;
  }
  return undefined;
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

/** The category that it is filed under, whether or not it is still in use, and the one that was chosen, which must be. */
async function categoriesOf({ db: { reader } }: House, was: number | null, wanted: unknown): Promise<Data> {
  const [all, { categories }] = [await categoryNames(reader), await filingChoices(reader)];
  return { categoryWas: all.find(({ id }) => id === was) ?? null, categoryIs: categories.find(({ id }) => id === wanted) ?? null };
}

async function targetOf(draft: Draft, number: unknown): Promise<Loaded | null> {
  return typeof number === 'string' ? draft.byNumber(number) : null;
}

function factsOf({ snapshot: { context } }: Loaded): object {
  return { open: context.outcome === null, hostOfficeId: context.hostOfficeId, mergedInto: context.mergedInto, listedOn: context.listedOn };
}
