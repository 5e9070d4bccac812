import { assign, setup } from 'xstate';
import { applies, standingInTheWay, type Conditions, type MachineEvent } from '../../guard.js';
import type { Duty } from '../../actor.js';
import type { FindingContext } from '../../finding.js';
import { blank } from './blank.js';
import { changed } from './changes.js';
import { always, amended, appealDecisions, appeals, beforehand, decidedBySeverity, extensions, handingOn, instructions, outcomes, parts, partsOfClosed, reports, retitled, spotChecks, suspensions } from './common.js';
import { rules } from './rules.js';
import { checkedBelow, checkUnit, engine, freshEyes, head, host, inspector, leader, leadUnit, notTheRectifier, notTheVerifier, notTheVerifierNow, stay, to } from './transitions.js';

const claim = { duty: 'claim', never: notTheVerifier, rules: ['everyMeasureDone', 'everyPartClosed', 'checklistAnswered', 'evidenceShown'] } as const;
const signature = { duty: 'claim', never: notTheVerifier, rules: ['everyMeasureDone', 'everyPartClosed'] } as const;
const verdict = { duty: 'verify', never: notTheRectifier } as const;
const pass = { duty: 'pass', never: notTheRectifier, rules: ['amongVerifiers', 'everyPartClosed', 'noObjectionOpen', 'twoPeople'] } as const;
const closure = { duty: 'close', never: notTheVerifierNow, rules: ['noticeOver', 'noObjectionOpen', 'notFoundUnsound', 'everyPartClosed', 'noAppealPending'] } as const;
const decision = { duty: 'judge', never: ['check:any'] } as const;
const reopening = { never: ['proposeReopening:any'], rules: ['reopeningProposed', 'deadlineAhead', 'deadlineWithinFiveYears', 'withinParent', 'leadUnitNamed'] } as const;

/** What XState is told of the types; it never reads the values. */
const types: { readonly context?: { readonly finding: FindingContext }; readonly events?: MachineEvent } = {};

/** The life of a finding: states and transitions, and nothing else. */
export const machine = setup({
  types,
  guards: {
    allowed: ({ context: { finding }, event }, conditions: Conditions) => applies(conditions, rules, finding, event) && standingInTheWay(conditions, rules, finding, event).length === 0,
  },
  actions: {
    record: assign(({ context, event }, { duty }: { readonly duty: Duty | null }) => ({ finding: changed(context.finding, event, duty) })),
  },
}).createMachine({
  id: 'rectification',
  context: { finding: blank },
  initial: 'new',
  states: {
    new: {
      on: {
        LIST: [to('#suspected', [host, engine], { when: ['suspected'] }), to('#listed', [host, engine], { when: ['notSuspected'] })],
        ADOPT: [
          to('#listed', host, { when: ['adoptedAs:listed'] }), to('#closed', host, { when: ['adoptedAs:closed'] }),
          ...[['assigned', 'assigned'], ['rectifying', 'executing'], ['verifying', 'inspection'], ['continuing', 'continuing']].map(([stage, state]) => to(`#${state}`, host, { when: [`adoptedAs:${stage}`], rules: ['adoptedWithUnitAndDate'] })),
        ],
      },
    },
    suspected: {
      id: 'suspected',
      initial: 'toCheck',
      on: { ...beforehand, ...amended, MERGE: outcomes(host).MERGE, TRANSFER: outcomes(host).TRANSFER, WITHDRAW: outcomes(host).WITHDRAW },
      states: {
        toCheck: { on: { HAND_OUT: [to('checking', host, { rules: ['checkByAhead', 'checkByWithinYear'] })] } },
        checking: {
          on: {
            REPORT_CHECK: [to('checked', checkUnit, { duty: 'check' })],
            HAND_OUT: [stay(host, { rules: ['checkByAhead', 'checkByWithinYear'] })],
            RECALL_CHECK: [to('toCheck', host)],
            RETURN_CHECK: [to('toCheck', checkUnit)],
            HAND_ON: [stay(checkUnit, { rules: ['checkByAhead', 'withinCheckBy'] })],
            REPORT_UP: [stay(checkedBelow, { duty: 'check' })],
          },
        },
        checked: {
          on: {
            SEND_BACK_CHECK: [to('checking', host)],
            CONFIRM: [
              to('#listed', host, { when: ['notStraightOn'], ...decision }),
              to('#executing', host, { when: ['straightOn'], ...decision, rules: ['aspectsForStraightOn', 'sameUnitAsChecked', 'termOfType', 'deadlineAhead'] }),
            ],
            DISMISS: [to('#unfounded', host, decision)],
          },
        },
      },
    },
    listed: {
      id: 'listed',
      on: { ...beforehand, ...amended, ...parts, ...instructions, ...appealDecisions, ...outcomes(host), ASSIGN: [to('#assigned', [host, engine], { rules: ['pastNeedsReason', 'termOfType', 'withinParent', 'notBeforeParts'] })], SPLIT: [stay(host, { rules: ['noPart', 'notAdopted'] })] },
    },
    assigned: {
      id: 'assigned',
      on: {
        ...beforehand, ...amended, ...parts, ...instructions, ...appeals, ...outcomes(leader),
        ACCEPT: [
          to('#planning', leadUnit, { when: ['planNeeded'] }), to('#executing', leadUnit, { when: ['noPlanNeeded'] }),
          to('#planning', engine, { when: ['planNeeded'], rules: ['windowOver'] }), to('#executing', engine, { when: ['noPlanNeeded'], rules: ['windowOver'] }),
        ],
        RETURN: [to('#listed', leadUnit, { rules: ['withinWindow'] })],
        REASSIGN: [stay(host, { rules: ['pastNeedsReason', 'termOfType', 'withinParent', 'notBeforeParts'] })],
        RECALL: [to('#listed', host)],
      },
    },
    rectifying: {
      id: 'rectifying',
      initial: 'planning',
      on: { ...always, ...amended, ...parts, ...instructions, ...appeals, ...outcomes(leader), ...suspensions, ...extensions, ...reports, ...handingOn, ...spotChecks },
      states: {
        planning: {
          id: 'planning',
          on: {
            SUBMIT_PLAN: [
              to('planSigning', leadUnit, { when: ['headSigns'], duty: 'plan', never: notTheVerifier, rules: ['measuresWithinDeadline'] }),
              to('planReview', leadUnit, { when: ['noHeadSigns'], duty: 'plan', never: notTheVerifier, rules: ['measuresWithinDeadline'] }),
            ],
          },
        },
        planSigning: { on: { SIGN_PLAN: [to('planReview', head, { duty: 'plan', never: notTheVerifier })], RETURN_PLAN: [to('planning', head)] } },
        planReview: {
          on: {
            GIVE_OPINION: [
              stay('sector:sector', { when: ['opinionAgrees'], rules: ['sectorReviews'], never: ['plan:any', 'report:any', 'claim:any'] }),
              to('planning', 'sector:sector', { when: ['opinionDisagrees'], rules: ['sectorReviews'], never: ['plan:any', 'report:any', 'claim:any'] }),
            ],
            APPROVE_PLAN: [to('executing', host, { never: ['plan:any'], rules: ['opinionGiven'] })],
            REJECT_PLAN: [to('planning', host, { never: ['plan:any'] })],
          },
        },
        executing: {
          id: 'executing',
          on: {
            CLAIM: [
              to('claimSigning', leadUnit, { when: ['headSigns'], ...claim }),
              to('#sectorReview', leadUnit, { when: ['noHeadSigns', 'sectorReviews'], ...claim }),
              to('#inspection', leadUnit, { when: ['noHeadSigns', 'noSectorReview'], ...claim }),
            ],
            PROPOSE_CONTINUING: [stay(host, { duty: 'propose', rules: ['noContinuingProposed', 'reviewAhead', 'reviewWithinFiveYears'] })],
            TURN_CONTINUING: [to('#continuing', leader, { never: ['propose:any'], rules: ['continuingProposed', 'stageGoalVerified', 'noPartOpen', 'reviewAhead', 'reviewWithinFiveYears'] })],
            REFUSE_CONTINUING: [stay(leader, { never: ['propose:any'], rules: ['continuingProposed'] })],
          },
        },
        claimSigning: {
          on: {
            SIGN_CLAIM: [to('#sectorReview', head, { when: ['sectorReviews'], ...signature }), to('#inspection', head, { when: ['noSectorReview'], ...signature })],
            RETURN_CLAIM: [to('executing', head)],
            WITHDRAW_CLAIM: [to('executing', leadUnit)],
          },
        },
      },
    },
    verifying: {
      id: 'verifying',
      initial: 'inspection',
      on: { ...always, ...amended, ...parts, ...instructions, ...appeals, ...outcomes(leader), ...suspensions, WITHDRAW_CLAIM: [to('#executing', leadUnit)] },
      states: {
        sectorReview: {
          id: 'sectorReview',
          on: {
            GIVE_OPINION: [
              to('inspection', 'sector:sector', { when: ['opinionAgrees'], never: ['plan:any', 'report:any', 'claim:any'] }),
              to('#executing', 'sector:sector', { when: ['opinionDisagrees'], never: ['plan:any', 'report:any', 'claim:any'] }),
            ],
          },
        },
        inspection: {
          id: 'inspection',
          on: {
            ASSIGN_VERIFICATION: [stay(host, { rules: ['verifiersFree', 'verifyByAhead', 'verifyByWithinYear'] })],
            SETTLE_OBJECTION: [stay(host, { rules: ['objectionOpen'] })],
            PASS: [to('#notice', inspector, { when: ['inPublic'], ...pass }), to('#approval', inspector, { when: ['notInPublic'], ...pass })],
            SEND_BACK: [to('#executing', inspector, { ...verdict, rules: ['amongVerifiers', 'methodNamed', 'twoPeople'] })],
          },
        },
      },
    },
    verified: {
      id: 'verified',
      initial: 'approval',
      on: {
        ...always, ...retitled, ...parts, ...instructions, ...appealDecisions, ...spotChecks,
        CLOSE: [to('#closed', host, { when: ['officeCloses'], ...closure }), to('#closed', leader, { when: ['leaderCloses'], ...closure })],
      },
      states: {
        notice: { id: 'notice', on: { OBJECT: [to('#inspection', host)], NOTICE_OVER: [to('approval', engine, { rules: ['noticeOver', 'noObjectionOpen'] })] } },
        approval: {
          id: 'approval',
          on: {
            SEND_BACK: [
              to('#executing', host, { when: ['officeCloses'], duty: 'close', never: notTheVerifierNow }),
              to('#executing', leader, { when: ['leaderCloses'], duty: 'close', never: notTheVerifierNow }),
            ],
          },
        },
      },
    },
    closed: {
      id: 'closed',
      on: {
        ...always, ...retitled, ...partsOfClosed, ...instructions, ...spotChecks,
        LOOK_BACK: [stay(inspector, { duty: 'verify', never: freshEyes, rules: ['twoPeople'] })],
        PROPOSE_REOPENING: [stay(inspector, { duty: 'proposeReopening', never: notTheRectifier, rules: ['noReopeningProposed'] })],
        REOPEN: [
          ...decidedBySeverity((by, when) => to('#planning', by, { when: [...when, 'planNeeded'], ...reopening })),
          ...decidedBySeverity((by, when) => to('#executing', by, { when: [...when, 'noPlanNeeded'], ...reopening })),
        ],
        REFUSE_REOPENING: decidedBySeverity((by, when) => stay(by, { when, never: ['proposeReopening:any', 'close:thisCycle'], rules: ['reopeningProposed'] })),
      },
    },
    continuing: {
      id: 'continuing',
      on: {
        ...always, ...amended, ...parts, ...instructions, ...appeals, ...outcomes(leader), ...reports, ...spotChecks,
        REVIEW: [
          stay([host, leader], { when: ['goesOn'], rules: ['reviewAhead', 'reviewWithinFiveYears'] }),
          to('#sectorReview', [host, leader], { when: ['done', 'sectorReviews'] }),
          to('#inspection', [host, leader], { when: ['done', 'noSectorReview'] }),
        ],
      },
    },
    suspended: {
      id: 'suspended',
      on: {
        ...always, ...amended, ...parts, ...instructions, ...appeals, ...outcomes(leader),
        RESUME: ['rectifying.planning', 'rectifying.planSigning', 'rectifying.planReview', 'rectifying.executing', 'rectifying.claimSigning', 'verifying.sectorReview', 'verifying.inspection']
          .map((path) => to(`#rectification.${path}`, [host, leader], { when: [`resumesTo:${path}`] })),
      },
    },
    unfounded: { id: 'unfounded', type: 'final' },
    merged: { id: 'merged', type: 'final' },
    transferred: { id: 'transferred', type: 'final' },
    withdrawn: { id: 'withdrawn', type: 'final' },
  },
});
