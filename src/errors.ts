import type { Refusal, RuleKind } from '../workflows/types.js';

/** What every error of the house has: a stable code, an HTTP status, and what a sentence about it needs. */
export abstract class ZhenggaiError extends Error {
  abstract readonly code: string;
  abstract readonly status: number;
  /** Values for the locale sentence `error.<code>`. */
  readonly params: Readonly<Record<string, string | number>>;
  constructor(message: string, params: Readonly<Record<string, string | number>> = {}) {
    super(message);
    this.name = new.target.name;
    this.params = params;
  }
}

/** Thrown when a thing is not there or lies outside the person's scope; both look the same. Ask the office named in params. */
export class NotVisibleError extends ZhenggaiError {
  readonly code = 'notVisible';
  readonly status = 404;
}

/** Thrown when the person's role or post may not do this at all, outside a workflow. */
export class ForbiddenError extends ZhenggaiError {
  readonly code = 'forbidden';
  readonly status = 403;
}

/** Thrown when the workflow refuses: who → 403, state → 409, input → 422, unknown event → 404. The refusals become sentences. */
export class RefusedError extends ZhenggaiError {
  readonly code = 'refused';
  readonly status: number;
  constructor(readonly because: RuleKind | 'unknown', readonly refusals: readonly Refusal[]) {
    super(`refused: ${refusals.map((refusal) => refusal.rule).join(', ')}`);
    this.status = { who: 403, state: 409, input: 422, unknown: 404 }[because];
  }
}

/** Thrown when the thing changed since the page was opened. Reload, look at what changed, send again: what was typed is kept. */
export class ChangedError extends ZhenggaiError {
  readonly code = 'changed';
  readonly status = 409;
}

/** Thrown when a form is not filled in as it must be: one sentence per field. */
export class InvalidError extends ZhenggaiError {
  readonly code = 'invalid';
  readonly status = 422;
  constructor(readonly refusals: readonly Refusal[]) {
    super(`invalid: ${refusals.map((refusal) => refusal.field ?? refusal.rule).join(', ')}`);
  }
}

/** Thrown when some of what must be done together cannot be done: nothing was. By row, what stands in the way; change those rows and send again. */
export class RowsRefusedError extends ZhenggaiError {
  readonly code = 'rowsRefused';
  readonly status = 422;
  constructor(readonly rows: ReadonlyMap<string, readonly Refusal[]>) {
    super(`refused: ${[...rows.keys()].join(', ')}`, { numbers: [...rows.keys()].slice(0, 10).join('、') });
  }
}

/** Thrown when a file is larger than the limit. Make it smaller, or ask the administrator to raise UPLOAD_LIMIT_MB; nothing was kept. */
export class TooLargeError extends ZhenggaiError {
  readonly code = 'tooLarge';
  readonly status = 413;
}

/** Thrown when a file cannot be read as a list. The params name the sentence `import.<reason>`. */
export class UnreadableListError extends ZhenggaiError {
  readonly code = 'unreadableList';
  readonly status = 422;
}

/** Thrown when another version of the program kept a batch and this one cannot read it: nothing is done on half a form. Begin it again. */
export class UnreadableBatchError extends ZhenggaiError {
  readonly code = 'unreadableBatch';
  readonly status = 409;
}

/** Thrown when the server is asked under a host name that is not configured (ALLOWED_HOSTS). */
export class WrongHostError extends ZhenggaiError {
  readonly code = 'wrongHost';
  readonly status = 421;
}

/** Thrown when a write carries no valid token of its own session: the page is too old, or another site sent it. Open the page again. */
export class WrongTokenError extends ZhenggaiError {
  readonly code = 'wrongToken';
  readonly status = 403;
}
