import { definitionOf } from '../../workflows/registry.js';
import { availability } from '../../workflows/step.js';
import type { Actor } from '../../workflows/actor.js';
import type { House, Person } from '../context.js';
import type { Words } from '../words.js';
import { noticeKinds } from '../assignment-notices/issue.js';
import { noticesOfFinding } from '../assignment-notices/queries.js';
import { actorsOf } from './actors.js';
import { findingPage, type FindingWorld } from './pages.js';
import { scopeOf } from './policy.js';
import { peopleNames } from '../people/names.js';
import { findingQueries, type FindingQueries, type Loaded } from './queries.js';
import { hiddenRelatives } from './relatives.js';

/** Everything that the page of a finding shows, gathered in a handful of indexed queries; `justDone` is the event that led to it. */
export async function showFinding(house: House, person: Person, loaded: Loaded, t: Words, justDone: string | null = null): Promise<ReturnType<typeof findingPage>> {
  const { reader } = house.db;
  const { row, snapshot } = loaded;
  const queries = findingQueries(reader);
  const tree = await house.tree();
  const [texts, events, parts, parent, files, from, campaign, category] = [
    await queries.texts(row.id), await queries.events(row.id, null, 20), row.partsTotal > 0 ? await visibleParts(queries, await queries.parts(row.id), scopeOf(person, tree)) : [], row.parentId === null ? null : await queries.byId(row.parentId),
    await queries.evidence(row.id), await queries.sources(row.id), await queries.campaignName(row.campaignId), await queries.categoryName(row.categoryId),
  ];
  const [returned = null] = row.returnedSeq === null ? [] : await queries.events(row.id, row.returnedSeq + 1, 1);
  const definition = definitionOf(row.workflow);
  const actors = actorsOf(person, snapshot.context, tree);
  const world: FindingWorld = {
    t, tree, loaded, definition, texts, events, returned, parts, parent, files, from, today: house.clock.today(), zone: house.clock.zone,
    campaign, category,
    verbs: availability(definition, snapshot, actors, house.clock.today()),
    office: await knowsSource(queries, loaded, actors),
    justDone, notices: justDone !== null && noticeKinds.has(justDone) ? await noticesOfFinding(reader, row) : [],
    person, names: await peopleNames(reader, snapshot.context.verifierIds), hidden: await hiddenRelatives(house, person, loaded),
  };
  return findingPage(world);
}

/** A county that puts one part right does not learn who has the others. */
async function visibleParts(queries: FindingQueries, parts: Awaited<ReturnType<FindingQueries['parts']>>, scope: readonly number[]): ReturnType<FindingQueries['parts']> {
  const seen = await Promise.all(parts.map(({ id }) => queries.isVisible(id, scope)));
  return parts.filter((_part, index) => seen[index]);
}

/** Only the office that the source was handed to: the host of the finding that was listed, not of a part that somebody handed on. */
async function knowsSource(queries: FindingQueries, { row }: Loaded, actors: readonly Actor[]): Promise<boolean> {
  if (!actors.some((actor) => actor.role === 'office' && actor.relations.includes('host'))) return false;
  let above = row;
  while (above.parentId !== null) {
    const parent = await queries.byId(above.parentId);
    if (parent?.row.hostOfficeId !== row.hostOfficeId) return false;
    above = parent.row;
  }
  return true;
}
