import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusDays } from '../../workflows/calendar.js';
import { current } from '../../workflows/registry.js';
import { historyFaults } from '../../workflows/history.js';
import { placeOf } from '../../workflows/snapshot.js';
import { replay, stagePath, step } from '../../workflows/step.js';
import type { Actor } from '../../workflows/actor.js';
import type { Snapshot, Stage } from '../../workflows/finding.js';
import type { StepResult, WorkflowEvent } from '../../workflows/types.js';
import {
  calendar, checker, clerk, everybody, eventOf, filledIn, ganzhou, handler, head, inPost, inspector, linze, onBehalfOf, reformCommission, secondClerk, secondInspector, transportBureau,
} from './cast.js';

/** People who change posts: the same person may be handler, inspector, clerk and leader by turns. */
const turncoats: readonly Actor[] = [handler, inspector, clerk].flatMap((one) => [
  inPost(one, 'handler', ['lead'], transportBureau), inPost(one, 'inspector', ['jurisdiction']), inPost(one, 'office', ['host']), inPost(one, 'leader', ['jurisdiction']), inPost(one, 'sector', ['sector'], reformCommission),
]);
const actors: readonly Actor[] = [...everybody, secondClerk, secondInspector, checker, head, ...turncoats];
const types = Object.keys(current.events);
const starts = ['LIST', 'ADOPT'];

interface Lived {
  readonly history: readonly WorkflowEvent[];
  readonly path: readonly Snapshot[];
}

/** A life drawn by lot: mostly what is possible there, sometimes anything at all, by anybody, on behalf of anybody. */
function live(draws: readonly number[]): Lived {
  const history: WorkflowEvent[] = [];
  const path: Snapshot[] = [];
  let day = 0;
  for (const draw of draws) {
    const before = path.at(-1) ?? null;
    day += draw % 7;
    const event = drawn(draw, before, plusDays('2020-03-02', day));
    const result = step(current, before, event, calendar);
    agreesWithXState(before, event, result);
    if (result.kind === 'refused') continue;
    history.push(result.event);
    path.push(result.snapshot);
  }
  return { history, path };
}

function drawn(draw: number, before: Snapshot | null, on: string): WorkflowEvent {
  const here = [...placeOf(current.machine, before?.value ?? null).conditions.keys()];
  const wild = draw % 11 === 0;
  const likely = wild || here.length === 0 ? types : here;
  const type = pick(before === null && !wild ? starts : likely, draw >>> 4);
  const fit = actors.filter((actor) => placeOf(current.machine, before?.value ?? null).conditions.get(type)?.some((each) => each.by.some((post) => post.startsWith(`${actor.role}:`))));
  const actor = pick(wild || fit.length === 0 ? actors : fit, draw >>> 10);
  const behalf = draw % 13 === 0 ? onBehalfOf(pick(actors, draw >>> 16)) : null;
  return eventOf(type, behalf ? pick([clerk, secondClerk, actor], draw >>> 20) : actor, dataFor(type, draw >>> 8, before, on), on, behalf);
}

function dataFor(type: string, draw: number, before: Snapshot | null, on: string): WorkflowEvent['data'] {
  const later = `${Number(on.slice(0, 4)) + 1}${on.slice(4, 8)}28`;
  const verifier = pick([inspector, secondInspector, ...turncoats.filter((each) => each.role === 'inspector')], draw);
  const varied: Readonly<Record<string, object>> = {
    LIST: { suspected: draw % 3 === 0, severity: draw % 4 === 0 ? 'major' : 'ordinary', switches: { headSigns: draw % 2 === 0, sectorReview: draw % 3 === 1, noticeDays: draw % 5 === 0 ? 5 : 0, listIsPlan: draw % 7 === 0, evidenceRequired: draw % 2 === 0 } },
    ADOPT: { stage: pick(['listed', 'assigned', 'rectifying', 'verifying', 'continuing', 'closed'], draw), leadUnitId: transportBureau, deadline: '2021-01-31' },
    HAND_OUT: { checkBy: later },
    ASSIGN: { deadline: later, lateReason: '', sectorUnitId: reformCommission, responsibleUnitIds: draw % 4 === 0 ? [ganzhou, linze] : [] },
    REASSIGN: { deadline: later },
    CONFIRM: { straightOn: draw % 2 === 0, leadUnitId: transportBureau, requirement: '改', closureStandard: '改好', rectificationType: 'continuing', deadline: later },
    SUBMIT_PLAN: { measures: [{ text: '改', ownerUnitId: transportBureau, owner: '甲', dueOn: before?.context.deadline ?? on, deliverable: '表' }] },
    REQUEST_EXTENSION: { requestedDate: '2031-01-31' }, GRANT: { deadline: pick(['2031-01-31', '2020-01-01'], draw) },
    REOPEN: { deadline: later, leadUnitId: transportBureau }, PROPOSE_CONTINUING: { reviewOn: later }, TURN_CONTINUING: { reviewOn: later },
    REVIEW: { result: pick(['goesOn', 'done'], draw), reviewOn: later }, GIVE_OPINION: { opinion: pick(['agree', 'disagree'], draw) },
    ASSIGN_VERIFICATION: { verifierIds: [verifier.personId], verifiers: [verifier] },
    PASS: withThem(draw), SEND_BACK: withThem(draw), LOOK_BACK: withThem(draw), SPOT_CHECK: withThem(draw),
    DECOMPOSE: { parts: [{ unitId: ganzhou, deadline: on }] }, PART_CHANGED: { part: before?.context.parts[0]?.number ?? '', open: draw % 3 === 0 },
  };
  return { ...filledIn[type], ...varied[type] };
}

/** Somebody of the house goes along, or somebody from outside. */
function withThem(draw: number): object {
  return draw % 2 === 0 ? {} : { companionActors: [pick([inspector, secondInspector, handler, ...turncoats], draw >>> 3)] };
}

/** What the rules refuse, XState refuses too; what they allow, it does (step() itself throws when it does not). Forms are checked before the chart is asked. */
function agreesWithXState(before: Snapshot | null, event: WorkflowEvent, result: StepResult): void {
  const place = placeOf(current.machine, before?.value ?? null);
  const snapshot = before ? { ...place.snapshot, context: { finding: before.context } } : place.snapshot;
  const ofTheForm = result.kind === 'refused' && result.refusals.every(({ rule }) => rule.startsWith('field.') || rule === 'basisDated' || rule === 'notOnBehalf');
  if (!ofTheForm) expect(snapshot.can({ ...event, from: place.path })).toBe(result.kind === 'moved');
}

function pick<T>(from: readonly T[], draw: number): T {
  return from[draw % from.length]!;
}

const lives = fc.array(fc.nat(0x7fffffff), { minLength: 10, maxLength: 60 });
const stage = (snapshot: Snapshot): Stage => current.stageOf(stagePath(snapshot.value));

describe('whatever anybody does, in any order', () => {
  it('nobody combines what is to be kept apart, by the events alone', () => {
    fc.assert(fc.property(lives, (draws) => {
      expect(combined(live(draws))).toEqual([]);
    }), { numRuns: 2000 });
  });

  it('and the record proves it to somebody who believes neither rules nor marks', () => {
    fc.assert(fc.property(lives, (draws) => {
      const { history, path } = live(draws);
      const states = path.map((snapshot) => stagePath(snapshot.value));
      expect(historyFaults(current, history.map((event, index) => ({ event, from: states[index - 1] ?? null, to: states[index] ?? '' })))).toEqual([]);
    }), { numRuns: 500 });
  });

  it('nothing is closed unverified but what was adopted, and the original deadline never changes', () => {
    fc.assert(fc.property(lives, (draws) => {
      const { history, path } = live(draws);
      path.forEach((snapshot, index) => {
        const entered = index === 0 || stage(path[index - 1]!) !== 'closed';
        if (stage(snapshot) === 'closed' && entered) expect(history[index]?.type === 'ADOPT' || wasPassed(history.slice(0, index))).toBe(true);
        const original = path[index - 1]?.context.originalDeadline;
        if (original) expect(snapshot.context.originalDeadline).toBe(original);
        expect(snapshot.context.adopted).toBe(history[0]?.type === 'ADOPT');
      });
    }), { numRuns: 1000 });
  });

  it('its history replays to the same snapshot, and a restart after every event changes nothing', () => {
    fc.assert(fc.property(lives, (draws) => {
      const { history, path } = live(draws);
      if (path.length === 0) return;
      expect(replay(current, JSON.parse(JSON.stringify(history)))).toEqual(path.at(-1));
      const restarted = history.reduce<Snapshot | null>((snapshot, event) => {
        const result = step(current, JSON.parse(JSON.stringify(snapshot)), event, calendar);
        return result.kind === 'moved' ? result.snapshot : snapshot;
      }, null);
      expect(restarted).toEqual(path.at(-1));
    }), { numRuns: 500 });
  });

  it('everything ever listed is open, closed or ended otherwise: none is lost or counted twice', () => {
    fc.assert(fc.property(fc.array(lives, { minLength: 5, maxLength: 10 }), (many) => {
      const findings = many.map((draws) => live(draws).path.at(-1)).filter((each) => each !== undefined);
      const listed = findings.filter((each) => each.context.listedOn !== null);
      const ended = ['closed', 'unfounded', 'merged', 'transferred', 'withdrawn'];
      const open = listed.filter((each) => !ended.includes(stage(each)));
      expect(open.length + ended.reduce((sum, end) => sum + listed.filter((each) => stage(each) === end).length, 0)).toBe(listed.length);
      for (const each of findings) {
        expect(each.context.outcome !== null).toBe(ended.includes(stage(each)));
        expect(new Set(each.context.parts.map((part) => part.number)).size).toBe(each.context.parts.length);
        if (stage(each) !== 'suspected') expect(each.context.listedOn !== null || ['unfounded', 'merged', 'transferred', 'withdrawn'].includes(stage(each))).toBe(true);
      }
    }), { numRuns: 100 });
  });

  it('the lots do come as far as closure, reopening, pauses and every other end', () => {
    const seen = new Set<string>();
    fc.assert(fc.property(lives, (draws) => {
      for (const snapshot of live(draws).path) seen.add(snapshot.context.cycle > 1 ? `${stagePath(snapshot.value)} again` : stagePath(snapshot.value));
    }), { numRuns: 4000, seed: 20200511 });
    expect([...seen]).toEqual(expect.arrayContaining(['closed', 'suspended', 'continuing', 'verified.approval', 'verifying.inspection', 'merged', 'withdrawn', 'rectifying.planning again']));
  });
});

function wasPassed(history: readonly WorkflowEvent[]): boolean {
  const last = history.findLastIndex((event) => event.type === 'PASS');
  return last >= 0 && !history.slice(last).some((event) => ['SEND_BACK', 'OBJECT', 'REOPEN'].includes(event.type));
}

/** The separations told again, from who did what, when, in which cycle: no marks, no machine. */
function combined({ history }: Lived): readonly string[] {
  const wrong: string[] = [];
  const did: { readonly person: number; readonly what: string; readonly cycle: number }[] = [];
  let cycle = 1;
  for (const { type, actor, onBehalf, data } of history) {
    const companions = (data['companionActors'] ?? []) as readonly Actor[];
    const people = [...(onBehalf ? [onBehalf.principal, actor] : [actor]), ...companions];
    for (const { personId, belongs } of people) {
      const done = (what: readonly string[], since = 1): boolean => did.some((each) => each.person === personId && what.includes(each.what) && each.cycle >= since);
      const ofTheUnits = belongs.some((relation) => ['lead', 'responsible', 'supporting'].includes(relation));
      if (isVerdict(type, actor, onBehalf?.principal) && (done(rectifying) || ofTheUnits)) wrong.push(`${type} by ${personId}`);
      if (rectifying.includes(type) && done(['verdict'])) wrong.push(`${type} by ${personId}`);
      if (isClosing(type, actor, onBehalf?.principal) && (done(['verdict'], cycle) || done(rectifying) || ofTheUnits)) wrong.push(`${type} by ${personId}`);
      for (const [decisions, before, since = 1] of apart) if (decisions.includes(type) && done(before, since === 'thisCycle' ? cycle : since)) wrong.push(`${type} by ${personId}`);
    }
    for (const { personId } of people) did.push(...[type, ...(isVerdict(type, actor, onBehalf?.principal) ? ['verdict'] : [])].map((what) => ({ person: personId, what, cycle })));
    if (type === 'REOPEN') cycle += 1;
  }
  return wrong;
}

/** Decisions, and what whoever decides has not done before: ever, or in the cycle. */
const apart: readonly (readonly [decisions: readonly string[], before: readonly string[], since?: 'thisCycle'])[] = [
  [['CONFIRM', 'DISMISS'], ['REPORT_CHECK', 'REPORT_UP']], [['GRANT', 'REFUSE'], ['REQUEST_EXTENSION']], [['REOPEN', 'REFUSE_REOPENING'], ['PROPOSE_REOPENING']], [['DECIDE_APPEAL'], ['APPEAL']],
  [['APPROVE_PLAN', 'REJECT_PLAN'], ['SUBMIT_PLAN', 'SIGN_PLAN']], [['SUSPEND', 'REFUSE_SUSPENSION'], ['PROPOSE_SUSPENSION']], [['TURN_CONTINUING', 'REFUSE_CONTINUING'], ['PROPOSE_CONTINUING']],
  [['SPOT_CHECK', 'LOOK_BACK'], ['PASS'], 'thisCycle'], [['REFUSE_REOPENING'], ['CLOSE'], 'thisCycle'],
];

const rectifying: readonly string[] = ['SUBMIT_PLAN', 'SIGN_PLAN', 'REPORT', 'CLAIM', 'SIGN_CLAIM'];

function isVerdict(type: string, actor: Actor, principal: Actor | undefined): boolean {
  return ['PASS', 'LOOK_BACK', 'SPOT_CHECK'].includes(type) || (type === 'SEND_BACK' && (principal ?? actor).role === 'inspector');
}

function isClosing(type: string, actor: Actor, principal: Actor | undefined): boolean {
  return type === 'CLOSE' || (type === 'SEND_BACK' && (principal ?? actor).role !== 'inspector');
}
