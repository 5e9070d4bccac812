import type { Duty } from './actor.js';

// What is known of a finding: everything that rules ask after.

/** A persisted finding in its workflow: what the finding's own history decides. JSON-safe. */
export interface Snapshot {
  /** XState's state value: a string, or nested objects. */
  readonly value: StateValue;
  readonly context: FindingContext;
  /** ids of the states that a chart's history states remember; absent where a chart has none (resolveState alone forgets them). */
  readonly history?: Readonly<Record<string, readonly string[]>>;
}
export type StateValue = string | { readonly [state: string]: StateValue | undefined };

/** The five stages people see, the stage before them, and the outcomes and pauses beside them. */
export type Stage =
  | 'suspected' | 'listed' | 'assigned' | 'rectifying' | 'verifying' | 'verified' | 'closed'
  | 'continuing' | 'suspended' | 'unfounded' | 'merged' | 'transferred' | 'withdrawn';

export type Severity = 'ordinary' | 'major';
export type RectificationType = 'immediate' | 'staged' | 'continuing';

/** The switches a campaign sets for its findings; frozen into the finding when it is listed. */
export interface Switches {
  /** 清单即方案: the list is the plan, so no plan is written. */
  readonly listIsPlan: boolean;
  /** the unit's head signs plans and claims. */
  readonly headSigns: boolean;
  /** the sector department gives its opinion on a claim before inspection. */
  readonly sectorReview: boolean;
  /** days in public before closure; 0 for none. */
  readonly noticeDays: number;
  /** who closes ordinary findings; major ones are always the leader's. */
  readonly closedBy: 'office' | 'leader';
  /** working days within which an assignment may be returned; after them it counts as accepted. */
  readonly acceptanceDays: number;
  /** evidence of phase "after" is required with a claim. */
  readonly evidenceRequired: boolean;
}

export interface Measure {
  readonly id: number;
  readonly text: string;
  readonly ownerUnitId: number;
  readonly owner: string;
  readonly dueOn: string;
  readonly deliverable: string;
  readonly percent: number;
  readonly done: boolean;
}

export interface Part {
  readonly number: string;
  readonly unitId: number;
  readonly open: boolean;
  /** the stage in which it ended; absent while it is open. What was withdrawn, merged, transferred or unfounded is none of the parts that must be closed. */
  readonly ended?: Stage;
  /** its inner deadline as it stands: never after the parent's. */
  readonly deadline: string | null;
}

/** Somebody's doing of a duty, in a cycle. Both the person named and the typist have one. */
export interface Mark {
  readonly duty: Duty;
  readonly personId: number;
  readonly cycle: number;
}

/** A request waiting for its decision (extension, reopening, suspension, appeal…). */
export interface Pending {
  readonly by: number;
  readonly unitId: number;
  readonly on: string;
  readonly reason: string;
  readonly date: string | null;
}

export interface Instruction {
  readonly id: number;
  readonly by: number;
  readonly byName: string;
  readonly text: string;
  readonly unitId: number;
  readonly on: string;
  readonly replied: boolean;
}

export interface Objection {
  readonly id: number;
  readonly from: string;
  readonly text: string;
  readonly open: boolean;
}

/** 转办核实: a check in the hands of a unit below the one that answers for it. */
export interface HandedOn {
  readonly unitId: number;
  readonly checkBy: string | null;
  readonly result: FindingContext['checkResult'];
  readonly note: string | null;
}

/** Everything about a finding that rules ask after. Long texts stay in the events and in the text table. */
export interface FindingContext {
  readonly number: string;
  readonly title: string;
  readonly requirement: string;
  readonly closureStandard: string;
  readonly parent: string | null;
  /** the latest date a part may have: its parent's deadline when it was handed on. */
  readonly parentDeadline: string | null;
  readonly hostOfficeId: number;
  readonly leadUnitId: number | null;
  /** whom the list, a check or a return names for the next assignment; that unit has nothing to do with the finding yet. */
  readonly suggestedUnitId: number | null;
  /** responsible and supporting units that a list named, or that had it before: a proposal for the assignment, and nobody's yet. */
  readonly suggestedResponsibleIds: readonly number[];
  readonly suggestedSupportingIds: readonly number[];
  readonly jointLeadUnitIds: readonly number[];
  readonly responsibleUnitIds: readonly number[];
  readonly supportingUnitIds: readonly number[];
  readonly sectorUnitId: number | null;
  readonly checkUnitId: number | null;
  readonly checkBy: string | null;
  /** whom the list named for a clue, before it was handed out; absent while it never was. */
  readonly listedUnitId?: number | null;
  /** to whom the unit that was asked handed the check on, until when, and what came back; absent where it did not. */
  readonly handedOn?: HandedOn | null;
  readonly severity: Severity;
  readonly rectificationType: RectificationType | null;
  readonly switches: Switches;
  /** taken over from the old ledger: not verified in this system, for good (存量). */
  readonly adopted: boolean;
  /** was once listed (counted); a suspected finding is not. */
  readonly listedOn: string | null;
  readonly assignedOn: string | null;
  /** the day on which the present cycle began; absent in the first. The longest terms are reckoned from it. */
  readonly reopenedOn?: string;
  readonly acceptBy: string | null;
  readonly originalDeadline: string | null;
  readonly deadline: string | null;
  readonly cycle: number;
  readonly marks: readonly Mark[];
  readonly measures: readonly Measure[];
  readonly parts: readonly Part[];
  readonly evidenceAfter: number;
  /** the sector department agrees to the plan that is under review. */
  readonly planAgreed: boolean;
  readonly checkResult: 'founded' | 'partly' | 'unfounded' | null;
  readonly claimedOn: string | null;
  /** people told to verify the present claim. */
  readonly verifierIds: readonly number[];
  readonly verifyBy: string | null;
  readonly verifiedOn: string | null;
  readonly sentBack: number;
  /** the day an inspector last found the goal of the present stage reached (a sound spot check of this cycle). */
  readonly stageGoalOn: string | null;
  /** the day on which an inspector found that what was verified is not done (an unsound spot check before the closure); absent where none did, null once that was answered. */
  readonly unsoundOn?: string | null;
  readonly noticeUntil: string | null;
  readonly objections: readonly Objection[];
  readonly closedOn: string | null;
  readonly closures: readonly { readonly cycle: number; readonly on: string; readonly decision: string; readonly outcome: string }[];
  readonly outcome: string | null;
  readonly extension: Pending | null;
  readonly extensions: number;
  readonly reopening: Pending | null;
  readonly suspension: Pending | null;
  readonly continuing: Pending | null;
  readonly appeal: Pending | null;
  readonly instructions: readonly Instruction[];
  /** where RESUME goes back to, as a dotted path; history states do not survive persistence. */
  readonly resumeTo: string | null;
  readonly suspendedOn: string | null;
  readonly suspendedDays: number;
  readonly reviewOn: string | null;
  readonly mergedInto: string | null;
  /** numbers of what was merged into it; absent while there are none. */
  readonly absorbed?: readonly string[];
  /** the finding that it was split off, and what was split off it; absent where nothing was. */
  readonly splitFrom?: string;
  readonly splitInto?: readonly string[];
}
