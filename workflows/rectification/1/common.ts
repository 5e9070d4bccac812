import { engine, freshEyes, host, inspector, leader, leadUnit, notTheVerifier, rectifiers, stay, to, checkedBelow, checkUnit } from './transitions.js';
import type { Conditions, Post } from '../../guard.js';

/** Another finding is merged into this one, and a unit that ended followed by its successor, at any time before an end; evidence is added by everybody concerned. */
export const beforehand = { ATTACH: [stay([host, inspector, ...rectifiers, ...checkUnit, ...checkedBelow])], ABSORB: [stay(engine)], SUCCEED: [stay(host, { rules: ['unitsSucceeded'] })] };
/** The same once a unit has taken it on: what those who put it right show is a report, and binds like one. */
export const always = { ...beforehand, ATTACH: [stay(rectifiers, { duty: 'report', never: notTheVerifier }), stay([host, inspector])] };
/** Title, requirement and standard, and the category that it is filed under, are corrected by the host office, with what and why. */
export const amended = { AMEND: [stay(host, { never: ['belongs'] })], RECLASSIFY: [stay(host, { never: ['belongs'], rules: ['categoryKnown', 'categoryDiffers'] })] };
/** What was verified stands as it was verified: after that the title alone. */
export const retitled = { ...amended, AMEND: [stay(host, { never: ['belongs'], rules: ['standardStands'] })] };
/** "5/6": what its parts become, and a part's parent. */
export const parts = { PART_CHANGED: [stay(engine, { rules: ['partUnitFree'] })], PARENT_CHANGED: [stay(engine)] };
/** A part is opened again only under a parent that is open. */
export const partsOfClosed = { ...parts, PART_CHANGED: [stay(engine, { rules: ['partUnitFree', 'partStaysClosed'] })] };
/** 批示 by the leader to a unit concerned, and that unit's reply. */
export const instructions = {
  INSTRUCT: [stay(leader, { rules: ['unitInvolved'] })],
  REPLY_INSTRUCTION: [stay([...rectifiers, host, 'sector:sector'], { rules: ['instructed'] })],
};
/** An appeal is answered by the host office wherever the finding stands by then. */
export const appealDecisions = { DECIDE_APPEAL: [stay(host, { never: ['appeal:any', 'belongs'], rules: ['appealPending'] })] };
/** The lead unit appeals against what it was given. */
export const appeals = { APPEAL: [stay(leadUnit, { duty: 'appeal', rules: ['noAppealPending'] })], ...appealDecisions };
/** 抽查: a verification, with a verifier's duties. */
export const spotChecks = { SPOT_CHECK: [stay(inspector, { duty: 'verify', never: freshEyes, rules: ['twoPeople'] })] };
/** Whoever puts it right reports, and is bound by it. */
export const reports = { REPORT: [stay(rectifiers, { duty: 'report', never: notTheVerifier, rules: ['textOrNothingNew', 'progressOfKnownMeasures'] })] };
/** 转办分解: parts for units below. */
export const handingOn = { DECOMPOSE: [stay([...leadUnit, 'office:lead', host], { rules: ['partsDistinct', 'partsWithinDeadline', 'partsBelowLead', 'pastPartsNeedReason'] })] };

/** The clock stops by the leader's decision on the office's proposal. */
export const suspensions = {
  PROPOSE_SUSPENSION: [stay(host, { duty: 'propose', rules: ['noSuspensionProposed'] })],
  SUSPEND: [to('#suspended', leader, { never: ['propose:any'], rules: ['suspensionProposed'] })],
  REFUSE_SUSPENSION: [stay(leader, { never: ['propose:any'], rules: ['suspensionProposed'] })],
};

/** The unit asks; the office decides, for major findings the leader; nobody on their own request. */
export const extensions = {
  REQUEST_EXTENSION: [stay(leadUnit, { duty: 'requestExtension', rules: ['hasDeadline', 'noExtensionPending', 'requestedLater', 'requestWithinParent', 'requestWithinFiveYears'] })],
  GRANT: decidedBySeverity((by, when) => stay(by, { when, never: ['requestExtension:any'], rules: ['extensionPending', 'deadlineLater', 'withinParent', 'extendedWithinFiveYears'] })),
  REFUSE: decidedBySeverity((by, when) => stay(by, { when, never: ['requestExtension:any'], rules: ['extensionPending'] })),
};

/** The ends beside closure: by the office before the finding is handed to a unit, by the leader afterwards. */
export function outcomes(by: Post) {
  return {
    MERGE: [to('#merged', by, { rules: ['noPartOpen', 'targetFits'] })],
    TRANSFER: [to('#transferred', by, { rules: ['noPartOpen'] })],
    WITHDRAW: [to('#withdrawn', by, { rules: ['noPartOpen'] })],
    UNFOUND: [to('#unfounded', by, { rules: ['noPartOpen'] })],
  };
}

/** Ordinary findings are decided by the host office, major ones by the leader. */
export function decidedBySeverity<T>(decision: (by: Post, when: Conditions['when']) => T): readonly [T, T] {
  return [decision(host, ['ordinary']), decision(leader, ['major'])];
}
