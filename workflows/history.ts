import type { Separation, WorkflowDefinition } from './definition.js';
import { graphOf } from './graph.js';
import { allWhoDid, doer, marksIn, putsItRight } from './guard.js';
import type { Actor, Duty } from './actor.js';
import type { Mark } from './finding.js';
import type { WorkflowEvent } from './types.js';

/** An event as the record holds it: what was asked, and the states it led from and to. */
export interface Recorded {
  readonly event: WorkflowEvent;
  readonly from: string | null;
  readonly to: string;
}

/** What a history shows that must not be: `separation.<name>` or `closedUnverified`, and where (index into the history). */
export interface HistoryFault {
  readonly fault: string;
  readonly at: number;
  readonly personId: number;
}

/**
 * Proves separation of duties from the record alone: neither rules nor marks are asked, only who did what, as the events froze it. Whoever was
 * bound by a duty (the person named, the typist, their companions) never did what the definition's `separations` forbid, and nothing was closed that
 * no verification of its cycle passed; a row taken over closed says for good that it was not verified here.
 */
export function historyFaults(definition: WorkflowDefinition, history: readonly Recorded[]): readonly HistoryFault[] {
  const dutyOf = dutiesOf(definition);
  const faults: HistoryFault[] = [];
  let marks: readonly Mark[] = [];
  let cycle = 1;
  let verified = false;
  for (const [at, recorded] of history.entries()) {
    const { event, from, to } = recorded;
    const duty = dutyOf(recorded);
    const people = allWhoDid(event);
    for (const separation of definition.separations) {
      for (const person of people) if (breaks(separation, event, duty, person, marks, cycle)) faults.push({ fault: `separation.${separation.name}`, at, personId: person.personId });
    }
    if (enters(definition, from, to, 'closed') && !verified && event.type !== definition.adoption) faults.push({ fault: 'closedUnverified', at, personId: doer(event).personId });
    marks = [...marks, ...marksIn(event.data['marks']).map(({ duty: done, personId }) => ({ duty: done, personId, cycle }))];
    if (duty) marks = [...marks, ...people.map(({ personId }) => ({ duty, personId, cycle }))];
    verified = definition.stageOf(to) === 'verified' || (verified && definition.stageOf(to) === 'closed');
    if (from !== null && definition.stageOf(from) === 'closed' && definition.stageOf(to) !== 'closed') cycle += 1;
  }
  return faults;
}

function enters(definition: WorkflowDefinition, from: string | null, to: string, stage: string): boolean {
  return definition.stageOf(to) === stage && (from === null || definition.stageOf(from) !== stage);
}

function breaks(separation: Separation, event: WorkflowEvent, duty: Duty | null, person: Actor, marks: readonly Mark[], cycle: number): boolean {
  if (!separation.events.includes(event.type) && !(duty !== null && separation.duties.includes(duty))) return false;
  if (separation.belonging && putsItRight(person)) return true;
  return marks.some((mark) => mark.personId === person.personId && separation.done.includes(mark.duty) && (separation.within === 'any' || mark.cycle === cycle));
}

/** The duty that a transition of the chart marks, by where it leads from and to and who does it. */
function dutiesOf(definition: WorkflowDefinition): (recorded: Recorded) => Duty | null {
  const { begins, edges } = graphOf(definition.machine);
  const known = new Map<string, Duty>();
  for (const { from, to, event, conditions } of edges) {
    if (conditions?.duty) for (const post of conditions.by) known.set(`${event} ${from} ${to} ${post.slice(0, post.indexOf(':'))}`, conditions.duty);
  }
  return ({ event, from, to }) => known.get(`${event.type} ${from ?? begins} ${to} ${doer(event).role}`) ?? null;
}
