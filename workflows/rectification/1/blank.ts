import type { FindingContext, Switches } from '../../finding.js';

/** What a campaign that sets nothing gets. Acceptance: three working days (the usual window of an assignment notice). */
export const usualSwitches: Switches = Object.freeze({
  listIsPlan: false, headSigns: true, sectorReview: false, noticeDays: 0, closedBy: 'office', acceptanceDays: 3, evidenceRequired: true,
});

/** A finding before its first event. */
export const blank: FindingContext = Object.freeze({
  number: '', title: '', requirement: '', closureStandard: '', parent: null, parentDeadline: null, hostOfficeId: 0, leadUnitId: null, suggestedUnitId: null, suggestedResponsibleIds: [], suggestedSupportingIds: [],
  jointLeadUnitIds: [], responsibleUnitIds: [], supportingUnitIds: [], sectorUnitId: null, checkUnitId: null, checkBy: null,
  severity: 'ordinary', rectificationType: null, switches: usualSwitches, adopted: false, listedOn: null, assignedOn: null, acceptBy: null,
  originalDeadline: null, deadline: null, cycle: 1, marks: [], measures: [], parts: [], evidenceAfter: 0, planAgreed: false, checkResult: null, claimedOn: null,
  verifierIds: [], verifyBy: null, verifiedOn: null, sentBack: 0, stageGoalOn: null, noticeUntil: null, objections: [], closedOn: null, closures: [], outcome: null,
  extension: null, extensions: 0, reopening: null, suspension: null, continuing: null, appeal: null, instructions: [], resumeTo: null, suspendedOn: null,
  suspendedDays: 0, reviewOn: null, mergedInto: null,
});
