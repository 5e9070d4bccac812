import { describe, expect, it } from 'vitest';
import { historyFaults, type Recorded } from '../../workflows/history.js';
import { current } from '../../workflows/registry.js';
import { stagePath, step } from '../../workflows/step.js';
import type { Actor } from '../../workflows/actor.js';
import type { Snapshot } from '../../workflows/finding.js';
import { calendar, clerk, eventOf, filledIn, handler, head, inspector, leader, secondClerk, secondInspector } from './cast.js';

/** One finding from listing to closure, as its record holds it. */
function closedHistory(): readonly Recorded[] {
  const acts: readonly (readonly [string, Actor])[] = [
    ['LIST', clerk], ['ASSIGN', clerk], ['ACCEPT', handler], ['SUBMIT_PLAN', handler], ['SIGN_PLAN', head], ['APPROVE_PLAN', clerk], ['REPORT', handler], ['CLAIM', handler], ['SIGN_CLAIM', head],
    ['ASSIGN_VERIFICATION', clerk], ['PASS', inspector], ['CLOSE', secondClerk],
  ];
  let snapshot: Snapshot | null = null;
  return acts.map(([type, actor]) => {
    const event = eventOf(type, actor, filledIn[type] ?? {}, '2020-05-11');
    const result = step(current, snapshot, event, calendar);
    if (result.kind === 'refused') throw new Error(`${type}: ${result.refusals.map((each) => each.rule).join()}`);
    snapshot = result.snapshot;
    return { event: result.event, from: result.from, to: stagePath(result.snapshot.value) };
  });
}

/** The same record, forged: somebody else is said to have done it. */
function forged(history: readonly Recorded[], type: string, by: Partial<Actor>): readonly Recorded[] {
  return history.map((each) => (each.event.type === type ? { ...each, event: { ...each.event, actor: { ...each.event.actor, ...by } } } : each));
}
const faults = (history: readonly Recorded[]): readonly string[] => historyFaults(current, history).map(({ fault, at }) => `${history[at]?.event.type ?? ''}: ${fault}`);

describe('the record alone', () => {
  it('of an honest finding shows nothing', () => {
    expect(faults(closedHistory())).toEqual([]);
  });

  it.each([
    ['PASS', { personId: handler.personId }, 'PASS: separation.verifierPutItRight'],
    ['PASS', { belongs: ['lead'] as const }, 'PASS: separation.verifierPutItRight'],
    ['CLOSE', { personId: inspector.personId }, 'CLOSE: separation.closerVerified'],
    ['CLOSE', { belongs: ['responsible'] as const }, 'CLOSE: separation.closerVerified'],
    ['APPROVE_PLAN', { personId: head.personId }, 'APPROVE_PLAN: separation.approverPlanned'],
  ])('shows that %s was done by somebody who must not', (type, by, fault) => {
    expect(faults(forged(closedHistory(), type, by))).toEqual([fault]);
  });

  it('shows a companion who took part, and a closer who had gone along', () => {
    const along = (companion: Actor): readonly Recorded[] => closedHistory().map((each) => (each.event.type === 'PASS' ? { ...each, event: { ...each.event, data: { ...each.event.data, companionActors: [companion] } } } : each));
    expect(faults(along(secondInspector))).toEqual([]);
    expect(faults(along(head))).toEqual(['PASS: separation.verifierPutItRight']);
    expect(faults(along(secondClerk))).toEqual(['CLOSE: separation.closerVerified']);
  });

  it('shows a closure that nobody verified, in this cycle', () => {
    const history = closedHistory();
    expect(faults(history.filter((each) => each.event.type !== 'PASS'))).toEqual(['CLOSE: closedUnverified']);
    const again: readonly Recorded[] = [
      ...history, { event: eventOf('REOPEN', leader, filledIn['REOPEN'] ?? {}, '2020-06-01'), from: 'closed', to: 'rectifying.planning' },
      { event: eventOf('CLOSE', secondClerk, filledIn['CLOSE'] ?? {}, '2020-06-02'), from: 'verified.approval', to: 'closed' },
    ];
    expect(faults(again)).toEqual(['CLOSE: closedUnverified']);
  });
});
