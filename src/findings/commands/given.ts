import type { Actor } from '../../../workflows/actor.js';
import type { EventDefinition, Given } from '../../../workflows/event.js';
import type { FindingContext } from '../../../workflows/finding.js';
import type { House } from '../../context.js';
import { unitsOf } from '../../ledger/project.js';
import type { Unit, UnitTree } from '../../organisation/tree.js';
import { peopleThen } from '../../people/in-role.js';
import { nameKey } from '../../people/names.js';
import { peopleQueries, type PersonThen } from '../../people/queries.js';
import { actorsOf } from '../actors.js';
import { categoryNames, filingChoices } from '../filing-choices.js';
import type { Loaded } from '../queries.js';
import { fitsOf, unitFactsOf } from '../unit-facts.js';
import type { Draft } from './draft.js';
import { fileFacts, type NewEvidence } from './evidence.js';
import { ledgerNumber } from './list.js';

type Data = Readonly<Record<string, unknown>>;

/** What the house adds to an event's data because nobody may type it; `day`: when it happened, which is that of the paper where there is one. */
export async function given(house: House, draft: Draft, definition: EventDefinition | undefined, data: Data, loaded: Loaded, tree: UnitTree, files: readonly NewEvidence[], day: string): Promise<Data> {
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
    ...(has('verifiers') ? { verifiers: await verifiers(house, data['verifierIds'], loaded, tree, day) } : {}),
    ...(has('companions') ? await companions(house, draft, data['companions'], loaded, tree, day) : {}),
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
async function verifiers(house: House, ids: unknown, loaded: Loaded, tree: UnitTree, day: string): Promise<readonly Actor[]> {
  const wanted = Array.isArray(ids) ? ids.filter((id): id is number => typeof id === 'number') : [];
  const people = await Promise.all(wanted.map((id) => peopleQueries(house.db.reader).personThen(id, day, house.clock.today())));
  return people.flatMap((person) => (person ? asInspector(actorsOf(person, loaded.snapshot.context, tree)) : []));
}

/** Those who went along, each name once and as the house writes it, and which of them are its people: whoever is found by their name is judged, whatever post they hold or held. */
async function companions(house: House, draft: Draft, names: unknown, loaded: Loaded, tree: UnitTree, day: string): Promise<Data> {
  const typed = Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : [];
  if (typed.length === 0) return { companionActors: [] };
  const named = await draft.names();
  const people = await peopleThen(house.db.reader, [...new Set(typed.flatMap(named))], day, house.clock.today());
  const whoever = (name: string): Actor | undefined => boundFirst(people.filter(({ id }) => named(name).includes(id)).map((person) => companionOf(person, loaded.snapshot.context, tree)), loaded.snapshot.context);
  const found = typed.map((name) => ({ name, actor: whoever(name) })).map(({ name, actor }) => ({ name: actor?.name ?? name, actor, key: actor ? `person ${actor.personId}` : nameKey(name) }));
  const all = found.filter(({ key }, index) => found.findIndex((each) => each.key === key) === index);
  return { companions: all.map(({ name }) => name), companionActors: all.flatMap(({ actor }) => actor ?? []) };
}

/** Of several who share a name, one whose part in the finding would bind them. */
function boundFirst(actors: readonly Actor[], { marks }: FindingContext): Actor | undefined {
  return actors.find((actor) => actor.belongs.length > 0 || marks.some((mark) => mark.personId === actor.personId)) ?? actors[0];
}

/** In a post of that day, else of today; without any they are still the person who did what they did. */
function companionOf(person: PersonThen, context: FindingContext, tree: UnitTree): Actor {
  const [actor] = asInspector(actorsOf({ ...person, posts: person.posts.length > 0 ? person.posts : person.bound }, context, tree));
  return actor ?? { personId: person.id, name: person.name, role: 'inspector', unitId: 0, unitName: '', relations: [], belongs: [] };
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
