import { changeset, insertRow } from '../../db/changeset.js';
import { ConflictError } from '../../db/errors.js';
import { retried } from '../../db/retried.js';
import { commandKeys, sampleItems, samples } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { House, Person } from '../context.js';
import { InvalidError } from '../errors.js';
import { commandKeyOf } from '../findings/commands/key.js';
import { findingQueries } from '../findings/queries.js';
import { appended } from '../ledger/stream.js';
import { drawnInTurn, hashOfList, listOf } from './draw.js';
import { mostPopulation, populationOf, versionsOf, type Wish } from './queries.js';

export interface NewSample extends Wish {
  readonly seed: string;
  readonly seedTyped: boolean;
  readonly wanted: number;
}

/**
 * Draws a sample and records it: what it was drawn from, by which seed, and what came out, in one changeset with the event SampleDrawn.
 * Answers with its address; a second submit under the key with the first one's. Throws InvalidError when there is nothing to draw from, or too much.
 */
export async function drawSample(house: House, person: Person, asked: NewSample, commandKey: string): Promise<string> {
  const key = commandKeyOf(person, 'sample', commandKey);
  const queries = findingQueries(house.db.reader);
  const before = await queries.commandKey(key);
  if (before) return before.location;
  try {
    return await retried(() => drawnOnce(house, person, asked, key));
  } catch (error) {
    const first = error instanceof ConflictError && error.statement === 'command key' ? await queries.commandKey(key) : null;
    if (first) return first.location;
    throw error;
  }
}

async function drawnOnce(house: House, person: Person, { wanted, seed, seedTyped, kind, unitId, campaignId, categoryId, leadUnitId, parts }: NewSample, key: string): Promise<string> {
  const { reader } = house.db;
  const today = house.clock.today();
  const wish = { kind, unitId, campaignId, categoryId, leadUnitId, parts };
  const from = await populationOf(reader, await house.tree(), today, wish);
  if (from.length === 0) throw refused('samples.nothing', {});
  if (from.length > mostPopulation) throw refused('samples.tooMany', { most: mostPopulation });
  const population = listOf(from);
  const numbers = await drawnInTurn(from, seed, wanted);
  const versions = await versionsOf(reader, numbers);
  const { first: id, statement } = await takeNumbers(reader, 'samples');
  const items = numbers.flatMap((number, index) => {
    const now = versions.get(number);
    return now ? [{ sampleId: id, ordinal: index + 1, findingId: now.id, number, version: now.version }] : [];
  });
  const row = { id, ...wish, seed, seedTyped, wanted, populationSize: from.length, populationHash: hashOfList(population), drawnById: person.id, drawnByName: person.name, drawnOn: today };
  const { drawnByName: _name, ...payload } = row;
  const location = `/samples/${id}`;
  const recorded = await appended(house, { stream: 'proceedings', type: 'SampleDrawn', actorId: person.id, actorName: person.name, payload: { ...payload, items: items.map(({ number, version }) => [number, version]) } });
  await house.db.commit(changeset(
    insertRow(commandKeys, { key, personId: person.id, location, at: house.clock.now() }, 'command key'), statement,
    insertRow(samples, { ...row, population }), ...items.map((item) => insertRow(sampleItems, item)), ...recorded,
  ));
  return location;
}

function refused(rule: string, params: Readonly<Record<string, number>>): InvalidError {
  return new InvalidError([{ rule, kind: 'input', params, field: 'campaignId' }]);
}
