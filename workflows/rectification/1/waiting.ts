import type { Role } from '../../actor.js';
import type { FindingContext } from '../../finding.js';
import { outcomes } from '../../stages.js';
import type { Waiting } from '../../types.js';
import { leaderCloses } from './closer.js';
import { isReviewedBySector } from './typed.js';

/** Who must act next, by when: first what the stage waits for, then what is pending beside it. */
export function waiting(path: string, context: FindingContext): readonly Waiting[] {
  return [...ofStage(path, context), ...pending(path, context)];
}

function ofStage(path: string, context: FindingContext): readonly Waiting[] {
  const { hostOfficeId, leadUnitId, deadline } = context;
  switch (path) {
    case 'suspected.toCheck': return [post('HAND_OUT', 'office', hostOfficeId, null)];
    case 'suspected.checking': return checking(context);
    case 'suspected.checked': return [post('CONFIRM', 'office', hostOfficeId, null)];
    case 'listed': return [post('ASSIGN', 'office', hostOfficeId, deadline)];
    case 'assigned': return [post('ACCEPT', 'handler', leadUnitId, context.acceptBy)];
    case 'rectifying.planning': return [post('SUBMIT_PLAN', 'handler', leadUnitId, deadline)];
    case 'rectifying.planSigning': return [post('SIGN_PLAN', 'head', leadUnitId, deadline)];
    case 'rectifying.planReview': return [isReviewedBySector(context) && !context.planAgreed ? post('GIVE_OPINION', 'sector', context.sectorUnitId, deadline) : post('APPROVE_PLAN', 'office', hostOfficeId, deadline)];
    case 'rectifying.executing': return [post('CLAIM', 'handler', leadUnitId, deadline)];
    case 'rectifying.claimSigning': return [post('SIGN_CLAIM', 'head', leadUnitId, deadline)];
    case 'verifying.sectorReview': return [post('GIVE_OPINION', 'sector', context.sectorUnitId, null)];
    case 'verifying.inspection': return inspection(context);
    case 'verified.notice': return [{ event: 'NOTICE_OVER', role: 'system', unitId: null, personId: null, dueOn: context.noticeUntil }];
    case 'verified.approval': return [decider('CLOSE', context, leaderCloses(context))];
    case 'continuing': return [post('REVIEW', 'office', hostOfficeId, context.reviewOn)];
    case 'suspended': return [post('RESUME', 'office', hostOfficeId, null)];
    default: return [];
  }
}

/** What was handed on waits below first, until that unit has answered. */
function checking({ handedOn, checkUnitId, checkBy }: FindingContext): readonly Waiting[] {
  const below = handedOn?.result === null ? [post('REPORT_UP', 'handler', handedOn.unitId, handedOn.checkBy)] : [];
  return [...below, post('REPORT_CHECK', 'handler', checkUnitId, checkBy)];
}

function inspection(context: FindingContext): readonly Waiting[] {
  if (context.objections.some((each) => each.open)) return [post('SETTLE_OBJECTION', 'office', context.hostOfficeId, null)];
  if (context.verifierIds.length === 0) return [post('ASSIGN_VERIFICATION', 'office', context.hostOfficeId, null)];
  return context.verifierIds.map((personId) => ({ event: 'PASS', role: 'inspector', unitId: null, personId, dueOn: context.verifyBy }));
}

function pending(path: string, context: FindingContext): readonly Waiting[] {
  if (outcomes.some((end) => end === path)) return [];
  const { extension, reopening, suspension, continuing, appeal, instructions, hostOfficeId } = context;
  const major = context.severity === 'major';
  const working = path.startsWith('rectifying') || path.startsWith('verifying');
  return [
    ...(extension && path.startsWith('rectifying') ? [decider('GRANT', context, major)] : []),
    ...(reopening && path === 'closed' ? [decider('REOPEN', context, major)] : []),
    ...(suspension && working ? [decider('SUSPEND', context, true)] : []),
    ...(continuing && path === 'rectifying.executing' ? [decider('TURN_CONTINUING', context, true)] : []),
    ...(appeal && path !== 'closed' ? [post('DECIDE_APPEAL', 'office', hostOfficeId, null)] : []),
    ...instructions.filter((each) => !each.replied).map((each) => post('REPLY_INSTRUCTION', replier(each.unitId, context), each.unitId, null)),
  ];
}

function replier(unitId: number, { hostOfficeId, sectorUnitId, leadUnitId }: FindingContext): Role {
  if (unitId === hostOfficeId) return 'office';
  return unitId === sectorUnitId && unitId !== leadUnitId ? 'sector' : 'handler';
}

/** A leader has no unit of the finding: the host office's id says under whose jurisdiction it waits. */
function decider(event: string, context: FindingContext, byLeader: boolean): Waiting {
  return post(event, byLeader ? 'leader' : 'office', context.hostOfficeId, null);
}

function post(event: string, role: Role, unitId: number | null, dueOn: string | null): Waiting {
  return { event, role, unitId, personId: null, dueOn };
}
