import { daysBetween, plusDays } from '../../calendar.js';
import { allWhoDid, doer, marksIn, type MachineEvent } from '../../guard.js';
import type { Duty, FindingContext, Mark, Measure, Part, Pending } from '../../types.js';
import type { EventType } from './events.js';
import { isText, list, number, numbers, record, rows, text } from './payload.js';

type Changes = Partial<FindingContext>;
type Change = (context: FindingContext, event: MachineEvent) => Changes;

/** The finding after an event: what the event changes, from its own data alone, and the mark of whoever did a duty. */
export function changed(finding: FindingContext, event: MachineEvent, duty: Duty | null): FindingContext {
  const change = isKnown(event.type) ? changes[event.type]?.(finding, event) : undefined;
  return duty ? { ...finding, ...change, marks: marked(finding, event, duty) } : { ...finding, ...change };
}

function isKnown(type: string): type is EventType {
  return type in changes;
}

/** An event that is not named changes nothing but marks. */
const changes: Readonly<Partial<Record<EventType, Change>>> = Object.freeze({
  LIST: listed,
  ADOPT: (context, event) => ({ ...listed(context, event), adopted: true, ...adoptedAt(event) }),
  HAND_OUT: (_context, { data }) => ({ checkUnitId: number(data['checkUnitId']), checkBy: text(data['checkBy']), checkResult: null, suggestedUnitId: number(data['checkUnitId']) }),
  REPORT_CHECK: (_context, { data }) => ({ checkResult: checkResult(data['result']) }),
  SEND_BACK_CHECK: () => ({ checkResult: null }),
  CONFIRM: confirmed,
  DISMISS: () => ({ outcome: 'unfounded' }),
  ASSIGN: (context, event) => ({ ...assigned(context, event), parts: [...context.parts, ...partsOf(context, eachOfSeveral(context, numbers(event.data['responsibleUnitIds'])).map((unitId) => ({ unitId, deadline: text(event.data['deadline']) })))] }),
  REASSIGN: (context, event) => ({ leadUnitId: number(event.data['leadUnitId']), responsibleUnitIds: context.responsibleUnitIds.filter((unitId) => unitId !== context.leadUnitId), jointLeadUnitIds: context.jointLeadUnitIds.filter((unitId) => unitId !== context.leadUnitId), ...deadlines(context, event), ...window(event), assignedOn: event.today }),
  RECALL: (context) => ({ ...nobodys, suggestedUnitId: context.leadUnitId, suggestedResponsibleIds: context.responsibleUnitIds, suggestedSupportingIds: context.supportingUnitIds }),
  RETURN: (_context, { data }) => ({ ...nobodys, suggestedUnitId: number(data['suggestedUnitId']) }),
  ACCEPT: () => ({ acceptBy: null }),
  DECOMPOSE: (context, { data }) => ({ parts: [...context.parts, ...partsOf(context, rows(data['parts']).map((row) => ({ unitId: number(row['unitId']) ?? 0, deadline: text(row['deadline']) ?? context.deadline })))] }),
  SUBMIT_PLAN: (_context, { data }) => ({ planAgreed: false, measures: rows(data['measures']).map(measure) }),
  REPORT: (context, { data }) => ({ measures: progressed(context.measures, rows(data['progress'])) }),
  ATTACH: (context, { data }) => ({ evidenceAfter: context.evidenceAfter + (data['phase'] === 'after' ? list(data['evidence']).length : 0) }),
  REQUEST_EXTENSION: (_context, event) => ({ extension: pending(event, 'requestedDate') }),
  GRANT: (context, { data }) => ({ extension: null, deadline: text(data['deadline']), extensions: context.extensions + 1 }),
  REFUSE: () => ({ extension: null }),
  CLAIM: (context, event) => ({ claimedOn: event.today, extension: null, verifierIds: [], verifyBy: null, evidenceAfter: context.evidenceAfter + list(event.data['evidence']).length }),
  RETURN_CLAIM: () => ({ claimedOn: null }),
  WITHDRAW_CLAIM: () => ({ claimedOn: null, verifierIds: [], verifyBy: null }),
  GIVE_OPINION: (_context, { data, from }) => (data['opinion'] === 'agree' ? { planAgreed: from === 'rectifying.planReview' } : { planAgreed: false, claimedOn: null }),
  ASSIGN_VERIFICATION: (_context, { data }) => ({ verifierIds: numbers(data['verifierIds']), verifyBy: text(data['verifyBy']) }),
  PASS: (context, event) => ({ verifiedOn: event.today, noticeUntil: context.switches.noticeDays > 0 ? event.dates['noticeUntil'] ?? null : null }),
  // What was not enough is not enough a second time: the next claim shows something, new or named again.
  SEND_BACK: (context) => ({ sentBack: context.sentBack + 1, evidenceAfter: 0, stageGoalOn: null, claimedOn: null, verifiedOn: null, noticeUntil: null, verifierIds: [], verifyBy: null }),
  OBJECT: (context, { data }) => ({
    objections: [...context.objections, { id: context.objections.length + 1, from: text(data['from']) ?? '', text: text(data['text']) ?? '', open: true }],
    verifiedOn: null, noticeUntil: null, verifierIds: [], verifyBy: null,
  }),
  SETTLE_OBJECTION: (context) => ({ objections: context.objections.map((objection) => ({ ...objection, open: false })) }),
  CLOSE: (context, event) => {
    const closure = { cycle: context.cycle, on: event.today, decision: text(event.data['decisionNumber']) ?? '', outcome: text(event.data['outcome']) ?? 'rectified' };
    return { closedOn: event.today, outcome: closure.outcome, closures: [...context.closures, closure] };
  },
  SPOT_CHECK: (_context, { data, today }) => ({ stageGoalOn: data['result'] === 'sound' ? today : null }),
  PROPOSE_REOPENING: (_context, event) => ({ reopening: pending(event, null) }),
  REOPEN: (context, { data }) => ({
    reopening: null, cycle: context.cycle + 1, deadline: text(data['deadline']), closedOn: null, verifiedOn: null, noticeUntil: null,
    claimedOn: null, verifierIds: [], verifyBy: null, outcome: null, evidenceAfter: 0, stageGoalOn: null, planAgreed: false, leadUnitId: context.leadUnitId ?? number(data['leadUnitId']),
    measures: context.measures.map((each) => ({ ...each, percent: 0, done: false })),
  }),
  REFUSE_REOPENING: () => ({ reopening: null }),
  AMEND: (context, { data }) => ({ title: text(data['title']) ?? context.title, requirement: text(data['requirement']) ?? context.requirement, closureStandard: text(data['closureStandard']) ?? context.closureStandard }),
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
    parts: context.parts.map((part) => (part.number === data['part'] ? { ...part, open: data['open'] === true, deadline: text(data['deadline']), unitId: number(data['unitId']) ?? part.unitId } : part)),
    marks: withMarks(context, marksIn(data['marks'])),
  }),
  PARENT_CHANGED: (_context, { data }) => ({ parentDeadline: text(data['deadline']) }),
});

/** No unit has to do with it any more; who should get it next is a suggestion. */
const nobodys: Changes = Object.freeze({ acceptBy: null, assignedOn: null, leadUnitId: null, jointLeadUnitIds: [], responsibleUnitIds: [], supportingUnitIds: [] });

/** What a unit that ended had to do with it, its successor has now; who did what stands as it was. */
function succeeded(context: FindingContext, { data }: MachineEvent): Changes {
  const succession = record(data['succession']);
  const now = <T extends number | null>(unitId: T): T | number => number(succession[String(unitId)]) ?? unitId;
  const all = (unitIds: readonly number[]): readonly number[] => [...new Set(unitIds.map(now))];
  return {
    leadUnitId: now(context.leadUnitId), checkUnitId: now(context.checkUnitId), sectorUnitId: now(context.sectorUnitId), suggestedUnitId: now(context.suggestedUnitId),
    jointLeadUnitIds: all(context.jointLeadUnitIds), responsibleUnitIds: all(context.responsibleUnitIds), supportingUnitIds: all(context.supportingUnitIds),
    suggestedResponsibleIds: all(context.suggestedResponsibleIds), suggestedSupportingIds: all(context.suggestedSupportingIds),
    measures: context.measures.map((each) => ({ ...each, ownerUnitId: now(each.ownerUnitId) })), instructions: context.instructions.map((each) => ({ ...each, unitId: now(each.unitId) })),
  };
}

/** The suspended days never carry a part past its parent. */
function earlier(date: string, limit: string | null): string {
  return limit !== null && limit < date ? limit : date;
}

/** A duty done: by the person named and by the typist alike, and by those who went along. */
function marked(context: FindingContext, event: MachineEvent, duty: Duty): readonly Mark[] {
  return withMarks(context, allWhoDid(event).map(({ personId }) => ({ duty, personId })));
}

/** Each person once for each duty of this cycle. */
function withMarks({ marks, cycle }: FindingContext, done: readonly Pick<Mark, 'duty' | 'personId'>[]): readonly Mark[] {
  const all = [...marks];
  for (const { duty, personId } of done) if (!all.some((mark) => mark.duty === duty && mark.personId === personId && mark.cycle === cycle)) all.push({ duty, personId, cycle });
  return all;
}

function listed(context: FindingContext, event: MachineEvent): Changes {
  const { data } = event;
  const suspected = data['suspected'] === true;
  return {
    number: text(data['number']) ?? '', title: text(data['title']) ?? '', requirement: text(data['requirement']) ?? '', closureStandard: text(data['closureStandard']) ?? '',
    parent: text(data['parent']), parentDeadline: text(data['parentDeadline']), hostOfficeId: number(data['hostOfficeId']) ?? 0,
    severity: data['severity'] === 'major' ? 'major' : 'ordinary', rectificationType: typeOf(data['rectificationType']),
    switches: { ...context.switches, ...(record(data['switches'])) }, suggestedUnitId: number(data['leadUnitId']), suggestedResponsibleIds: numbers(data['responsibleUnitIds']), suggestedSupportingIds: numbers(data['supportingUnitIds']), sectorUnitId: number(data['sectorUnitId']),
    deadline: text(data['deadline']), listedOn: suspected ? null : event.today, ...(isText(data['splitFrom']) ? { splitFrom: data['splitFrom'], marks: withMarks(context, marksIn(data['marks'])) } : {}),
  };
}

function adoptedAt(event: MachineEvent): Changes {
  const { data, today } = event;
  const listedOn = text(data['listedOn']) ?? today;
  if (data['stage'] === 'listed') return { listedOn };
  const handed = { listedOn, assignedOn: listedOn, originalDeadline: text(data['deadline']), leadUnitId: number(data['leadUnitId']), suggestedUnitId: null, responsibleUnitIds: numbers(data['responsibleUnitIds']), supportingUnitIds: numbers(data['supportingUnitIds']), suggestedResponsibleIds: [], suggestedSupportingIds: [] };
  switch (data['stage']) {
    case 'assigned': return { ...handed, ...window(event) };
    case 'verifying': return { ...handed, claimedOn: today };
    case 'continuing': return { ...handed, reviewOn: text(data['reviewOn']) ?? text(data['deadline']) };
    case 'closed': return { ...handed, ...adoptedClosure(text(data['closedOn']) ?? today, text(data['basis']) ?? '') };
    default: return handed;
  }
}

function adoptedClosure(on: string, basis: string): Changes {
  return { closedOn: on, outcome: 'rectified', closures: [{ cycle: 1, on, decision: basis, outcome: 'rectified' }] };
}

/** A clue that is confirmed goes on to the unit that checked it: at once, or as a suggestion for the assignment. */
function confirmed(context: FindingContext, event: MachineEvent): Changes {
  const { data, today } = event;
  const counted = { number: text(data['number']) ?? context.number, listedOn: today };
  if (data['straightOn'] === true) return { ...counted, ...assigned(context, event), acceptBy: null };
  return { ...counted, ...wanted(context, event), suggestedUnitId: number(data['leadUnitId']) ?? context.checkUnitId, deadline: text(data['deadline']) ?? context.deadline };
}

/** The original deadline is the first one a unit was given; it never changes afterwards. */
function assigned(context: FindingContext, event: MachineEvent): Changes {
  const { data } = event;
  return {
    ...wanted(context, event), leadUnitId: number(data['leadUnitId']), suggestedUnitId: null, jointLeadUnitIds: numbers(data['jointLeadUnitIds']), responsibleUnitIds: numbers(data['responsibleUnitIds']),
    supportingUnitIds: numbers(data['supportingUnitIds']), sectorUnitId: number(data['sectorUnitId']) ?? context.sectorUnitId,
    assignedOn: event.today, originalDeadline: context.originalDeadline ?? text(data['deadline']), ...deadlines(context, event), ...window(event),
  };
}

function wanted(context: FindingContext, { data }: MachineEvent): Changes {
  return {
    requirement: text(data['requirement']) ?? context.requirement, closureStandard: text(data['closureStandard']) ?? context.closureStandard,
    rectificationType: typeOf(data['rectificationType']) ?? context.rectificationType,
  };
}

function deadlines(context: FindingContext, event: MachineEvent): Changes {
  return { deadline: text(event.data['deadline']) ?? context.deadline };
}

function window(event: MachineEvent): Changes {
  return { acceptBy: event.dates['acceptBy'] ?? null };
}

/** Several responsible units each get a part, unless they have an open one from an earlier assignment; one alone is the finding itself. */
function eachOfSeveral({ parts }: FindingContext, unitIds: readonly number[]): readonly number[] {
  const distinct = [...new Set(unitIds)];
  return distinct.length < 2 && parts.length === 0 ? [] : distinct.filter((unitId) => !parts.some((part) => part.open && part.unitId === unitId));
}

/** Parts are numbered on from those that stand; a number is never used again. */
function partsOf(context: FindingContext, units: readonly Pick<Part, 'unitId' | 'deadline'>[]): readonly Part[] {
  return units.map(({ unitId, deadline }, index) => ({ number: partNumber(context.number, context.parts.length + index + 1), unitId, open: true, deadline }));
}

/** "ZG-2020-0001-03" */
function partNumber(parent: string, ordinal: number): string {
  return `${parent}-${String(ordinal).padStart(2, '0')}`;
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

function typeOf(value: unknown): FindingContext['rectificationType'] {
  return value === 'immediate' || value === 'staged' || value === 'continuing' ? value : null;
}

function checkResult(value: unknown): FindingContext['checkResult'] {
  return value === 'founded' || value === 'partly' || value === 'unfounded' ? value : null;
}
