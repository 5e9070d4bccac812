import { isFor } from '../../workflows/availability.js';
import { current } from '../../workflows/registry.js';
import { everyPlace } from '../../workflows/snapshot.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { Person } from '../context.js';

/** The events that may be done to many findings in one go. */
export const togetherEvents: readonly EventDefinition[] = Object.values(current.events).filter((event) => event.together && event.resource !== null);

/** What a finding may wait for: each the main thing to do somewhere. */
export const mainEvents: readonly EventDefinition[] = Object.values(current.events).filter((event) => event.weight === 'main' && event.freshness === 'stage');

const places = everyPlace(current.machine);

/** Does one of the person's posts ever do this, on any finding? Whether on this one, the workflow says. */
export function maySometimes({ posts }: Person, type: string): boolean {
  return places.some(({ conditions }) => posts.some(({ role }) => isFor(role, conditions.get(type) ?? [])));
}

/** What the person may do together to rows of these stages. */
export function verbsFor({ posts }: Person, stages: ReadonlySet<string>): readonly EventDefinition[] {
  const here = places.filter(({ path }) => stages.has(path.split('.', 1)[0] ?? ''));
  return togetherEvents.filter(({ type }) => here.some(({ conditions }) => posts.some(({ role }) => isFor(role, conditions.get(type) ?? []))));
}
