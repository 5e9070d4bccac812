/**
 * The shapes that the workflow engine takes and returns. Everything here is plain data: it can be frozen, stored as
 * JSON and replayed years later. Instants are ISO 8601 in UTC ("2020-05-11T04:00:00.000Z"), dates are ISO dates
 * ("2020-05-11") already reckoned in the configured zone.
 */

/** Who may act (ARCHITECTURE.md, who can do what). `system` is the engine itself, acting when a timer is due. */
export type Role = 'office' | 'handler' | 'head' | 'sector' | 'inspector' | 'leader' | 'admin' | 'auditor' | 'system';

/**
 * How a unit stands to a finding. `host`: the office that decides on it. `checker`: the unit asked to check a clue.
 * `jurisdiction`: the finding lies in the part of the tree that the unit oversees (inspection teams, leaders, offices).
 */
export type Relation = 'host' | 'lead' | 'responsible' | 'supporting' | 'sector' | 'checker' | 'jurisdiction';

/** What somebody did on a finding that may exclude them from doing something else on it (separation of duties). */
export type Duty = 'check' | 'judge' | 'propose' | 'appeal' | 'plan' | 'report' | 'claim' | 'verify' | 'close' | 'requestExtension' | 'proposeReopening';

/** One post of a person, seen from one finding. A person with several posts is several actors; the caller tries each. */
export interface Actor {
  /** id of the person; 0 for the system. */
  readonly personId: number;
  readonly name: string;
  readonly role: Role;
  readonly unitId: number;
  readonly unitName: string;
  /** how the unit of this post stands to the finding: what `by` looks at. */
  readonly relations: readonly Relation[];
  /** how any unit that the person belongs or is seconded to, its parents and its children stand to the finding: what `never` looks at. */
  readonly belongs: readonly Relation[];
}

/** 代录: the decision is the principal's, the typing is the actor's; duties bind both. */
export interface OnBehalf {
  readonly principal: Actor;
  readonly basisNumber: string;
  readonly basisDate: string;
  /** id of the scanned paper in the evidence store. */
  readonly scan: string | null;
}

/** What somebody asks of the engine. `data` has passed the field definitions of its event. */
export interface WorkflowEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly onBehalf: OnBehalf | null;
  readonly occurredAt: string;
  /** the date of `occurredAt` in the configured zone. */
  readonly today: string;
  /** the day on which it is entered, when that is later: what others must have time for runs from then. */
  readonly typedOn?: string;
  /** dates reckoned from the calendar when the event first happened; a replay takes them from the record. */
  readonly dates: Readonly<Record<string, string>>;
}

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
  readonly severity: Severity;
  readonly rectificationType: RectificationType | null;
  readonly switches: Switches;
  /** taken over from the old ledger: not verified in this system, for good (存量). */
  readonly adopted: boolean;
  /** was once listed (counted); a suspected finding is not. */
  readonly listedOn: string | null;
  readonly assignedOn: string | null;
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

/** What an event needs of its form. The one source for forms, validation, bulk actions and the API. */
export interface FieldDefinition {
  readonly name: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
  /** which units may be chosen, for the kinds that name units. */
  readonly fit?: UnitFit;
  /** the phase of files that come with this field, where the form does not ask; files cited from before must be of it where it is 'after'. */
  readonly phase?: 'before' | 'during' | 'after';
  /** key of FindingContext that the form starts with. */
  readonly startsWith?: string;
}
export type FieldKind =
  | 'text' | 'longText' | 'date' | 'number' | 'choice' | 'yesNo'
  | 'unit' | 'units' | 'people' | 'names' | 'finding'
  | 'measures' | 'measureProgress' | 'parts' | 'pieces' | 'checklist' | 'evidence';

/**
 * How a unit that somebody chooses may be chosen. `unit`: it exists, is not disabled and is no inspection team. `rectifier`: it can put things right
 * under the host office, so no office. `checker`: it can check a clue for the host; another office may. `owner`: below the lead unit or a supporting one.
 * `belowLead`: below the lead unit.
 */
export type UnitFit = 'unit' | 'rectifier' | 'checker' | 'owner' | 'belowLead';
/** What the chosen units are, by id: what `given: ['units']` adds to an event. */
export type UnitFacts = Readonly<Record<string, readonly UnitFit[]>>;

/** What the shell adds to the data of an event because nobody may type it. */
export type Given =
  /** `number`: the next ledger number. */
  | 'number'
  /** `numbers`: the next ledger numbers, one for each of the pieces. */
  | 'numbers'
  /** `succession`: {old unit: new unit} of every unit concerned that has ended and has a successor. */
  | 'succession'
  /** `before`: the texts as they stood: what an amendment changes. */
  | 'before'
  /** `merged`, `sources`, `marks`: which finding was merged into this one, where it came from, and who is bound by what they did on it. */
  | 'absorbed'
  /** `verifiers`: the people named in verifierIds, as actors. */
  | 'verifiers'
  /** `companionActors`: the people of the house whose names stand among the companions, as actors. */
  | 'companions'
  /** `files`: {id: {sha256, name, phase}} of the evidence that came with the event. */
  | 'files'
  /** `targetFacts`: {open, hostOfficeId, mergedInto, listedOn} of the finding named in target. */
  | 'target'
  /** `unitFacts`: UnitFacts of every unit that the data names. */
  | 'units'
  /** what a finding is filed under when it is listed: its number, host office, switches, parent, suggested unit. */
  | 'filing'
  /** what became of a part. */
  | 'part'
  /** what became of the parent. */
  | 'parent';

/** An event as data: who sees it, what it asks for, how it is labelled (locale key `event.<type>`). */
export interface EventDefinition {
  readonly type: string;
  /** version of the payload, stored with each event. */
  readonly version: number;
  readonly fields: readonly FieldDefinition[];
  /** where it stands in the page: the main thing to do, beside it, or behind "more". */
  readonly weight: 'main' | 'beside' | 'more';
  /** may be done to many findings in one go. */
  readonly together: boolean;
  /** may be entered for somebody else (代录). */
  readonly onBehalf: boolean;
  /** the resource under /findings/:number that POST creates, e.g. "closure"; null for system events. */
  readonly resource: string | null;
  /** the form carries the last seq that touched the stage, the five aspects or the plan; `append` verbs never go stale. */
  readonly freshness: 'stage' | 'append';
  /** a new event of this type makes older open forms stale. */
  readonly moves: boolean;
  readonly given: readonly Given[];
}

/** A rule is data: what kind of thing it asks after, its test, and (by name) its sentence: locale key `rule.<name>`. */
export type RuleKind = 'who' | 'state' | 'input';

export interface Refusal {
  readonly rule: string;
  readonly kind: RuleKind;
  /**
   * what the sentence names: values to interpolate into locale key `rule.<rule>`. Some are codes that become words first:
   * `event`, `state`, `by` ("office:host handler:lead", each post.<role>.<relation>), in rules named field.… also `name` (field.<name>) and `part`
   * (field.<part>, a column of a row).
   */
  readonly params: Readonly<Record<string, string | number>>;
  /** the field it is about, for input rules. */
  readonly field: string | null;
}

/** What the shell must do besides storing the finding; all of it goes into the same changeset. */
export type Effect =
  | { readonly type: 'createPart'; readonly number: string; readonly unitId: number }
  | { readonly type: 'createPiece'; readonly number: string }
  | { readonly type: 'tellTarget'; readonly target: string; readonly merged: string; readonly marks: readonly Mark[] }
  | { readonly type: 'tellParent'; readonly parent: string; readonly part: string; readonly open: boolean; readonly deadline: string | null; readonly unitId: number | null; readonly marks: readonly Mark[] }
  | { readonly type: 'tellParts'; readonly parts: readonly string[]; readonly deadline: string | null };

export type StepResult =
  | {
      readonly kind: 'refused';
      /** who → 403, state → 409, input → 422; `unknown` when the event does not exist in this workflow → 404. */
      readonly because: RuleKind | 'unknown';
      readonly refusals: readonly Refusal[];
    }
  | {
      readonly kind: 'moved';
      readonly snapshot: Snapshot;
      /** dotted state paths; `from` is null for a new finding. */
      readonly from: string | null;
      readonly to: string;
      /** the event with its reckoned dates: what is to be recorded and replayed. */
      readonly event: WorkflowEvent;
      readonly effects: readonly Effect[];
    };

/** What somebody could do now: who and state rules are evaluated before any form is filled in. */
export interface Availability {
  readonly event: string;
  readonly allowed: boolean;
  readonly refusals: readonly Refusal[];
}

/** Who must act next. One row per role and unit, or per named person; `dueOn` is the date by which. */
export interface Waiting {
  readonly event: string;
  readonly role: Role;
  readonly unitId: number | null;
  readonly personId: number | null;
  readonly dueOn: string | null;
}

/** A timer that a snapshot wants: at the start of `dueOn` + 1 day (dates are inclusive) the engine sends `event` as system. */
export interface Timer {
  readonly name: string;
  readonly event: string;
  /** the last day that still belongs to the window. */
  readonly lastDay: string;
}

/** Working days of the years that are loaded. `days` maps a date to whether it is off, where it differs from the weekday. */
export interface Calendar {
  readonly years: readonly number[];
  readonly days: Readonly<Record<string, { readonly off: boolean; readonly name: string }>>;
}
