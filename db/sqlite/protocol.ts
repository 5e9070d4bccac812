import type { Value } from '../changeset.js';

/** What the main thread posts: only what the writer has not seen yet as text, the rest as numbers and values (cloning is what costs). */
export interface Batch {
  readonly shapes: readonly (readonly [id: number, sql: string])[];
  readonly jobs: readonly Job[];
}
export interface Job {
  readonly id: number;
  readonly writes: readonly Write[];
}
/** A part of a changeset that is too large for one message; its last part is a Job. */
export interface Piece {
  readonly shapes: Batch['shapes'];
  readonly pieceOf: number;
  readonly writes: readonly Write[];
}
export type Write = readonly [shape: number, values: readonly Value[], expect: number, name: string];

/** `expect` of a statement that may touch any number of rows. */
export const anyNumber = -1;

export interface Task {
  readonly id: number;
  readonly task: 'checkpoint' | 'close' | 'backup' | 'synchronous';
  readonly file?: string;
}

export interface Answer {
  readonly id: number;
  readonly failure: null | { readonly kind: 'stale' | 'conflict' | 'defect'; readonly name: string; readonly message: string };
  readonly value?: number;
}
