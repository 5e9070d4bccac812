import { daysBetween, plusDays } from '../../calendar.js';
import { doer, marksIn, type MachineEvent } from '../../guard.js';
import type { Duty } from '../../actor.js';
import type { FindingContext, Measure, Part, Pending } from '../../finding.js';
import { adoptedAt, listed } from './beginning.js';
import { isStage } from '../../stages.js';
import type { EventType } from './events.js';
import { assigned, confirmed, deadlines, eachOfSeveral, partsOf, window } from './handing.js';
import { marked, withMarks } from './marks.js';
import { isText, list, number, numbers, rows, text } from './payload.js';
import { succeeded } from './succession.js';

type Changes = Partial<FindingContext>;
type Change = (context: FindingContext, event: MachineEvent, duty: Duty | null) => Changes;

/** The finding after an event: what the event changes, from its own data alone, and the mark of whoever did a duty. */
export function changed(finding: FindingContext, event: MachineEvent, duty: Duty | null): FindingContext {
  const change = isKnown(event.type) ? changes[event.type]?.(finding, event, duty) : undefined;
  return duty ? { ...finding, ...change, marks: marked(finding, event, duty) } : { ...finding, ...change };
}

function isKnown(type: string): type is EventType {
  return type in changes;
}

/** An event that is not named changes nothing but marks. */
const changes: Readonly<Partial<Record<EventType, Change>>> = Object.freeze({
  LIST: listed,
  ADOPT: (context, event) => ({ ...listed(context, event), adopted: true, ...adoptedAt(event) }),
  HAND_OUT: ({ listedUnitId, suggestedUnitId, handedOn }, { data }) => ({
    checkUnitId: number(data['checkUnitId']), checkBy: text(data['checkBy']), checkResult: null, suggestedUnitId: number(data['checkUnitId']),
    listedUnitId: listedUnitId === undefined ? suggestedUnitId : listedUnitId, ...(handedOn ? { handedOn: null } : {}),
  }),
  RECALL_CHECK: ({ listedUnitId = null }) => ({ ...unasked, suggestedUnitId: listedUnitId }),
  RETURN_CHECK: ({ listedUnitId = null }, { data }) => ({ ...unasked, suggestedUnitId: number(data['suggestedUnitId']) ?? listedUnitId }),
  HAND_ON: (_context, { data }) => ({ handedOn: { unitId: number(data['handedOnTo']) ?? 0, checkBy: text(data['checkBy']), result: null, note: null } }),
  REPORT_UP: ({ handedOn = null }, { data }) => (handedOn ? { handedOn: { ...handedOn, result: checkResult(data['result']), note: text(data['note']) } } : {}),
  REPORT_CHECK: (_context, { data }) => ({ checkResult: checkResult(data['result']) }),
  SEND_BACK_CHECK: ({ handedOn }) => ({ checkResult: null, ...(handedOn ? { handedOn: { ...handedOn, result: null, note: null } } : {}) }),
  CONFIRM: confirmed,
  DISMISS: () => ({ outcome: 'unfounded' }),
  ASSIGN: (context, event) => ({ ...assigned(context, event), parts: [...context.parts, ...partsOf(context, eachOfSeveral(context, numbers(event.data['responsibleUnitIds'])).map((unitId) => ({ unitId, deadline: text(event.data['deadline']) })))] }),
  REASSIGN: (context, event) => ({ ...ledBy(context, number(event.data['leadUnitId'])), ...deadlines(context, event), ...window(event), assignedOn: event.today }),
  RECALL: (context) => ({ ...nobodys, suggestedUnitId: context.leadUnitId, suggestedResponsibleIds: context.responsibleUnitIds, suggestedSupportingIds: context.supportingUnitIds }),
  RETURN: (_context, { data }) => ({ ...nobodys, suggestedUnitId: number(data['suggestedUnitId']) }),
  ACCEPT: () => ({ acceptBy: null }),
  DECOMPOSE: (context, { data }) => ({ parts: [...context.parts, ...partsOf(context, rows(data['parts']).map((row) => ({ unitId: number(row['unitId']) ?? 0, deadline: text(row['deadline']) ?? context.deadline })))] }),
  SUBMIT_PLAN: (_context, { data }) => ({ planAgreed: false, measures: rows(data['measures']).map(measure) }),
  REPORT: (context, { data }) => ({ measures: progressed(context.measures, rows(data['progress'])) }),
  // What shows that it was put right comes from those who put it right.
  ATTACH: (context, { data }, duty) => ({ evidenceAfter: context.evidenceAfter + (duty === 'report' && data['phase'] === 'after' ? list(data['evidence']).length : 0) }),
  REQUEST_EXTENSION: (_context, event) => ({ extension: pending(event, 'requestedDate') }),
  GRANT: (context, { data }) => ({ extension: null, deadline: text(data['deadline']), extensions: context.extensions + 1 }),
  REFUSE: () => ({ extension: null }),
  CLAIM: (context, event) => ({ claimedOn: event.today, extension: null, continuing: null, verifierIds: [], verifyBy: null, evidenceAfter: context.evidenceAfter + list(event.data['evidence']).length }),
  RETURN_CLAIM: () => ({ claimedOn: null }),
  WITHDRAW_CLAIM: () => ({ claimedOn: null, verifierIds: [], verifyBy: null }),
  GIVE_OPINION: (_context, { data, from }) => (data['opinion'] === 'agree' ? { planAgreed: from === 'rectifying.planReview' } : { planAgreed: false, claimedOn: null }),
  ASSIGN_VERIFICATION: (_context, { data }) => ({ verifierIds: numbers(data['verifierIds']), verifyBy: text(data['verifyBy']) }),
  PASS: (context, event) => ({ ...answered(context), suspension: null, verifiedOn: event.today, noticeUntil: context.switches.noticeDays > 0 ? event.dates['noticeUntil'] ?? null : null }),
  // What was not enough is not enough a second time: the next claim shows something, new or named again.
  SEND_BACK: (context) => ({ ...answered(context), sentBack: context.sentBack + 1, evidenceAfter: 0, stageGoalOn: null, claimedOn: null, verifiedOn: null, noticeUntil: null, verifierIds: [], verifyBy: null }),
  OBJECT: (context, { data }) => ({
    ...answered(context),
    objections: [...context.objections, { id: context.objections.length + 1, from: text(data['from']) ?? '', text: text(data['text']) ?? '', open: true }],
    verifiedOn: null, noticeUntil: null, verifierIds: [], verifyBy: null,
  }),
  SETTLE_OBJECTION: (context) => ({ objections: context.objections.map((objection) => ({ ...objection, open: false })) }),
  CLOSE: (context, event) => {
    const closure = { cycle: context.cycle, on: event.today, decision: text(event.data['decisionNumber']) ?? '', outcome: text(event.data['outcome']) ?? 'rectified' };
    return { closedOn: event.today, outcome: closure.outcome, closures: [...context.closures, closure] };
  },
  SPOT_CHECK: (context, { data, today, from }) => ({ stageGoalOn: data['result'] === 'sound' ? today : null, ...(data['result'] === 'sound' ? answered(context) : from?.startsWith('verified.') ? { unsoundOn: today } : {}) }),
  PROPOSE_REOPENING: (_context, event) => ({ reopening: pending(event, null) }),
  REOPEN: (context, { data, today }) => ({
    reopening: null, cycle: context.cycle + 1, deadline: text(data['deadline']), closedOn: null, verifiedOn: null, noticeUntil: null,
    claimedOn: null, verifierIds: [], verifyBy: null, outcome: null, evidenceAfter: 0, stageGoalOn: null, planAgreed: false, reopenedOn: today, ...ledBy(context, number(data['leadUnitId']) ?? context.leadUnitId),
    measures: context.measures.map((each) => ({ ...each, percent: 0, done: false })),
  }),
  REFUSE_REOPENING: () => ({ reopening: null }),
  AMEND: (context, { data }) => ({ title: text(data['title']) ?? context.title, requirement: text(data['requirement']) ?? context.requirement, closureStandard: text(data['closureStandard']) ?? context.closureStandard }),
  // The category stands in the finding's row, outside its workflow, as where it came from does.
  RECLASSIFY: () => ({}),
  APPEAL: (_context, event) => ({ appeal: pending(event, null) }),
  DECIDE_APPEAL: () => ({ appeal: null }),
  INSTRUCT: (context, event) => ({
    instructions: [...context.instructions, {
      id: context.instructions.length + 1, by: doer(event).personId, byName: doer(event).name, text: text(event.data['text']) ?? '',
      unitId: number(event.data['unitId']) ?? 0, on: event.today, replied: false,
    }],
  }),
  REPLY_INSTRUCTION: (context, event) => ({ instructions: context.instructions.map((each) => (each.unitId === doer(event).unitId ? { ...each, replied: true } : each)) }),
  PROPOSE_SUSPENSION: (_context, event) => ({ suspension: pending(event, null) }),
  SUSPEND: (_context, event) => ({ suspension: null, suspendedOn: event.today, resumeTo: event.from }),
  REFUSE_SUSPENSION: () => ({ suspension: null }),
  RESUME: (context, event) => {
    const days = daysBetween(context.suspendedOn ?? event.today, event.today);
    return { suspendedOn: null, resumeTo: null, suspendedDays: context.suspendedDays + days, deadline: context.deadline && earlier(plusDays(context.deadline, days), context.parentDeadline) };
  },
  PROPOSE_CONTINUING: (_context, event) => ({ continuing: pending(event, 'reviewOn') }),
  REFUSE_CONTINUING: () => ({ continuing: null }),
  TURN_CONTINUING: (_context, { data }) => ({ continuing: null, extension: null, stageGoalOn: null, reviewOn: text(data['reviewOn']) }),
  REVIEW: (_context, event) => (event.data['result'] === 'goesOn' ? { reviewOn: text(event.data['reviewOn']) } : { reviewOn: null, claimedOn: event.today, verifierIds: [], verifyBy: null }),
  MERGE: (_context, { data }) => ({ outcome: 'merged', mergedInto: text(data['target']) }),
  TRANSFER: () => ({ outcome: 'transferred' }),
  WITHDRAW: () => ({ outcome: 'withdrawn' }),
  UNFOUND: () => ({ outcome: 'unfounded' }),
  SPLIT: (context, { data }) => ({ splitInto: [...(context.splitInto ?? []), ...list(data['numbers']).filter(isText)] }),
  SUCCEED: succeeded,
  ABSORB: (context, { data }) => ({ absorbed: [...(context.absorbed ?? []), text(data['merged']) ?? ''], marks: withMarks(context, marksIn(data['marks'])) }),
  PART_CHANGED: (context, { data }) => ({
    parts: context.parts.map((part) => (part.number === data['part'] ? partAfter(part, data) : part)),
    marks: withMarks(context, marksIn(data['marks'])),
  }),
  PARENT_CHANGED: (context, { data }) => ({ parentDeadline: text(data['deadline']), marks: withMarks(context, marksIn(data['marks'])) }),
});

/** Another unit leads it: the one that did has nothing to do with it any more. */
function ledBy({ leadUnitId: former, responsibleUnitIds, jointLeadUnitIds }: FindingContext, leadUnitId: number | null): Changes {
  const others = (unitIds: readonly number[]): readonly number[] => (leadUnitId === former ? unitIds : unitIds.filter((unitId) => unitId !== former));
  return { leadUnitId, responsibleUnitIds: others(responsibleUnitIds), jointLeadUnitIds: others(jointLeadUnitIds) };
}

function partAfter({ number: name, unitId }: Part, data: MachineEvent['data']): Part {
  const [open, ended] = [data['open'] === true, data['ended']];
  return { number: name, unitId: number(data['unitId']) ?? unitId, open, deadline: text(data['deadline']), ...(!open && isStage(ended) ? { ended } : {}) };
}

/** What a spot check found before the closure is answered: by a verdict, by its going back, by an objection. */
function answered({ unsoundOn }: FindingContext): Partial<FindingContext> {
  return unsoundOn === undefined ? {} : { unsoundOn: null };
}

/** No unit is asked to check it any more. */
const unasked: Changes = Object.freeze({ checkUnitId: null, checkBy: null, checkResult: null, handedOn: null });

/** No unit has to do with it any more; who should get it next is a suggestion. */
const nobodys: Changes = Object.freeze({ acceptBy: null, assignedOn: null, leadUnitId: null, jointLeadUnitIds: [], responsibleUnitIds: [], supportingUnitIds: [] });

/** The suspended days never carry a part past its parent. */
function earlier(date: string, limit: string | null): string {
  return limit !== null && limit < date ? limit : date;
}

function measure(row: Readonly<Record<string, unknown>>, index: number): Measure {
  return {
    id: index + 1, text: text(row['text']) ?? '', ownerUnitId: number(row['ownerUnitId']) ?? 0, owner: text(row['owner']) ?? '',
    dueOn: text(row['dueOn']) ?? '', deliverable: text(row['deliverable']) ?? '', percent: 0, done: false,
  };
}

function progressed(measures: readonly Measure[], rows: readonly Readonly<Record<string, unknown>>[]): readonly Measure[] {
  return measures.map((each) => {
    const row = rows.find((candidate) => number(candidate['id']) === each.id);
    if (!row) return each;
    const done = row['done'] === true || row['percent'] === 100;
    return { ...each, percent: done ? 100 : number(row['percent']) ?? each.percent, done };
  });
}

function pending(event: MachineEvent, date: string | null): Pending {
  return { by: doer(event).personId, unitId: doer(event).unitId, on: event.today, reason: text(event.data['reason']) ?? '', date: date && text(event.data[date]) };
}

function checkResult(value: unknown): FindingContext['checkResult'] {
  return value === 'founded' || value === 'partly' || value === 'unfounded' ? value : null;
}
