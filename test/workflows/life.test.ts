import { describe, expect, it } from 'vitest';
import { excludedFrom } from '../../workflows/availability.js';
import { timersOf } from '../../workflows/timers.js';
import { current } from '../../workflows/registry.js';
import { availability, replay, stagePath, step } from '../../workflows/step.js';
import type { Snapshot } from '../../workflows/finding.js';
import type { WorkflowEvent } from '../../workflows/types.js';
import {
  ask, aspects, calendar, checker, checklist, clerk, done, engine, filledIn, findingAt, ganzhou, handler, head, inPost, inspector, leader, linze, measures, onBehalfOf, refusedBy, reformCommission, secondClerk,
  secondedInspector, secondInspector, sector, stranger, transportBureau, waterBureau, waterHandler, withFacts, waitingFor } from './cast.js';

const at = (snapshot: Snapshot): string => stagePath(snapshot.value);

describe('a finding lives', () => {
  it('from the list to closure, and every step is somebody else’s', () => {
    expect(at(findingAt('closed'))).toBe('closed');
    expect(findingAt('closed').context).toMatchObject({ outcome: 'rectified', closedOn: '2020-05-11', cycle: 1, closures: [{ cycle: 1, decision: '整改办〔2020〕7号' }] });
  });

  it('an immediate one needs no plan, nor does one whose list is the plan', () => {
    const immediate = done(done(findingAt('listed'), 'ASSIGN', clerk, { data: { rectificationType: 'immediate' } }), 'ACCEPT', handler);
    const planned = done(findingAt('assigned', { switches: { listIsPlan: true } }), 'ACCEPT', handler);
    expect([at(immediate), at(planned)]).toEqual(['rectifying.executing', 'rectifying.executing']);
  });

  it('a clue that is confirmed is listed under its ledger number, or goes straight on to the unit that checked it', () => {
    const checked = findingAt('suspected.checked');
    const listed = done(checked, 'CONFIRM', clerk);
    const straight = done(checked, 'CONFIRM', clerk, { data: { straightOn: true, ...aspects } });
    expect([at(listed), listed.context.number, listed.context.suggestedUnitId]).toEqual(['listed', 'ZG-2020-0001', transportBureau]);
    expect([at(straight), straight.context.originalDeadline]).toEqual(['rectifying.executing', '2020-06-30']);
    expect(refusedBy(checked, 'CONFIRM', clerk, { data: { straightOn: true, ...aspects, leadUnitId: waterBureau } })).toEqual(['sameUnitAsChecked']);
    expect(refusedBy(checked, 'CONFIRM', clerk, { data: { straightOn: true } })).toContain('aspectsForStraightOn');
  });

  it('a clue that is dismissed needs evidence', () => {
    expect(refusedBy(findingAt('suspected.checked'), 'DISMISS', clerk, { data: { evidence: [] } })).toEqual(['field.required']);
    expect(at(done(findingAt('suspected.checked'), 'DISMISS', clerk))).toBe('unfounded');
  });
});

describe('assigning', () => {
  it('needs the five aspects complete', () => {
    const fields = (data: object): readonly (string | null)[] => {
      const result = ask(findingAt('listed'), 'ASSIGN', clerk, { data: { ...data } });
      return result.kind === 'refused' ? result.refusals.map((each) => each.field) : [];
    };
    expect(fields({ leadUnitId: null, requirement: '', closureStandard: ' ', rectificationType: null, deadline: null })).toEqual(['leadUnitId', 'requirement', 'closureStandard', 'rectificationType', 'deadline']);
    expect(fields({ deadline: '2020-02-30' })).toEqual(['deadline']);
  });

  it('to a date in the past needs a reason', () => {
    expect(refusedBy(findingAt('listed'), 'ASSIGN', clerk, { data: { deadline: '2020-04-30' } })).toEqual(['pastNeedsReason']);
    expect(at(done(findingAt('listed'), 'ASSIGN', clerk, { data: { deadline: '2020-04-30', lateReason: '省上清单所定。' } }))).toBe('assigned');
  });

  it.each([['immediate', '2020-07-10', '2020-07-11'], ['staged', '2021-05-11', '2021-05-12'], ['continuing', '2025-05-11', '2025-05-12']])('an %s one may last until %s, not %s', (rectificationType, last, tooLate) => {
    expect(refusedBy(findingAt('listed'), 'ASSIGN', clerk, { data: { rectificationType, deadline: last } })).toEqual([]);
    expect(refusedBy(findingAt('listed'), 'ASSIGN', clerk, { data: { rectificationType, deadline: tooLate } })).toEqual(['termOfType']);
  });

  it('gives three working days to return it; after them it counts as accepted', () => {
    const assigned = done(findingAt('listed'), 'ASSIGN', clerk, { on: '2020-04-29' });
    expect(assigned.context.acceptBy).toBe('2020-05-07');
    expect(timersOf(current, assigned)).toEqual([{ name: 'acceptance', event: 'ACCEPT', lastDay: '2020-05-07' }]);
    expect(at(done(assigned, 'RETURN', handler, { on: '2020-05-07' }))).toBe('listed');
    expect(refusedBy(assigned, 'RETURN', handler, { on: '2020-05-08' })).toEqual(['withinWindow']);
    expect(refusedBy(assigned, 'ACCEPT', engine, { on: '2020-05-07' })).toEqual(['windowOver']);
    expect(at(done(assigned, 'ACCEPT', engine, { on: '2020-05-08' }))).toBe('rectifying.planning');
  });

  it('says so when the window was reckoned without the year’s holidays', () => {
    const result = ask(findingAt('listed'), 'ASSIGN', clerk, { on: '2027-05-10', data: { deadline: '2027-08-01' } });
    expect(result.kind === 'moved' && result.event.dates).toEqual({ acceptBy: '2027-05-13', uncertain: 'acceptBy' });
  });

  it('keeps the first deadline a unit was given, whatever follows', () => {
    const again = done(done(findingAt('assigned'), 'RECALL', clerk), 'ASSIGN', clerk, { data: { deadline: '2020-09-30' } });
    expect(again.context).toMatchObject({ originalDeadline: '2020-06-30', deadline: '2020-09-30' });
  });
});

describe('parts', () => {
  const common = (): Snapshot => done(findingAt('listed'), 'ASSIGN', clerk, { data: { responsibleUnitIds: [ganzhou, linze] } });

  it('are made one for each of several responsible units, and none for a single one', () => {
    const result = ask(findingAt('listed'), 'ASSIGN', clerk, { data: { responsibleUnitIds: [ganzhou, linze] } });
    expect(result.kind === 'moved' && result.effects).toEqual([{ type: 'createPart', number: 'ZG-2020-0001-01', unitId: ganzhou }, { type: 'createPart', number: 'ZG-2020-0001-02', unitId: linze }]);
    expect(done(findingAt('listed'), 'ASSIGN', clerk, { data: { responsibleUnitIds: [ganzhou] } }).context.parts).toEqual([]);
  });

  it('are not made twice when the finding is recalled and assigned again', () => {
    const again = done(done(common(), 'RECALL', clerk), 'ASSIGN', clerk, { data: { responsibleUnitIds: [ganzhou, linze, waterBureau] } });
    expect(again.context.parts.map((part) => part.number)).toEqual(['ZG-2020-0001-01', 'ZG-2020-0001-02', 'ZG-2020-0001-03']);
  });

  it('are handed on one by one, each once, none due after the finding', () => {
    const executing = findingAt('rectifying.executing');
    expect(done(executing, 'DECOMPOSE', handler).context.parts).toEqual([{ number: 'ZG-2020-0001-01', unitId: ganzhou, open: true, deadline: '2020-06-15' }]);
    expect(refusedBy(executing, 'DECOMPOSE', handler, { data: { parts: [{ unitId: ganzhou, deadline: '2020-07-01' }] } })).toEqual(['partsWithinDeadline']);
    expect(refusedBy(executing, 'DECOMPOSE', handler, { data: { parts: [{ unitId: ganzhou, deadline: '2020-06-01' }, { unitId: ganzhou, deadline: '2020-06-02' }] } })).toEqual(['partsDistinct']);
    expect(refusedBy(done(executing, 'DECOMPOSE', handler), 'DECOMPOSE', handler)).toEqual(['partsDistinct']);
  });

  it('keep their parent from being claimed until every one is closed', () => {
    const reported = done(done(findingAt('rectifying.executing'), 'DECOMPOSE', handler), 'REPORT', handler);
    expect(ask(reported, 'CLAIM', handler)).toMatchObject({ kind: 'refused', because: 'state', refusals: [{ rule: 'everyPartClosed', params: { count: 1 } }] });
    expect(at(done(done(reported, 'PART_CHANGED', engine), 'CLAIM', handler))).toBe('rectifying.claimSigning');
  });

  it('tell their parent when they end and when they are reopened', () => {
    const part = withFacts(findingAt('verified.approval'), { parent: 'ZG-2020-0009', number: 'ZG-2020-0009-01', parentDeadline: '2021-06-30' });
    const closed = ask(part, 'CLOSE', clerk);
    expect(closed.kind === 'moved' && closed.effects).toMatchObject([{ type: 'tellParent', parent: 'ZG-2020-0009', part: 'ZG-2020-0009-01', open: false, deadline: '2020-06-30', unitId: transportBureau }]);
    expect(closed.kind === 'moved' && closed.effects[0]?.type === 'tellParent' && closed.effects[0].marks.map(({ duty }) => duty)).toEqual(expect.arrayContaining(['report', 'claim', 'pass']));
    const proposed = done(done(part, 'CLOSE', clerk), 'PROPOSE_REOPENING', inspector);
    const reopened = ask(proposed, 'REOPEN', clerk);
    expect(reopened.kind === 'moved' && reopened.effects).toMatchObject([{ type: 'tellParent', parent: 'ZG-2020-0009', part: 'ZG-2020-0009-01', open: true, deadline: '2020-12-31' }]);
    expect(refusedBy(proposed, 'REOPEN', clerk, { data: { deadline: '2021-07-01' } })).toEqual(['withinParent']);
  });
});

describe('the inner deadline of a part', () => {
  const parent = (): Snapshot => done(findingAt('rectifying.executing'), 'DECOMPOSE', handler);

  it('is never after its parent’s: the parent cannot be given an earlier one', () => {
    const common = done(findingAt('listed'), 'ASSIGN', clerk, { data: { responsibleUnitIds: [ganzhou, linze] } });
    expect(refusedBy(common, 'REASSIGN', clerk, { data: { deadline: '2020-06-29' } })).toEqual(['notBeforeParts']);
    expect(refusedBy(done(common, 'RECALL', clerk), 'ASSIGN', clerk, { data: { deadline: '2020-06-29' } })).toEqual(['notBeforeParts']);
  });

  it('can be extended once the parent was: open parts are told', () => {
    const asked = done(parent(), 'REQUEST_EXTENSION', handler);
    const granted = ask(asked, 'GRANT', clerk);
    expect(granted.kind === 'moved' && granted.effects).toEqual([{ type: 'tellParts', parts: ['ZG-2020-0001-01'], deadline: '2020-07-31', marks: expect.any(Array), bindsOnly: false }]);
    const part = withFacts(findingAt('rectifying.executing'), { parent: 'ZG-2020-0009', number: 'ZG-2020-0009-01', parentDeadline: '2020-06-30' });
    expect(refusedBy(part, 'REQUEST_EXTENSION', handler)).toEqual(['requestWithinParent']);
    expect(done(done(part, 'PARENT_CHANGED', engine), 'REQUEST_EXTENSION', handler).context.extension?.date).toBe('2020-07-31');
  });

  it('stays within the parent’s when a pause ends', () => {
    const part = withFacts(findingAt('suspended'), { parent: 'ZG-2020-0009', parentDeadline: '2020-07-05' });
    expect(done(part, 'RESUME', clerk, { on: '2020-06-11' }).context.deadline).toBe('2020-07-05');
  });

  it('may lie in the past with a reason, when the parent is late already', () => {
    const late = findingAt('rectifying.executing');
    const asked = { on: '2020-07-10', data: { parts: [{ unitId: ganzhou, deadline: '2020-06-30' }] } };
    expect(refusedBy(late, 'DECOMPOSE', handler, asked)).toEqual(['pastPartsNeedReason']);
    expect(done(late, 'DECOMPOSE', handler, { ...asked, data: { ...asked.data, lateReason: '主件已逾期,补交办。' } }).context.parts).toHaveLength(1);
  });

  it('goes only to a unit below: what the tree says of it comes with the event', () => {
    const facts = (...fits: readonly string[]) => ({ unitFacts: { [ganzhou]: fits } });
    expect(refusedBy(findingAt('rectifying.executing'), 'DECOMPOSE', handler, { data: facts('unit', 'rectifier') })).toEqual(['partsBelowLead']);
    expect(refusedBy(findingAt('rectifying.executing'), 'DECOMPOSE', handler, { data: facts('unit') })).toEqual(['field.unitUnfit.rectifier']);
    expect(refusedBy(findingAt('rectifying.executing'), 'DECOMPOSE', handler, { data: { unitFacts: {} } })).toEqual(['field.noSuchUnit']);
    expect(at(done(findingAt('rectifying.executing'), 'DECOMPOSE', handler, { data: facts('unit', 'rectifier', 'belowLead') }))).toBe('rectifying.executing');
    expect(at(done(findingAt('rectifying.executing'), 'DECOMPOSE', clerk, { data: facts('unit', 'rectifier') }))).toBe('rectifying.executing');
  });
});

describe('an event', () => {
  it('changes nothing that its form does not name', () => {
    expect(refusedBy(findingAt('rectifying.executing'), 'REPORT', handler, { data: { closureStandard: '随便', requirement: '无' } })).toEqual(['unknownField', 'unknownField']);
  });
});

describe('whoever goes along to verify', () => {
  it('is bound like the one who gives the verdict', () => {
    const inspection = findingAt('verifying.inspection');
    expect(refusedBy(inspection, 'PASS', inspector, { data: { companions: [handler.name], companionActors: [handler] } })).toEqual(['companionsFree']);
    expect(refusedBy(inspection, 'PASS', inspector, { data: { companions: ['交通退休甲'], companionActors: [inPost(handler, 'inspector', ['jurisdiction'])] } })).toEqual(['companionsFree']);
    const passed = done(inspection, 'PASS', inspector, { data: { companions: [secondInspector.name], companionActors: [secondInspector] } });
    expect(passed.context.marks.filter((mark) => mark.duty === 'pass').map((mark) => mark.personId)).toEqual([inspector.personId, secondInspector.personId]);
  });

  it('is somebody else, however the name is written', () => {
    expect(refusedBy(findingAt('verifying.inspection'), 'PASS', inspector, { data: { companions: [`${inspector.name} `] } })).toEqual(['twoPeople']);
  });
});

describe('a unit that has nothing to do with it', () => {
  it('is only suggested by a list, a check, a return or a recall', () => {
    const listed = done(null, 'LIST', clerk, { data: { leadUnitId: transportBureau } });
    expect([listed.context.leadUnitId, listed.context.suggestedUnitId]).toEqual([null, transportBureau]);
    const returned = done(findingAt('assigned'), 'RETURN', handler);
    expect([returned.context.leadUnitId, returned.context.suggestedUnitId, returned.context.supportingUnitIds]).toEqual([null, ganzhou, []]);
    expect(done(findingAt('assigned'), 'RECALL', clerk).context.suggestedUnitId).toBe(transportBureau);
  });
});

describe('the sector department', () => {
  it('agrees to the plan before the office approves it, where the campaign asks', () => {
    const reviewed = findingAt('rectifying.planReview', { switches: { sectorReview: true } });
    expect(refusedBy(reviewed, 'APPROVE_PLAN', clerk)).toEqual(['opinionGiven']);
    expect(waitingFor(reviewed).map((each) => each.event)).toEqual(['GIVE_OPINION']);
    expect(at(done(reviewed, 'GIVE_OPINION', sector, { data: { opinion: 'disagree' } }))).toBe('rectifying.planning');
    const agreed = done(reviewed, 'GIVE_OPINION', sector);
    expect(waitingFor(agreed).map((each) => each.event)).toEqual(['APPROVE_PLAN']);
    expect(at(done(agreed, 'APPROVE_PLAN', clerk))).toBe('rectifying.executing');
  });
});

it('what was sent back is not claimed again on what was not enough', () => {
  const back = done(findingAt('verifying.inspection'), 'SEND_BACK', inspector);
  expect([back.context.sentBack, back.context.evidenceAfter]).toEqual([1, 0]);
  expect(refusedBy(back, 'CLAIM', handler, { data: { evidence: [] } })).toEqual(['evidenceShown']);
  expect(at(done(back, 'CLAIM', handler, { data: { evidence: ['photo-2'] } }))).toBe('rectifying.claimSigning');
});

describe('a cycle that begins again', () => {
  it('begins with nothing done', () => {
    const closed = done(findingAt('closed'), 'PROPOSE_REOPENING', inspector);
    const reopened = done(withFacts(closed, { rectificationType: 'immediate' }), 'REOPEN', clerk);
    expect(reopened.context.measures.map(({ percent, done: isDone }) => ({ percent, isDone }))).toEqual([{ percent: 0, isDone: false }]);
    expect(refusedBy(reopened, 'CLAIM', handler)).toEqual(['everyMeasureDone']);
  });
});

describe('a finding that counts', () => {
  it('is never merged into a clue that does not', () => {
    expect(refusedBy(findingAt('listed'), 'MERGE', clerk, { data: { targetFacts: { open: true, hostOfficeId: 1, mergedInto: null, listedOn: null } } })).toEqual(['targetFits']);
  });
});

describe('a plan', () => {
  it('has at least one measure with owner, date and deliverable, none after the deadline', () => {
    const planning = findingAt('rectifying.planning');
    expect(refusedBy(planning, 'SUBMIT_PLAN', handler, { data: { measures: [] } })).toEqual(['field.required']);
    expect(refusedBy(planning, 'SUBMIT_PLAN', handler, { data: { measures: [{ ...measures[0], deliverable: '' }] } })).toEqual(['field.row']);
    expect(ask(planning, 'SUBMIT_PLAN', handler, { data: { measures: [...measures, { ...measures[0], dueOn: '2020-07-01' }] } })).toMatchObject({ refusals: [{ rule: 'measuresWithinDeadline', params: { row: 2, date: '2020-06-30' }, field: 'measures' }] });
  });

  it('goes back to be written again when it is rejected, which says why', () => {
    expect(at(done(findingAt('rectifying.planReview'), 'REJECT_PLAN', clerk))).toBe('rectifying.planning');
    expect(refusedBy(findingAt('rectifying.planReview'), 'REJECT_PLAN', clerk, { data: { reason: '太粗' } })).toEqual(['field.tooShort']);
  });
});

describe('an extension', () => {
  const asked = (): Snapshot => done(findingAt('rectifying.executing'), 'REQUEST_EXTENSION', handler);

  it('moves the current deadline by its decision, and never the original one', () => {
    expect(done(asked(), 'GRANT', clerk, { data: { deadline: '2020-07-15' } }).context).toMatchObject({ deadline: '2020-07-15', originalDeadline: '2020-06-30', extension: null, extensions: 1 });
    expect(done(asked(), 'REFUSE', clerk).context).toMatchObject({ deadline: '2020-06-30', extension: null, extensions: 0 });
  });

  it('is decided by the leader for a major finding', () => {
    const major = done(findingAt('rectifying.executing', { severity: 'major' }), 'REQUEST_EXTENSION', handler);
    expect(refusedBy(major, 'GRANT', clerk)).toEqual(['notYourPost']);
    expect(done(major, 'GRANT', leader).context.deadline).toBe('2020-07-31');
  });

  it('is never decided by whoever asked for it, whatever post they hold now', () => {
    expect(refusedBy(asked(), 'GRANT', inPost(handler, 'office', ['host']))).toEqual(['never.requestExtension.any']);
  });
});

describe('a claim', () => {
  it('needs every measure done, the checklist, and evidence', () => {
    const executing = findingAt('rectifying.executing');
    expect(ask(executing, 'CLAIM', handler)).toMatchObject({ refusals: [{ rule: 'everyMeasureDone', params: { count: 1 } }] });
    const reported = done(executing, 'REPORT', handler);
    expect(refusedBy(reported, 'CLAIM', handler, { data: { evidence: [], checklist: { ...checklist, standardMet: false } } })).toEqual(['checklistAnswered', 'evidenceShown']);
    expect(refusedBy(reported, 'CLAIM', handler, { data: { checklist: { measuresDone: true } } })).toEqual(['field.checklist']);
  });

  it('is not closure: it is signed, checked by the sector where the campaign asks for it, and verified', () => {
    expect(at(done(findingAt('verifying.sectorReview'), 'GIVE_OPINION', sector))).toBe('verifying.inspection');
    expect(at(done(findingAt('verifying.sectorReview'), 'GIVE_OPINION', sector, { data: { opinion: 'disagree' } }))).toBe('rectifying.executing');
    expect(at(done(findingAt('verifying.inspection'), 'WITHDRAW_CLAIM', handler))).toBe('rectifying.executing');
  });

  it('is not reviewed by the sector department that puts it right itself', () => {
    const own = done(findingAt('listed', { switches: { sectorReview: true, listIsPlan: true, headSigns: false } }), 'ASSIGN', clerk, { data: { sectorUnitId: transportBureau } });
    expect(at(done(done(own, 'ACCEPT', handler), 'CLAIM', handler))).toBe('verifying.inspection');
  });
});

describe('verification', () => {
  it('is for those it was assigned to, and takes two people', () => {
    const inspection = findingAt('verifying.inspection');
    expect(refusedBy(inspection, 'PASS', secondInspector)).toEqual(['amongVerifiers']);
    expect(refusedBy(inspection, 'PASS', inspector, { data: { companions: [inspector.name] } })).toEqual(['twoPeople']);
    expect(refusedBy(inspection, 'SEND_BACK', inspector, { data: { method: '', missing: '不够' } })).toEqual(['field.tooShort', 'methodNamed']);
  });

  it('is not assigned to anybody who may not verify', () => {
    expect(ask(findingAt('verifying.inspection'), 'ASSIGN_VERIFICATION', clerk, { data: { verifierIds: [43], verifiers: [secondedInspector] } })).toMatchObject({ refusals: [{ rule: 'verifiersFree', params: { names: '挂职核查' } }] });
  });

  it('is refused to a person seconded to the unit, and to one who reported in an earlier post', () => {
    const forSeconded = withFacts(findingAt('verifying.inspection'), { verifierIds: [secondedInspector.personId] });
    expect(refusedBy(forSeconded, 'PASS', secondedInspector)).toEqual(['never.belongs']);
    const forReporter = withFacts(findingAt('verifying.inspection'), { verifierIds: [handler.personId] });
    expect(refusedBy(forReporter, 'PASS', inPost(handler, 'inspector', ['jurisdiction']))).toEqual(['never.plan.any', 'never.report.any', 'never.claim.any']);
  });

  it('binds whoever sent it back: they never report on it later', () => {
    const back = done(findingAt('verifying.inspection'), 'SEND_BACK', inspector);
    expect(back.context.sentBack).toBe(1);
    expect(refusedBy(back, 'REPORT', inPost(inspector, 'handler', ['lead'], transportBureau))).toEqual(['never.verify.any']);
  });

  it('entered on behalf binds the typist as a verifier too', () => {
    const passed = done(findingAt('verifying.inspection'), 'PASS', clerk, { behalf: onBehalfOf(inspector) });
    expect(refusedBy(passed, 'CLOSE', clerk)).toEqual(['never.pass.thisCycle']);
    expect(at(done(passed, 'CLOSE', secondClerk))).toBe('closed');
  });
});

describe('on behalf', () => {
  it('needs the paper it rests on', () => {
    const claimed = findingAt('rectifying.claimSigning');
    expect(refusedBy(claimed, 'SIGN_CLAIM', handler, { behalf: { ...onBehalfOf(head), basisNumber: ' ', basisDate: '2020-06-01' } })).toEqual(['field.required', 'basisDated']);
    expect(at(done(claimed, 'SIGN_CLAIM', handler, { behalf: onBehalfOf(head) }))).toBe('verifying.inspection');
  });

  it('is typed by the host office or by the unit itself, and only for decisions', () => {
    expect(refusedBy(findingAt('rectifying.claimSigning'), 'SIGN_CLAIM', waterHandler, { behalf: onBehalfOf(head) })).toEqual(['mayNotType']);
    expect(refusedBy(findingAt('rectifying.executing'), 'REPORT', clerk, { behalf: onBehalfOf(handler) })).toEqual(['notOnBehalf']);
    expect(refusedBy(findingAt('verified.approval'), 'CLOSE', clerk, { behalf: onBehalfOf(handler) })).toEqual(['notYourPost']);
  });
});

describe('closure', () => {
  it('waits for the days in public and for open objections', () => {
    const notice = findingAt('verified.notice');
    expect(notice.context.noticeUntil).toBe('2020-05-18');
    expect(ask(notice, 'CLOSE', clerk)).toMatchObject({ because: 'state', refusals: [{ rule: 'noticeOver', params: { date: '2020-05-18' } }] });
    expect(at(done(done(notice, 'NOTICE_OVER', engine, { on: '2020-05-19' }), 'CLOSE', clerk, { on: '2020-05-19' }))).toBe('closed');
    const objected = done(notice, 'OBJECT', clerk);
    expect(at(objected)).toBe('verifying.inspection');
    const assigned = done(objected, 'ASSIGN_VERIFICATION', clerk);
    expect(refusedBy(assigned, 'PASS', inspector)).toEqual(['noObjectionOpen']);
    expect(at(done(done(assigned, 'SETTLE_OBJECTION', clerk), 'PASS', inspector))).toBe('verified.notice');
  });

  it('is not for whoever verified in this cycle, nor for somebody of the unit', () => {
    const approval = findingAt('verified.approval');
    expect(refusedBy(approval, 'CLOSE', inPost(inspector, 'office', ['host']))).toEqual(['never.pass.thisCycle']);
    expect(refusedBy(approval, 'CLOSE', { ...clerk, belongs: ['responsible'] })).toEqual(['never.belongs']);
  });

  it('can still be sent back by whoever may close', () => {
    expect(at(done(findingAt('verified.approval'), 'SEND_BACK', clerk))).toBe('rectifying.executing');
    expect(at(done(findingAt('verified.approval', { severity: 'major' }), 'SEND_BACK', leader))).toBe('rectifying.executing');
  });
});

describe('after closure', () => {
  it('a look-back that passes is recorded and changes nothing', () => {
    const looked = done(findingAt('closed'), 'LOOK_BACK', secondInspector, { data: { companions: ['核查甲'] } });
    expect(at(looked)).toBe('closed');
  });

  it('the inspector proposes, the office reopens: cycle two, a new deadline, the first closure on record, a new plan', () => {
    const proposed = done(findingAt('closed'), 'PROPOSE_REOPENING', inspector);
    expect(refusedBy(findingAt('closed'), 'REOPEN', clerk)).toEqual(['reopeningProposed']);
    expect(refusedBy(proposed, 'REOPEN', inPost(inspector, 'office', ['host']))).toEqual(['never.proposeReopening.any']);
    const reopened = done(proposed, 'REOPEN', clerk);
    expect(at(reopened)).toBe('rectifying.planning');
    expect(reopened.context).toMatchObject({ cycle: 2, deadline: '2020-12-31', originalDeadline: '2020-06-30', outcome: null, closedOn: null, closures: [{ cycle: 1 }], evidenceAfter: 0 });
  });

  it('the verifier of the first cycle neither claims in the second, nor does the reporter of the first verify', () => {
    const reopened = done(done(findingAt('closed'), 'PROPOSE_REOPENING', secondInspector), 'REOPEN', clerk);
    expect(refusedBy(reopened, 'REPORT', inPost(inspector, 'handler', ['lead']))).toEqual(['never.pass.any']);
    const passed = withFacts({ ...findingAt('verifying.inspection'), context: { ...findingAt('verifying.inspection').context, marks: reopened.context.marks, cycle: 2 } }, { verifierIds: [handler.personId] });
    expect(refusedBy(passed, 'PASS', inPost(handler, 'inspector', ['jurisdiction']))).toContain('never.report.any');
  });
});

describe('pauses', () => {
  it('suspension is proposed by the office and decided by the leader; the days are added on resuming, back where it stood', () => {
    expect(refusedBy(findingAt('rectifying.planning'), 'SUSPEND', leader)).toEqual(['suspensionProposed']);
    for (const state of ['rectifying.planning', 'rectifying.planSigning', 'rectifying.planReview', 'rectifying.executing', 'rectifying.claimSigning', 'verifying.sectorReview', 'verifying.inspection']) {
      const suspended = done(done(findingAt(state), 'PROPOSE_SUSPENSION', clerk), 'SUSPEND', leader);
      const resumed = done(suspended, 'RESUME', clerk, { on: '2020-05-21' });
      expect([at(resumed), resumed.context.deadline, resumed.context.originalDeadline, resumed.context.suspendedDays]).toEqual([state, '2020-07-10', '2020-06-30', 10]);
    }
  });

  it('a proposal that the leader refuses can be made again', () => {
    const refused = done(done(findingAt('rectifying.executing'), 'PROPOSE_SUSPENSION', clerk), 'REFUSE_SUSPENSION', leader);
    expect(at(done(refused, 'PROPOSE_SUSPENSION', clerk))).toBe('rectifying.executing');
  });

  it('continuing needs the stage goal verified, is reviewed by its date, and ends in verification', () => {
    const proposed = done(findingAt('rectifying.executing'), 'PROPOSE_CONTINUING', clerk);
    expect(refusedBy(proposed, 'TURN_CONTINUING', leader)).toEqual(['stageGoalVerified']);
    const continuing = findingAt('continuing');
    expect(refusedBy(continuing, 'REVIEW', clerk, { data: { result: 'goesOn', reviewOn: '2025-05-12' } })).toEqual(['reviewWithinFiveYears']);
    expect(at(done(continuing, 'REVIEW', clerk, { data: { result: 'goesOn', reviewOn: '2022-05-01' } }))).toBe('continuing');
    expect(at(done(continuing, 'REVIEW', clerk))).toBe('verifying.inspection');
  });
});

describe('other ends', () => {
  it('are the office’s before it is handed to a unit, and the leader’s afterwards', () => {
    expect(at(done(findingAt('listed'), 'WITHDRAW', clerk))).toBe('withdrawn');
    expect(refusedBy(findingAt('assigned'), 'WITHDRAW', clerk)).toEqual(['notYourPost']);
    expect(at(done(findingAt('assigned'), 'WITHDRAW', leader))).toBe('withdrawn');
  });

  it('merge only into another open finding of the same office', () => {
    const into = (targetFacts: object | null, target = 'ZG-2020-0009'): readonly string[] => refusedBy(findingAt('listed'), 'MERGE', clerk, { data: { target, targetFacts } });
    expect([into(null), into({ open: false, hostOfficeId: 1 }), into({ open: true, hostOfficeId: 2 }), into({ open: true, hostOfficeId: 1 }, 'ZG-2020-0001')]).toEqual([['targetFits'], ['targetFits'], ['targetFits'], ['targetFits']]);
    expect(done(findingAt('listed'), 'MERGE', clerk).context).toMatchObject({ mergedInto: 'ZG-2020-0009', outcome: 'merged' });
  });
});

describe('adoption', () => {
  it('takes a row over at its real stage and marks it for good', () => {
    const stages = { listed: 'listed', assigned: 'assigned', rectifying: 'rectifying.executing', verifying: 'verifying.inspection', continuing: 'continuing', closed: 'closed' };
    for (const [stage, state] of Object.entries(stages)) {
      const adopted = done(null, 'ADOPT', clerk, { data: { stage, leadUnitId: transportBureau, deadline: '2020-06-30', closedOn: '2019-12-20' } });
      expect([at(adopted), adopted.context.adopted]).toEqual([state, true]);
    }
  });

  it('needs a basis, and a unit and a date where the work goes on', () => {
    expect(refusedBy(null, 'ADOPT', clerk, { data: { basis: '' } })).toEqual(['field.required']);
    expect(refusedBy(null, 'ADOPT', clerk, { data: { stage: 'rectifying' } })).toEqual(['adoptedWithUnitAndDate']);
    expect(refusedBy(null, 'ADOPT', clerk, { data: { stage: 'verified' } })).toEqual(['field.notAChoice']);
  });

  it('of a closed row without a unit names one when it is reopened', () => {
    const proposed = done(done(null, 'ADOPT', clerk), 'PROPOSE_REOPENING', inspector);
    expect(refusedBy(proposed, 'REOPEN', clerk)).toEqual(['leadUnitNamed']);
    expect(done(proposed, 'REOPEN', clerk, { data: { leadUnitId: waterBureau } }).context.leadUnitId).toBe(waterBureau);
  });
});

describe('words that wait', () => {
  it('an instruction goes to a unit concerned and waits for that unit’s reply', () => {
    expect(refusedBy(findingAt('rectifying.executing'), 'INSTRUCT', leader, { data: { unitId: linze } })).toEqual(['unitInvolved']);
    const instructed = done(findingAt('rectifying.executing'), 'INSTRUCT', leader);
    expect(waitingFor(instructed)).toContainEqual({ event: 'REPLY_INSTRUCTION', role: 'handler', unitId: transportBureau, personId: null, dueOn: null });
    expect(refusedBy(instructed, 'REPLY_INSTRUCTION', waterHandler)).toEqual(['instructed']);
    expect(waitingFor(done(instructed, 'REPLY_INSTRUCTION', handler)).map((each) => each.event)).toEqual(['CLAIM']);
  });

  it('an appeal is answered before anything is closed', () => {
    const appealed = withFacts(findingAt('verified.approval'), { appeal: { by: 21, unitId: 2, on: '2020-05-11', reason: '不符', date: null } });
    expect(refusedBy(appealed, 'CLOSE', clerk)).toEqual(['noAppealPending']);
    expect(at(done(done(appealed, 'DECIDE_APPEAL', clerk), 'CLOSE', clerk))).toBe('closed');
  });
});

describe('who must act next', () => {
  it.each([
    ['suspected.toCheck', 'HAND_OUT office 1'], ['suspected.checking', `REPORT_CHECK handler ${checker.unitId}`], ['listed', 'ASSIGN office 1'], ['assigned', 'ACCEPT handler 2'], ['rectifying.planning', 'SUBMIT_PLAN handler 2'],
    ['rectifying.planSigning', 'SIGN_PLAN head 2'], ['rectifying.planReview', 'APPROVE_PLAN office 1'], ['rectifying.executing', 'CLAIM handler 2'], ['rectifying.claimSigning', 'SIGN_CLAIM head 2'],
    ['verifying.sectorReview', `GIVE_OPINION sector ${reformCommission}`], ['verifying.inspection', 'PASS inspector person 41'], ['verified.notice', 'NOTICE_OVER system nobody'], ['verified.approval', 'CLOSE office 1'],
    ['continuing', 'REVIEW office 1'], ['suspended', 'RESUME office 1'],
  ])('at %s: %s', (state, expected) => {
    expect(waitingFor(findingAt(state)).map((each) => `${each.event} ${each.role} ${each.unitId ?? (each.personId === null ? 'nobody' : `person ${each.personId}`)}`)).toEqual([expected]);
  });

  it('the office while nobody is told to verify, and nobody once it has ended', () => {
    expect(waitingFor(withFacts(findingAt('verifying.inspection'), { verifierIds: [] })).map((each) => each.event)).toEqual(['ASSIGN_VERIFICATION']);
    expect(['closed', 'unfounded', 'merged', 'transferred', 'withdrawn'].flatMap((state) => waitingFor(findingAt(state)))).toEqual([]);
  });
});

describe('before a form is filled in', () => {
  it('the handler sees what may be done now, and why the claim may not yet', () => {
    const answers = availability(current, findingAt('rectifying.executing'), [handler], '2020-05-11');
    expect(answers.find((each) => each.event === 'REPORT')).toEqual({ event: 'REPORT', allowed: true, refusals: [] });
    expect(answers.find((each) => each.event === 'CLAIM')).toMatchObject({ allowed: false, refusals: [{ rule: 'everyMeasureDone' }] });
  });

  it('the claim stands there, disabled, while the plan is written', () => {
    const answers = availability(current, findingAt('rectifying.planning'), [handler], '2020-05-11');
    expect(answers.find((each) => each.event === 'CLAIM')).toMatchObject({ allowed: false, refusals: [{ rule: 'notInThisStage', params: { state: 'rectifying.planning' } }] });
  });

  it('the best of somebody’s posts counts, and a stranger is offered nothing they may do', () => {
    expect(availability(current, findingAt('listed'), [stranger, clerk], '2020-05-11').find((each) => each.event === 'ASSIGN')?.allowed).toBe(true);
    expect(availability(current, findingAt('rectifying.executing'), [stranger], '2020-05-11').filter((each) => each.allowed)).toEqual([]);
  });
});

describe('whoever is chosen for a task', () => {
  it('can be asked after beforehand, whatever the stage: may they ever verify, may they ever close', () => {
    const reported = done(findingAt('rectifying.executing'), 'REPORT', handler);
    const rules = (type: string, actor: typeof clerk): readonly string[] => excludedFrom(current, reported.context, type, actor).map((each) => each.rule);
    expect([rules('PASS', inspector), rules('PASS', secondedInspector), rules('PASS', inPost(handler, 'inspector', ['jurisdiction'])), rules('CLOSE', clerk), rules('CLOSE', handler)])
      .toEqual([[], ['never.belongs'], ['never.plan.any', 'never.report.any'], [], ['notYourPost']]);
  });
});

describe('asking', () => {
  it('for what no workflow knows is unknown, for what the stage does not know is a matter of state', () => {
    expect(ask(findingAt('listed'), 'FLY', clerk)).toMatchObject({ kind: 'refused', because: 'unknown' });
    expect(ask(findingAt('listed'), 'CLOSE', clerk)).toMatchObject({ because: 'state', refusals: [{ rule: 'notInThisStage', params: { event: 'CLOSE', state: 'listed' } }] });
  });

  it('never changes the snapshot it was given', () => {
    const listed = findingAt('listed');
    const before = JSON.stringify(listed);
    done(listed, 'ASSIGN', clerk);
    expect(JSON.stringify(listed)).toBe(before);
  });

  it('records the dates it reckoned, and a replay takes them from the record', () => {
    const history: WorkflowEvent[] = [];
    const remember = (snapshot: Snapshot | null, type: string, actor: typeof clerk): Snapshot => {
      const result = step(current, snapshot, { type, actor, data: filledIn[type] ?? {}, onBehalf: null, occurredAt: '2020-05-11T01:00:00.000Z', today: '2020-05-11', dates: {} }, calendar);
      if (result.kind === 'refused') throw new Error(type);
      history.push(result.event);
      return result.snapshot;
    };
    const accepted = remember(remember(remember(null, 'LIST', clerk), 'ASSIGN', clerk), 'ACCEPT', handler);
    expect(history[1]?.dates).toEqual({ acceptBy: '2020-05-14' });
    expect(replay(current, history)).toEqual(accepted);
    expect(() => replay(current, history.slice(1))).toThrow('notInThisStage');
  });
});
