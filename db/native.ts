import Sqlite from 'better-sqlite3';

/** Loads the native module once. Throws what it throws when it was built for another machine or not at all. */
export function nativeCheck(): void {
  new Sqlite(':memory:').close();
}
