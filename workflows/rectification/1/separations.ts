import type { Reserved, Separation, WorkflowDefinition } from '../../definition.js';

/** What nobody may combine, on every path: check() proves it from the machine, verification from the events. */
export const separations: readonly Separation[] = Object.freeze([
  { name: 'verifierPutItRight', done: ['plan', 'report', 'claim'], within: 'any', belonging: true, duties: ['verify', 'pass'], events: ['PROPOSE_REOPENING'] },
  { name: 'rectifierVerified', done: ['verify', 'pass', 'close'], within: 'any', belonging: false, duties: ['plan', 'report', 'claim'], events: [] },
  { name: 'closerVerified', done: ['verify', 'pass'], within: 'thisCycle', belonging: true, duties: ['close'], events: [] },
  { name: 'closerPutItRight', done: ['plan', 'report', 'claim'], within: 'any', belonging: false, duties: ['close'], events: [] },
  { name: 'deciderProposed', done: ['propose'], within: 'any', belonging: false, duties: [], events: ['SUSPEND', 'REFUSE_SUSPENSION', 'TURN_CONTINUING', 'REFUSE_CONTINUING'] },
  { name: 'judgeAppealed', done: ['appeal'], within: 'any', belonging: true, duties: [], events: ['DECIDE_APPEAL'] },
  { name: 'correctorBelongs', done: [], within: 'any', belonging: true, duties: [], events: ['AMEND', 'RECLASSIFY'] },
  { name: 'judgeReported', done: ['check'], within: 'any', belonging: false, duties: ['judge'], events: [] },
  { name: 'approverPlanned', done: ['plan'], within: 'any', belonging: false, duties: [], events: ['APPROVE_PLAN', 'REJECT_PLAN'] },
  { name: 'deciderAsked', done: ['requestExtension'], within: 'any', belonging: false, duties: [], events: ['GRANT', 'REFUSE'] },
  { name: 'reopenerProposed', done: ['proposeReopening'], within: 'any', belonging: false, duties: [], events: ['REOPEN', 'REFUSE_REOPENING'] },
  { name: 'againByWhoPassed', done: ['pass'], within: 'thisCycle', belonging: false, duties: [], events: ['SPOT_CHECK', 'LOOK_BACK'] },
  { name: 'refuserClosed', done: ['close'], within: 'thisCycle', belonging: false, duties: [], events: ['REFUSE_REOPENING'] },
  { name: 'adviserPutItRight', done: ['plan', 'report', 'claim'], within: 'any', belonging: false, duties: [], events: ['GIVE_OPINION'] },
]);

/** Duties that only some roles may ever do, by any transition. */
export const reserved: readonly Reserved[] = Object.freeze([
  { duty: 'verify', roles: ['inspector'] },
  { duty: 'pass', roles: ['inspector'] },
  { duty: 'close', roles: ['office', 'leader'] },
  { duty: 'judge', roles: ['office'] },
  { duty: 'report', roles: ['handler', 'head'] },
  { duty: 'claim', roles: ['handler', 'head'] },
]);

/** Whoever put a part right or verified it has done so for the whole. What becomes of a merged finding, or of a piece that was split off, is decided elsewhere: there whoever decided is bound, too. */
export const carried: WorkflowDefinition['carried'] = Object.freeze({ parts: [['plan', 'report', 'claim'], ['verify', 'pass']], others: ['plan', 'report', 'claim', 'verify', 'pass', 'close'] });

/** Whoever is named to put it right, or looked at it, may leave nobody to verify or to close it: a county with one office and one team. */
export const staffing: WorkflowDefinition['staffing'] = Object.freeze({ after: ['CONFIRM', 'ASSIGN', 'REASSIGN', 'SUCCEED', 'REOPEN', 'SPOT_CHECK'], needs: ['PASS', 'CLOSE'] });

/** What is handed back waits first in its queue until somebody does what was asked. */
export const returning: WorkflowDefinition['returning'] = Object.freeze({
  by: ['SEND_BACK_CHECK', 'RETURN_CHECK', 'RETURN', 'RETURN_PLAN', 'REJECT_PLAN', 'RETURN_CLAIM', 'SEND_BACK', 'OBJECT', 'REOPEN'],
  answers: ['HAND_OUT', 'REPORT_CHECK', 'ASSIGN', 'SUBMIT_PLAN', 'SIGN_PLAN', 'CLAIM', 'SIGN_CLAIM', 'PASS'],
});
