/** Thrown by commit when an update or delete touched another number of rows than it expected: somebody was quicker. Load again and retry, or tell the person. */
export class StaleError extends Error {
  constructor(readonly statement: string) {
    super(`Somebody changed it first: ${statement}.`);
    this.name = 'StaleError';
  }
}

/** Thrown by commit when an insert met a unique key: the thing exists (for a command key: this submit was done before). */
export class ConflictError extends Error {
  constructor(readonly statement: string) {
    super(`It exists already: ${statement}.`);
    this.name = 'ConflictError';
  }
}

/** Thrown at start-up when the file cannot be used. The message says what it is and what to do; nothing was written. */
export class UnusableDatabaseError extends Error {
  constructor(readonly reason: 'empty' | 'foreign' | 'damaged' | 'readOnly' | 'folder' | 'newer' | 'changed', message: string) {
    super(message);
    this.name = 'UnusableDatabaseError';
  }
}
