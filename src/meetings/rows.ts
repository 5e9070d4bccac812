import { setImmediate } from 'node:timers/promises';
import { definitionOf } from '../../workflows/registry.js';
import type { OnBehalf, Actor } from '../../workflows/actor.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { standingOf } from '../findings/form-page.js';
import { originalNumbers } from '../findings/origins.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import type { Item } from './queries.js';

/** A row with everything that a meeting has before its eyes. */
export interface MeetingRow {
  readonly item: Item;
  readonly loaded: Loaded;
  /** why it cannot be closed now; empty when it can. Asked of the engine itself, before anything is decided. */
  readonly refusals: readonly Refusal[];
  readonly standard: string;
  readonly origin: string;
  readonly originalNumber: string;
  /** what the unit says it did, and who found it so. */
  readonly claim: string;
  readonly verdict: { readonly on: string; readonly names: readonly string[]; readonly note: string } | null;
}

/** Gathers the rows; others' requests come in between. `channelWords` says in words where a finding came from, for those who may know. */
export async function meetingRows(house: House, person: Person, items: readonly Item[], channelWords: (channel: string) => string): Promise<readonly MeetingRow[]> {
  const queries = findingQueries(house.db.reader);
  const originals = await originalNumbers(house.db.reader, items.map(({ findingId }) => findingId));
  const rows: MeetingRow[] = [];
  for (const [index, item] of items.entries()) {
    if (index % 20 === 19) await setImmediate();
    const loaded = await queries.byId(item.findingId);
    if (!loaded) continue;
    const close = definitionOf(loaded.row.workflow).events['CLOSE'];
    const events = await queries.events(item.findingId, null, 50);
    const [claimed, passed] = [events.find(({ type }) => type === 'CLAIM'), events.find(({ type }) => type === 'PASS')];
    rows.push({
      item, loaded, refusals: close ? (await standingOf(house, person, loaded, close)).refused?.refusals ?? [] : [],
      standard: loaded.snapshot.context.closureStandard, origin: channelWords(loaded.row.channel), originalNumber: originals.get(item.findingId) ?? '',
      claim: claimed ? textOf(claimed.payload, 'text') : '', verdict: passed ? verdictOf(passed) : null,
    });
  }
  return rows;
}

function verdictOf(event: { readonly occurredOn: string; readonly actor: string; readonly onBehalf: string | null; readonly payload: string }): MeetingRow['verdict'] {
  const actor: Actor = JSON.parse(event.actor);
  const behalf: OnBehalf | null = event.onBehalf === null ? null : JSON.parse(event.onBehalf);
  const data: Readonly<Record<string, unknown>> = JSON.parse(event.payload);
  const companions = Array.isArray(data['companions']) ? data['companions'].filter((name): name is string => typeof name === 'string') : [];
  return { on: event.occurredOn, names: [(behalf?.principal ?? actor).name, ...companions], note: textOf(event.payload, 'note') };
}

function textOf(payload: string, name: string): string {
  const data: Readonly<Record<string, unknown>> = JSON.parse(payload);
  const value = data[name];
  return typeof value === 'string' ? value : '';
}
