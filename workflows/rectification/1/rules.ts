import { plusDays, yearsAfter } from '../../calendar.js';
import { isDate } from '../../fields.js';
import { doer, type MachineEvent, type Rule, type Rules } from '../../guard.js';
import type { Actor, FindingContext } from '../../types.js';

/** Every rule that a transition may name. Their sentences stand under locale key `rule.<name>`. */
export const rules: Rules = Object.freeze({
  // which of several transitions
  suspected: input(({ data }) => data['suspected'] === true),
  notSuspected: input(({ data }) => data['suspected'] !== true),
  adoptedAs: { kind: 'input', field: 'stage', test: (_context, { data }, stage) => data['stage'] === stage || {} },
  straightOn: input(({ data }) => data['straightOn'] === true),
  notStraightOn: input(({ data }) => data['straightOn'] !== true),
  planNeeded: state((context) => !takesNoPlan(context.rectificationType, context)),
  noPlanNeeded: state((context) => takesNoPlan(context.rectificationType, context)),
  headSigns: state((context) => context.switches.headSigns),
  noHeadSigns: state((context) => !context.switches.headSigns),
  sectorReviews: state(isReviewedBySector),
  noSectorReview: state((context) => !isReviewedBySector(context)),
  inPublic: state((context) => context.switches.noticeDays > 0),
  notInPublic: state((context) => context.switches.noticeDays === 0),
  ordinary: state((context) => context.severity === 'ordinary'),
  major: state((context) => context.severity === 'major'),
  officeCloses: state((context) => context.severity === 'ordinary' && context.switches.closedBy === 'office'),
  leaderCloses: state((context) => context.severity === 'major' || context.switches.closedBy === 'leader'),
  opinionAgrees: input(({ data }) => data['opinion'] === 'agree'),
  opinionDisagrees: input(({ data }) => data['opinion'] === 'disagree'),
  goesOn: input(({ data }) => data['result'] === 'goesOn'),
  done: input(({ data }) => data['result'] === 'done'),
  resumesTo: { kind: 'state', test: (context, _event, path) => context.resumeTo === path || {} },

  // who, beyond the post
  amongVerifiers: { kind: 'who', test: (context, event) => context.verifierIds.includes(doer(event).personId) || { count: context.verifierIds.length } },
  instructed: { kind: 'who', test: (context, event) => context.instructions.some((each) => !each.replied && each.unitId === doer(event).unitId) || {} },

  // what stands
  everyMeasureDone: { kind: 'state', test: (context) => counted(context.measures.filter((measure) => !measure.done).length) },
  everyPartClosed: { kind: 'state', test: (context) => counted(context.parts.filter((part) => part.open).length) },
  extensionPending: state((context) => context.extension !== null),
  noExtensionPending: state((context) => context.extension === null),
  reopeningProposed: state((context) => context.reopening !== null),
  noReopeningProposed: state((context) => context.reopening === null),
  suspensionProposed: state((context) => context.suspension !== null),
  noSuspensionProposed: state((context) => context.suspension === null),
  continuingProposed: state((context) => context.continuing !== null),
  noContinuingProposed: state((context) => context.continuing === null),
  appealPending: state((context) => context.appeal !== null),
  noAppealPending: state((context) => context.appeal === null),
  objectionOpen: state((context) => context.objections.some((each) => each.open)),
  noObjectionOpen: { kind: 'state', test: (context) => counted(context.objections.filter((each) => each.open).length) },
  stageGoalVerified: state((context) => context.stageGoalOn !== null),
  withinWindow: { kind: 'state', test: (context, { today }) => context.acceptBy === null || today <= context.acceptBy || { date: context.acceptBy } },
  windowOver: { kind: 'state', test: (context, { today }) => (context.acceptBy !== null && today > context.acceptBy) || { date: context.acceptBy ?? '' } },
  noticeOver: { kind: 'state', test: (context, { today }) => context.noticeUntil === null || today > context.noticeUntil || { date: context.noticeUntil } },
  noPartOpen: { kind: 'state', test: (context) => counted(context.parts.filter((part) => part.open).length) },
  hasDeadline: state((context) => context.deadline !== null),

  // what was typed
  pastNeedsReason: { kind: 'input', field: 'lateReason', test: (_context, { data, today }) => !isDate(data['deadline']) || data['deadline'] >= today || filled(data['lateReason']) || { date: data['deadline'] } },
  deadlineAhead: { kind: 'input', field: 'deadline', test: (_context, { data, today }) => !isText(data['deadline']) || data['deadline'] >= today || { date: today } },
  deadlineLater: { kind: 'input', field: 'deadline', test: (context, { data }) => laterThan(data['deadline'], context.deadline) },
  requestedLater: { kind: 'input', field: 'requestedDate', test: (context, { data }) => laterThan(data['requestedDate'], context.deadline) },
  withinParent: { kind: 'input', field: 'deadline', test: (context, { data }) => notAfter(data['deadline'], context.parentDeadline) },
  requestWithinParent: { kind: 'input', field: 'requestedDate', test: (context, { data }) => notAfter(data['requestedDate'], context.parentDeadline) },
  adoptedWithUnitAndDate: { kind: 'input', field: 'leadUnitId', test: (_context, { data }) => (data['leadUnitId'] && isText(data['deadline']) ? true : {}) },
  leadUnitNamed: { kind: 'input', field: 'leadUnitId', test: (context, { data }) => context.leadUnitId !== null || typeof data['leadUnitId'] === 'number' || {} },
  unitInvolved: { kind: 'input', field: 'unitId', test: (context, { data }) => unitsInvolved(context).includes(Number(data['unitId'])) || {} },
  checkByAhead: { kind: 'input', field: 'checkBy', test: (_context, { data, today }) => !isText(data['checkBy']) || data['checkBy'] >= today || { date: today } },
  termOfType: { kind: 'input', field: 'deadline', test: withinTermOfType },
  reviewAhead: { kind: 'input', field: 'reviewOn', test: (_context, { data, today }) => (isText(data['reviewOn']) && data['reviewOn'] > today) || { date: today } },
  reviewWithinFiveYears: { kind: 'input', field: 'reviewOn', test: (context, { data }) => notAfter(data['reviewOn'], context.assignedOn && yearsAfter(context.assignedOn, 5)) },
  aspectsForStraightOn: { kind: 'input', field: 'closureStandard', test: (context, event) => missingAspects(context, event) },
  sameUnitAsChecked: { kind: 'input', field: 'leadUnitId', test: (context, { data }) => data['leadUnitId'] === context.checkUnitId || {} },
  measuresWithinDeadline: { kind: 'input', field: 'measures', test: measuresWithinDeadline },
  partsDistinct: { kind: 'input', field: 'parts', test: partsDistinct },
  partsWithinDeadline: { kind: 'input', field: 'parts', test: partsWithinDeadline },
  checklistAnswered: { kind: 'input', field: 'checklist', test: (_context, { data }) => checklistAnswered(data['checklist']) },
  evidenceShown: { kind: 'input', field: 'evidence', test: (context, { data }) => !context.switches.evidenceRequired || context.evidenceAfter > 0 || entries(data['evidence']).length > 0 || {} },
  textOrNothingNew: { kind: 'input', field: 'text', test: (_context, { data }) => filled(data['text']) || data['nothingNew'] === true || {} },
  progressOfKnownMeasures: { kind: 'input', field: 'progress', test: progressOfKnownMeasures },
  twoPeople: { kind: 'input', field: 'companions', test: (_context, event) => entries(event.data['companions']).some((name) => isText(name) && name !== doer(event).name) || {} },
  methodNamed: { kind: 'input', field: 'method', test: (_context, { data }) => filled(data['method']) || {} },
  verifiersFree: { kind: 'input', field: 'verifierIds', test: verifiersFree },
  targetFits: { kind: 'input', field: 'target', test: targetFits },
} satisfies Rules);

/** Asked of the sector department only where it is not the one that puts it right. */
function isReviewedBySector({ switches, sectorUnitId, leadUnitId }: FindingContext): boolean {
  return switches.sectorReview && sectorUnitId !== null && sectorUnitId !== leadUnitId;
}

function state(test: (context: FindingContext) => boolean): Rule {
  return { kind: 'state', test: (context) => test(context) || {} };
}

function input(test: (event: MachineEvent) => boolean): Rule {
  return { kind: 'input', test: (_context, event) => test(event) || {} };
}

function counted(count: number): true | { count: number } {
  return count === 0 || { count };
}

/** 立行立改 needs no plan, nor does a campaign whose list is the plan; a part of a planned finding follows its own type. */
function takesNoPlan(type: FindingContext['rectificationType'], context: FindingContext): boolean {
  return type === 'immediate' || context.switches.listIsPlan;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function filled(value: unknown): boolean {
  return isText(value) && value.trim() !== '';
}

function entries(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function laterThan(date: unknown, than: string | null): true | { date: string } {
  return !isText(date) || than === null || date > than || { date: than };
}

function notAfter(date: unknown, limit: string | null): true | { date: string } {
  return !isText(date) || limit === null || date <= limit || { date: limit };
}

/** Immediate ≤ 60 days, staged ≤ 1 year, continuing ≤ 5 years from the assignment. */
function withinTermOfType(context: FindingContext, { data, today }: MachineEvent): true | { date: string } {
  const type = data['rectificationType'] ?? context.rectificationType;
  if (type === 'immediate') return notAfter(data['deadline'], plusDays(today, 60));
  return notAfter(data['deadline'], yearsAfter(today, type === 'staged' ? 1 : 5));
}

function missingAspects(_context: FindingContext, { data }: MachineEvent): true | { count: number } {
  return counted(['leadUnitId', 'requirement', 'closureStandard', 'rectificationType', 'deadline'].filter((name) => data[name] === undefined || data[name] === null || data[name] === '').length);
}

function measuresWithinDeadline(context: FindingContext, { data }: MachineEvent): true | { date: string; row: number } {
  const row = entries(data['measures']).findIndex((measure) => context.deadline !== null && dateIn(measure, 'dueOn') > context.deadline);
  return row < 0 || { date: context.deadline ?? '', row: row + 1 };
}

function partsWithinDeadline(context: FindingContext, { data }: MachineEvent): true | { date: string; row: number } {
  const row = entries(data['parts']).findIndex((part) => context.deadline !== null && dateIn(part, 'deadline') > context.deadline);
  return row < 0 || { date: context.deadline ?? '', row: row + 1 };
}

/** A unit puts right one part of a finding at a time. */
function partsDistinct({ parts }: FindingContext, { data }: MachineEvent): true | { row: number } {
  const units = entries(data['parts']).map((row) => (typeof row === 'object' && row !== null ? Number(Reflect.get(row, 'unitId')) : 0));
  const row = units.findIndex((unitId, index) => units.indexOf(unitId) < index || parts.some((part) => part.open && part.unitId === unitId));
  return row < 0 || { row: row + 1 };
}

function unitsInvolved(context: FindingContext): readonly (number | null)[] {
  return [context.hostOfficeId, context.leadUnitId, context.sectorUnitId, ...context.jointLeadUnitIds, ...context.responsibleUnitIds, ...context.supportingUnitIds];
}

function dateIn(row: unknown, name: string): string {
  const value = typeof row === 'object' && row !== null ? Reflect.get(row, name) : undefined;
  return isText(value) ? value : '';
}

function checklistAnswered(answers: unknown): true | { count: number } {
  if (typeof answers !== 'object' || answers === null) return { count: 5 };
  return counted(Object.values(answers).filter((answer) => answer !== true).length);
}

function progressOfKnownMeasures(context: FindingContext, { data }: MachineEvent): true | { row: number } {
  const known = new Set(context.measures.map((measure) => measure.id));
  const row = entries(data['progress']).findIndex((each) => typeof each !== 'object' || each === null || !known.has(Number(Reflect.get(each, 'id'))));
  return row < 0 || { row: row + 1 };
}

/** Refused already when they are named, not only when they give their verdict (separation of duties). */
function verifiersFree(context: FindingContext, { data }: MachineEvent): true | { names: string; count: number } {
  const actors = entries(data['verifiers']).filter(isActor);
  const bound = new Set(context.marks.filter((mark) => mark.duty === 'report' || mark.duty === 'claim').map((mark) => mark.personId));
  const unfit = actors.filter((actor) => actor.role !== 'inspector' || !actor.relations.includes('jurisdiction') || bound.has(actor.personId)
    || actor.belongs.some((relation) => relation === 'lead' || relation === 'responsible' || relation === 'supporting'));
  return (unfit.length === 0 && actors.length > 0) || { names: unfit.map((actor) => actor.name).join('、'), count: unfit.length };
}

function isActor(value: unknown): value is Actor {
  return typeof value === 'object' && value !== null && 'personId' in value && 'belongs' in value;
}

/** A finding is merged into an open one of the same office, not into itself, not in a circle. */
function targetFits(context: FindingContext, { data }: MachineEvent): true | { target: string } {
  const target = data['target'];
  const facts = data['targetFacts'];
  const fits = typeof facts === 'object' && facts !== null && Reflect.get(facts, 'open') === true
    && Reflect.get(facts, 'hostOfficeId') === context.hostOfficeId && Reflect.get(facts, 'mergedInto') !== context.number && target !== context.number;
  return fits || { target: isText(target) ? target : '' };
}
