import { assign, setup } from 'xstate';
import { standingInTheWay, applies, type Conditions, type MachineEvent, type Never, type Post } from '../../guard.js';
import type { Duty, FindingContext } from '../../types.js';
import { changes, marked } from './changes.js';
import { blank } from './blank.js';
import { rules } from './rules.js';
import type { EventType } from './events.js';

const host: Post = 'office:host';
/** The engine acts for a decision that stands in another finding's history: parts are listed and assigned by their parent's event. */
const engine: Post = 'system:*';
const leader: Post = 'leader:jurisdiction';
const inspector: Post = 'inspector:jurisdiction';
const unit: readonly Post[] = ['handler:lead', 'head:lead'];
const rectifiers: readonly Post[] = [...unit, 'handler:supporting', 'head:supporting'];

/** Whoever puts it right: not if they verified it, in any cycle, whatever post they hold now. */
const notTheVerifier: readonly Never[] = ['verify:any'];
/** Whoever verifies: not on a finding of their own or a seconded unit, nor one on which they wrote, signed or typed a report or a claim. */
const notTheRectifier: readonly Never[] = ['report:any', 'claim:any', 'belongs'];

const outcomes = {
  MERGE: [to('#merged', host, { when: ['notYetAssigned'], rules: ['noPartOpen', 'targetFits'] }), to('#merged', leader, { when: ['alreadyAssigned'], rules: ['noPartOpen', 'targetFits'] })],
  TRANSFER: [to('#transferred', host, { when: ['notYetAssigned'], rules: ['noPartOpen'] }), to('#transferred', leader, { when: ['alreadyAssigned'], rules: ['noPartOpen'] })],
  WITHDRAW: [to('#withdrawn', host, { when: ['notYetAssigned'], rules: ['noPartOpen'] }), to('#withdrawn', leader, { when: ['alreadyAssigned'], rules: ['noPartOpen'] })],
  UNFOUND: [to('#unfounded', host, { when: ['notYetAssigned'], rules: ['noPartOpen'] }), to('#unfounded', leader, { when: ['alreadyAssigned'], rules: ['noPartOpen'] })],
};
const always = { ATTACH: [stay([host, inspector, ...rectifiers, 'handler:checker', 'head:checker'])] };
const amended = { AMEND: [stay([host])] };
const instructions = { INSTRUCT: [stay([leader])], REPLY_INSTRUCTION: [stay([...rectifiers, 'office:host'], { rules: ['instructed'] })] };
const appeals = { APPEAL: [stay(unit, { rules: ['noAppealPending'] })], DECIDE_APPEAL: [stay([host], { rules: ['appealPending'] })] };
const parts = { PART_CHANGED: [stay([engine])] };
const spotChecks = { SPOT_CHECK: [stay([inspector], { duty: 'verify', never: notTheRectifier, rules: ['twoPeople'] })] };
const suspensions = {
  PROPOSE_SUSPENSION: [stay([host], { rules: ['noSuspensionProposed'] })],
  SUSPEND: [to('#suspended', leader, { rules: ['suspensionProposed'] })],
};
const extensions = {
  REQUEST_EXTENSION: [stay(unit, { duty: 'requestExtension', rules: ['hasDeadline', 'noExtensionPending', 'requestedLater', 'withinParent'] })],
  GRANT: [
    stay([host], { when: ['ordinary'], never: ['requestExtension:any'], rules: ['extensionPending', 'deadlineLater', 'withinParent'] }),
    stay([leader], { when: ['major'], never: ['requestExtension:any'], rules: ['extensionPending', 'deadlineLater', 'withinParent'] }),
  ],
  REFUSE: [
    stay([host], { when: ['ordinary'], never: ['requestExtension:any'], rules: ['extensionPending'] }),
    stay([leader], { when: ['major'], never: ['requestExtension:any'], rules: ['extensionPending'] }),
  ],
};
const reports = {
  REPORT: [stay(rectifiers, { duty: 'report', never: notTheVerifier, rules: ['textOrNothingNew', 'progressOfKnownMeasures'] })],
  DECOMPOSE: [stay([...unit, host], { rules: ['partsWithinDeadline'] })],
};

/** The life of a finding: states and transitions, and nothing else. */
export const machine = setup({
  types: { context: {} as FindingContext, events: {} as MachineEvent & { type: EventType } },
  guards: {
    allowed: ({ context, event }, conditions: Conditions) => applies(conditions, rules, context, event) && standingInTheWay(conditions, rules, context, event).length === 0,
  },
  actions: {
    change: assign(({ context, event }) => changes[event.type]?.(context, event) ?? {}),
    mark: assign(({ context, event }, { duty }: { duty: Duty }) => ({ marks: marked(context, event, duty) })),
  },
}).createMachine({
  id: 'rectification',
  context: blank,
  initial: 'new',
  states: {
    new: {
      on: {
        LIST: [to('#suspected', [host], { when: ['suspected'] }), to('#listed', [host, engine], { when: ['notSuspected'] })],
        ADOPT: ['listed', 'assigned', 'rectifying', 'closed'].map((stage) => to(stage === 'rectifying' ? '#executing' : `#${stage}`, [host], { when: [`adoptedAs:${stage}`] })),
      },
    },
    suspected: {
      id: 'suspected',
      initial: 'toCheck',
      on: {
        ...always, ...amended,
        WITHDRAW: [to('#withdrawn', host)],
        MERGE: [to('#merged', host, { rules: ['targetFits'] })],
      },
      states: {
        toCheck: { on: { HAND_OUT: [to('checking', [host], { rules: ['checkByAhead'] })] } },
        checking: { on: { REPORT_CHECK: [to('checked', ['handler:checker', 'head:checker', 'office:checker'], { duty: 'check' })], HAND_OUT: [stay([host], { rules: ['checkByAhead'] })] } },
        checked: {
          on: {
            SEND_BACK_CHECK: [to('checking', [host])],
            CONFIRM: [
              to('#listed', [host], { when: ['notStraightOn'], duty: 'judge', never: ['check:any'] }),
              to('#executing', [host], { when: ['straightOn'], duty: 'judge', never: ['check:any'], rules: ['aspectsForStraightOn', 'sameUnitAsChecked', 'termOfType', 'deadlineAhead'] }),
            ],
            DISMISS: [to('#unfounded', [host], { duty: 'judge', never: ['check:any'] })],
          },
        },
      },
    },
    listed: {
      id: 'listed',
      on: { ...always, ...amended, ...outcomes, ASSIGN: [to('#assigned', [host, engine], { rules: ['pastNeedsReason', 'termOfType', 'withinParent'] })] },
    },
    assigned: {
      id: 'assigned',
      on: {
        ...always, ...amended, ...outcomes, ...parts, ...instructions,
        ACCEPT: [
          to('#planning', unit, { when: ['planNeeded'] }), to('#executing', unit, { when: ['noPlanNeeded'] }),
          to('#planning', [engine], { when: ['planNeeded'], rules: ['windowOver'] }), to('#executing', [engine], { when: ['noPlanNeeded'], rules: ['windowOver'] }),
        ],
        RETURN: [to('#listed', unit, { rules: ['withinWindow'] })],
        REASSIGN: [stay([host], { rules: ['pastNeedsReason', 'withinParent'] })],
        RECALL: [to('#listed', [host])],
      },
    },
    rectifying: {
      id: 'rectifying',
      initial: 'planning',
      on: { ...always, ...amended, ...outcomes, ...parts, ...instructions, ...appeals, ...suspensions, ...extensions, ...reports, ...spotChecks },
      states: {
        planning: {
          id: 'planning',
          on: {
            SUBMIT_PLAN: [
              to('planSigning', unit, { when: ['headSigns'], duty: 'plan', rules: ['measuresWithinDeadline'] }),
              to('planReview', unit, { when: ['noHeadSigns'], duty: 'plan', rules: ['measuresWithinDeadline'] }),
            ],
          },
        },
        planSigning: { on: { SIGN_PLAN: [to('planReview', ['head:lead'], { duty: 'plan' })], RETURN_PLAN: [to('planning', ['head:lead'])] } },
        planReview: { on: { APPROVE_PLAN: [to('executing', [host], { never: ['plan:any'] })], REJECT_PLAN: [to('planning', [host], { never: ['plan:any'] })] } },
        executing: {
          id: 'executing',
          on: {
            CLAIM: [
              to('claimSigning', unit, { when: ['headSigns'], ...claim() }),
              to('#sectorReview', unit, { when: ['noHeadSigns', 'sectorReviews'], ...claim() }),
              to('#inspection', unit, { when: ['noHeadSigns', 'noSectorReview'], ...claim() }),
            ],
            PROPOSE_CONTINUING: [stay([host], { rules: ['noContinuingProposed', 'reviewAhead', 'reviewWithinFiveYears'] })],
            TURN_CONTINUING: [to('#continuing', leader, { rules: ['continuingProposed', 'noPartOpen', 'reviewAhead', 'reviewWithinFiveYears'] })],
          },
        },
        claimSigning: {
          on: {
            SIGN_CLAIM: [
              to('#sectorReview', ['head:lead'], { when: ['sectorReviews'], duty: 'claim', never: notTheVerifier, rules: ['everyPartClosed'] }),
              to('#inspection', ['head:lead'], { when: ['noSectorReview'], duty: 'claim', never: notTheVerifier, rules: ['everyPartClosed'] }),
            ],
            RETURN_CLAIM: [to('executing', ['head:lead'])],
            WITHDRAW_CLAIM: [to('executing', unit)],
          },
        },
      },
    },
    verifying: {
      id: 'verifying',
      initial: 'inspection',
      on: { ...always, ...amended, ...parts, ...instructions, ...suspensions, ...outcomes, WITHDRAW_CLAIM: [to('#executing', unit)] },
      states: {
        sectorReview: {
          id: 'sectorReview',
          on: {
            GIVE_OPINION: [
              to('inspection', ['sector:sector'], { when: ['opinionAgrees'], never: ['report:any', 'claim:any'] }),
              to('#executing', ['sector:sector'], { when: ['opinionDisagrees'], never: ['report:any', 'claim:any'] }),
            ],
          },
        },
        inspection: {
          id: 'inspection',
          on: {
            ASSIGN_VERIFICATION: [stay([host], { rules: ['verifiersFree'] })],
            SETTLE_OBJECTION: [stay([host], { rules: ['objectionOpen'] })],
            PASS: [
              to('#notice', [inspector], { when: ['inPublic'], ...verdict(), rules: ['amongVerifiers', 'everyPartClosed', 'noObjectionOpen', 'twoPeople'] }),
              to('#approval', [inspector], { when: ['notInPublic'], ...verdict(), rules: ['amongVerifiers', 'everyPartClosed', 'noObjectionOpen', 'twoPeople'] }),
            ],
            SEND_BACK: [to('#executing', [inspector], { ...verdict(), rules: ['amongVerifiers'] })],
          },
        },
      },
    },
    verified: {
      id: 'verified',
      initial: 'approval',
      on: { ...always, ...amended, ...instructions, ...parts },
      states: {
        notice: { id: 'notice', on: { OBJECT: [to('#inspection', [host])], NOTICE_OVER: [to('approval', [engine], { rules: ['noticeOver', 'noObjectionOpen'] })] } },
        approval: {
          id: 'approval',
          on: {
            CLOSE: [to('#closed', [host], { when: ['officeCloses'], ...closing() }), to('#closed', leader, { when: ['leaderCloses'], ...closing() })],
            SEND_BACK: [to('#executing', [host], { when: ['officeCloses'], duty: 'close', never: ['verify:thisCycle', 'belongs'] }), to('#executing', leader, { when: ['leaderCloses'], duty: 'close', never: ['verify:thisCycle', 'belongs'] })],
          },
        },
      },
    },
    closed: {
      id: 'closed',
      on: {
        ...always, ...parts, ...instructions,
        LOOK_BACK: [stay([inspector], { duty: 'verify', never: notTheRectifier, rules: ['twoPeople'] })],
        ...spotChecks,
        PROPOSE_REOPENING: [stay([inspector], { duty: 'proposeReopening', never: notTheRectifier, rules: ['noReopeningProposed'] })],
        REOPEN: [
          to('#executing', [host], { when: ['ordinary'], never: ['proposeReopening:any'], rules: ['reopeningProposed', 'deadlineAhead', 'withinParent'] }),
          to('#executing', leader, { when: ['major'], never: ['proposeReopening:any'], rules: ['reopeningProposed', 'deadlineAhead', 'withinParent'] }),
        ],
        REFUSE_REOPENING: [
          stay([host], { when: ['ordinary'], never: ['proposeReopening:any'], rules: ['reopeningProposed'] }),
          stay([leader], { when: ['major'], never: ['proposeReopening:any'], rules: ['reopeningProposed'] }),
        ],
      },
    },
    continuing: {
      id: 'continuing',
      on: {
        ...always, ...amended, ...instructions, ...parts, ...spotChecks,
        REPORT: reports.REPORT,
        REVIEW: [stay([host], { when: ['goesOn'], rules: ['reviewAhead', 'reviewWithinFiveYears'] }), to('#inspection', [host], { when: ['done'] })],
      },
    },
    suspended: {
      id: 'suspended',
      on: {
        ...always, ...instructions, ...parts,
        RESUME: [
          ...['planning', 'planSigning', 'planReview', 'executing', 'claimSigning'].map((state) => to(`#rectification.rectifying.${state}`, [host, leader], { when: [`resumesTo:rectifying.${state}`] })),
          ...['sectorReview', 'inspection'].map((state) => to(`#rectification.verifying.${state}`, [host, leader], { when: [`resumesTo:verifying.${state}`] })),
        ],
      },
    },
    unfounded: { id: 'unfounded', type: 'final' },
    merged: { id: 'merged', type: 'final' },
    transferred: { id: 'transferred', type: 'final' },
    withdrawn: { id: 'withdrawn', type: 'final' },
  },
});

function claim() {
  return { duty: 'claim', never: notTheVerifier, rules: ['everyMeasureDone', 'everyPartClosed', 'noExtensionPending', 'checklistAnswered', 'evidenceShown'] } as const;
}

function verdict() {
  return { duty: 'verify', never: notTheRectifier } as const;
}

function closing() {
  return { duty: 'close', never: ['verify:thisCycle', 'belongs'], rules: ['noObjectionOpen', 'everyPartClosed'] } as const;
}

function to(target: string, by: Post | readonly Post[], conditions: Partial<Conditions> = {}) {
  return { target, ...stay(typeof by === 'string' ? [by] : by, conditions) };
}

function stay(by: readonly Post[], { when = [], duty = null, never = [], rules: names = [] }: Partial<Conditions> = {}) {
  return {
    guard: { type: 'allowed', params: { when, by, duty, never, rules: names } },
    actions: duty ? [{ type: 'change' } as const, { type: 'mark', params: { duty } } as const] : [{ type: 'change' } as const],
  } as const;
}
