/** One thing that is not as it must be. `what` is a sentence's key: `verify.<what>`. */
export interface VerifyFault {
  readonly where: string;
  readonly what:
    | 'chain' | 'times' | 'hash' | 'gap' | 'replay' | 'snapshot' | 'row' | 'beside' | 'separation' | 'closedUnverified' | 'parts' | 'evidence'
    | 'fileMissing' | 'fileChanged' | 'number' | 'counts' | 'search' | 'streamChain' | 'meeting' | 'sample';
  readonly detail: string;
}

/** How a check of one finding tells what it found. */
export type Fault = (what: VerifyFault['what'], detail?: string) => void;

export interface VerifyReport {
  readonly findings: number;
  readonly events: number;
  readonly files: number;
  readonly faults: readonly VerifyFault[];
}
