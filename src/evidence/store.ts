import type { Readable } from 'node:stream';

/** A stored file: its SHA-256 (hex) is its name in the data folder. */
export interface StoredFile {
  readonly sha256: string;
  readonly size: number;
  /** by content, not by name; application/octet-stream when unknown. */
  readonly mediaType: string;
}

/** Where evidence lies: content-addressed files below DATA_DIR/evidence, written once. */
export interface EvidenceStore {
  /** Streams a file in, hashing it; throws TooLargeError past `limit` bytes and leaves nothing behind. */
  put(content: Readable, limit: number): Promise<StoredFile>;
  /** A stream of a stored file; rejects when it is not there. */
  open(sha256: string): Promise<Readable>;
  /** Recomputes the hash of a stored file; null when it is missing. */
  hashOf(sha256: string): Promise<{ sha256: string; size: number } | null>;
  /** Deletes files older than an instant (ISO) that `namedAmong` does not name; answers how many. */
  dropUnnamed(before: string, namedAmong: (hashes: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number>;
  readonly directory: string;
}
