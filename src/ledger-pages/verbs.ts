import { isFor } from '../../workflows/availability.js';
import { current } from '../../workflows/registry.js';
import { everyPlace } from '../../workflows/snapshot.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { Person } from '../context.js';
import { typedFor } from '../findings/behalf.js';
import type { Filters } from './filters.js';

/** The events that may be done to many findings in one go. */
export const togetherEvents: readonly EventDefinition[] = Object.values(current.events).filter((event) => event.together && event.resource !== null);

/** What a finding may wait for: each the main thing to do somewhere. */
export const mainEvents: readonly EventDefinition[] = Object.values(current.events).filter((event) => event.weight === 'main' && event.freshness === 'stage');

const places = everyPlace(current.machine);

/** Does one of the person's posts ever do this, on any finding? Whether on this one, the workflow says. */
export function maySometimes({ posts }: Person, type: string): boolean {
  return places.some(({ conditions }) => posts.some(({ role }) => isFor(role, conditions.get(type) ?? [])));
}

/** May the person ever do this to many findings: themselves, or by entering what somebody else has signed? */
export function mayTogether(person: Person, event: EventDefinition): boolean {
  return maySometimes(person, event.type) || entersFor(person, event, places);
}

/** What the person may do together to rows of these stages, or of one state or those that wait for one thing; `forOthers`: only by entering what somebody else has signed. */
export function verbsFor(person: Person, stages: ReadonlySet<string>, { state, waits }: Pick<Filters, 'state' | 'waits'>): readonly { readonly event: EventDefinition; readonly forOthers: boolean }[] {
  const here = places.filter(({ path, conditions }) => stages.has(path.split('.', 1)[0] ?? '') && (state === null || path === state) && (waits === null || conditions.has(waits)));
  return togetherEvents.flatMap((event) => {
    const themselves = here.some(({ conditions }) => person.posts.some(({ role }) => isFor(role, conditions.get(event.type) ?? [])));
    return themselves || entersFor(person, event, here) ? [{ event, forOthers: !themselves }] : [];
  });
}

function entersFor({ posts }: Person, { type, onBehalf }: EventDefinition, where: typeof places): boolean {
  const principals = onBehalf ? posts.flatMap(({ role }) => typedFor[role] ?? []) : [];
  return principals.some((role) => where.some(({ conditions }) => isFor(role, conditions.get(type) ?? [])));
}
