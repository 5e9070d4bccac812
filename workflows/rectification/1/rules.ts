import { yearsAfter } from '../../calendar.js';
import { isDate } from '../../fields.js';
import { doer, type MachineEvent, type Rule, type Rules } from '../../guard.js';
import type { FindingContext } from '../../finding.js';
import { leaderCloses } from './closer.js';
import { filled, isText, list, record } from './payload.js';
import { checklistAnswered, counted, isReviewedBySector, notBeforeParts, partsBelowLead, pastPartsNeedReason, twoPeople, laterThan, measuresWithinDeadline, missingAspects, notAfter, partsDistinct, partsWithinDeadline, progressOfKnownMeasures, targetFits, unitsInvolved, verifiersFree, withinTermOfType } from './typed.js';

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
  officeCloses: state((context) => !leaderCloses(context)),
  leaderCloses: state(leaderCloses),
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
  opinionGiven: state((context) => !isReviewedBySector(context) || context.planAgreed),
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
  notFoundUnsound: { kind: 'state', test: ({ unsoundOn = null }) => unsoundOn === null || { date: unsoundOn } },
  stageGoalVerified: state((context) => context.stageGoalOn !== null),
  withinWindow: { kind: 'state', test: (context, { today }) => context.acceptBy === null || today <= context.acceptBy || { date: context.acceptBy } },
  windowOver: { kind: 'state', test: (context, { today }) => (context.acceptBy !== null && today > context.acceptBy) || { date: context.acceptBy ?? '' } },
  noticeOver: { kind: 'state', test: (context, { today }) => context.noticeUntil === null || today > context.noticeUntil || { date: context.noticeUntil } },
  partStaysClosed: input(({ data }) => data['open'] !== true),
  partUnitFree: { kind: 'input', test: ({ parts }, { data }) => data['open'] !== true || !parts.some((part) => part.open && part.number !== data['part'] && part.unitId === data['unitId']) || { number: parts.find((part) => part.open && part.unitId === data['unitId'])?.number ?? '' } },
  noPartOpen: { kind: 'state', test: (context) => counted(context.parts.filter((part) => part.open).length) },
  noPart: state((context) => context.parent === null && context.parts.length === 0),
  notAdopted: state((context) => !context.adopted),
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
  checkByWithinYear: { kind: 'input', field: 'checkBy', test: (_context, { data, today }) => notAfter(data['checkBy'], yearsAfter(today, 1)) },
  // What is late already is handed on all the same, by a date of its own.
  withinCheckBy: { kind: 'input', field: 'checkBy', test: ({ checkBy }, { data, today }) => notAfter(data['checkBy'], checkBy !== null && checkBy < today ? null : checkBy) },
  verifyByAhead: { kind: 'input', field: 'verifyBy', test: (_context, { data, today }) => !isText(data['verifyBy']) || data['verifyBy'] >= today || { date: today } },
  verifyByWithinYear: { kind: 'input', field: 'verifyBy', test: (_context, { data, today }) => notAfter(data['verifyBy'], yearsAfter(today, 1)) },
  deadlineWithinFiveYears: { kind: 'input', field: 'deadline', test: (_context, { data, today }) => notAfter(data['deadline'], yearsAfter(today, 5)) },
  extendedWithinFiveYears: { kind: 'input', field: 'deadline', test: (context, { data }) => notAfter(data['deadline'], termLimit(context)) },
  requestWithinFiveYears: { kind: 'input', field: 'requestedDate', test: (context, { data }) => notAfter(data['requestedDate'], termLimit(context)) },
  termOfType: { kind: 'input', field: 'deadline', test: withinTermOfType },
  reviewAhead: { kind: 'input', field: 'reviewOn', test: (_context, { data, today }) => (isText(data['reviewOn']) && data['reviewOn'] > today) || { date: today } },
  reviewWithinFiveYears: { kind: 'input', field: 'reviewOn', test: (context, { data }) => notAfter(data['reviewOn'], termLimit(context)) },
  aspectsForStraightOn: { kind: 'input', field: 'closureStandard', test: (context, event) => missingAspects(context, event) },
  sameUnitAsChecked: { kind: 'input', field: 'leadUnitId', test: (context, { data }) => data['leadUnitId'] === context.checkUnitId || {} },
  measuresWithinDeadline: { kind: 'input', field: 'measures', test: measuresWithinDeadline },
  partsDistinct: { kind: 'input', field: 'parts', test: partsDistinct },
  partsBelowLead: { kind: 'input', field: 'parts', test: partsBelowLead },
  pastPartsNeedReason: { kind: 'input', field: 'lateReason', test: pastPartsNeedReason },
  notBeforeParts: { kind: 'input', field: 'deadline', test: notBeforeParts },
  partsWithinDeadline: { kind: 'input', field: 'parts', test: partsWithinDeadline },
  checklistAnswered: { kind: 'input', field: 'checklist', test: (_context, { data }) => checklistAnswered(data['checklist']) },
  evidenceShown: { kind: 'input', field: 'evidence', test: (context, { data }) => !context.switches.evidenceRequired || context.evidenceAfter > 0 || list(data['evidence']).length > 0 || {} },
  textOrNothingNew: { kind: 'input', field: 'text', test: (_context, { data }) => filled(data['text']) || data['nothingNew'] === true || {} },
  progressOfKnownMeasures: { kind: 'input', field: 'progress', test: progressOfKnownMeasures },
  twoPeople: { kind: 'input', field: 'companions', test: twoPeople },
  methodNamed: { kind: 'input', field: 'method', test: (_context, { data }) => filled(data['method']) || {} },
  verifiersFree: { kind: 'input', field: 'verifierIds', test: verifiersFree },
  unitsSucceeded: { kind: 'input', field: 'reason', test: (_context, { data }) => Object.keys(record(data['succession'])).length > 0 || {} },
  categoryKnown: { kind: 'input', field: 'categoryId', test: (_context, { data }) => isCategory(data['categoryIs']) || {} },
  categoryDiffers: { kind: 'input', field: 'categoryId', test: (_context, { data }) => record(data['categoryWas'])['id'] !== data['categoryId'] || {} },
  standardStands: { kind: 'input', field: 'closureStandard', test: ({ requirement, closureStandard }, { data }) => stands(data['requirement'], requirement) && stands(data['closureStandard'], closureStandard) || {} },
  targetFits: { kind: 'input', field: 'target', test: targetFits },
} satisfies Rules);

/** Not typed, or typed as it is. */
function stands(typed: unknown, held: string): boolean {
  return !filled(typed) || typed === held;
}

function isCategory(value: unknown): boolean {
  return typeof record(value)['id'] === 'number';
}

function state(test: (context: FindingContext) => boolean): Rule {
  return { kind: 'state', test: (context) => test(context) || {} };
}

function input(test: (event: MachineEvent) => boolean): Rule {
  return { kind: 'input', test: (_context, event) => test(event) || {} };
}

/** Five years from the assignment, or from the reopening: nothing goes on longer. */
function termLimit({ assignedOn, reopenedOn }: FindingContext): string | null {
  const begun = reopenedOn ?? assignedOn;
  return begun === null ? null : yearsAfter(begun, 5);
}

/** 立行立改 needs no plan, nor does a campaign whose list is the plan; a part of a planned finding follows its own type. */
function takesNoPlan(type: FindingContext['rectificationType'], context: FindingContext): boolean {
  return type === 'immediate' || context.switches.listIsPlan;
}
