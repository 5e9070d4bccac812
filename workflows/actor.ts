// Who acts, and how they stand to a finding.

/** Who may act (ARCHITECTURE.md, who can do what). `system` is the engine itself, acting when a timer is due. */
export type Role = 'office' | 'handler' | 'head' | 'sector' | 'inspector' | 'leader' | 'admin' | 'auditor' | 'system';

/**
 * How a unit stands to a finding. `host`: the office that decides on it. `checker`: the unit asked to check a clue; `handedOn`: the one below it that it handed the check on to.
 * `jurisdiction`: the finding lies in the part of the tree that the unit oversees (inspection teams, leaders, offices).
 */
export type Relation = 'host' | 'lead' | 'responsible' | 'supporting' | 'sector' | 'checker' | 'handedOn' | 'jurisdiction';

/** What somebody did on a finding that may exclude them from doing something else on it (separation of duties). */
export type Duty = 'check' | 'judge' | 'propose' | 'appeal' | 'plan' | 'report' | 'claim' | 'verify' | 'pass' | 'close' | 'requestExtension' | 'proposeReopening';

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
