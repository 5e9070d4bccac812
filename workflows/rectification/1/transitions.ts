import type { Conditions, Never, Post } from '../../guard.js';

/** The office that decides on this finding. */
export const host: Post = 'office:host';
/** The engine acts for time, and for a decision that stands in another finding's history: parts are listed and assigned by their parent's event. */
export const engine: Post = 'system:*';
/** The leader in whose jurisdiction the finding lies. */
export const leader: Post = 'leader:jurisdiction';
/** An inspector in whose jurisdiction the finding lies. */
export const inspector: Post = 'inspector:jurisdiction';
/** The lead unit's own leader 单位负责人, who signs. */
export const head: Post = 'head:lead';
/** Handler and head of the lead unit. */
export const leadUnit: readonly Post[] = ['handler:lead', head];
/** The unit asked to check a clue; a county's office may be. */
export const checkUnit: readonly Post[] = ['handler:checker', 'head:checker', 'office:checker'];
/** The unit below to which the check was handed on. */
export const checkedBelow: readonly Post[] = ['handler:handedOn', 'head:handedOn'];
/** Everybody whose unit has to do with putting it right. */
export const rectifiers: readonly Post[] = [...leadUnit, 'handler:responsible', 'head:responsible', 'handler:supporting', 'head:supporting'];

/** Whoever puts it right: not if they verified it, decided on its closure or sent it back, in any cycle, whatever post they hold now. */
export const notTheVerifier: readonly Never[] = ['verify:any', 'pass:any', 'close:any'];
/** Whoever verifies: not on a finding of their own or a seconded unit, nor one on which they wrote, signed or typed a plan, a report or a claim. */
export const notTheRectifier: readonly Never[] = ['plan:any', 'report:any', 'claim:any', 'belongs'];
/** Whoever looks again, before the closure or after it: nor one that they passed themselves in this cycle. */
export const freshEyes: readonly Never[] = [...notTheRectifier, 'pass:thisCycle'];
/** Whoever closes: neither who verified in this cycle nor of a responsible unit, nor who planned, reported or claimed it, whatever post they hold now. */
export const notTheVerifierNow: readonly Never[] = ['verify:thisCycle', 'pass:thisCycle', 'plan:any', 'report:any', 'claim:any', 'belongs'];

/** A transition to another state, under the one guard; every transition records, so that an accepted event is seen to be one. */
export function to(target: string, by: Post | readonly Post[], conditions: Partial<Conditions> = {}) {
  return { target, ...stay(by, conditions) };
}

/** An event that is recorded where the finding stands. */
export function stay(by: Post | readonly Post[], { when = [], duty = null, never = [], rules = [] }: Partial<Conditions> = {}) {
  return {
    guard: { type: 'allowed', params: { when, by: typeof by === 'string' ? [by] : by, duty, never, rules } },
    actions: [{ type: 'record', params: { duty } }],
  } as const;
}
