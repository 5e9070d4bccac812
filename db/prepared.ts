import type { Reader } from './database.js';

/** Named queries, prepared the first time that a reader is asked for them: building and compiling one costs more than running it. */
export function prepared<T>(prepare: (reader: Reader) => T): (reader: Reader) => T {
  const known = new WeakMap<Reader, { readonly queries: T }>();
  return (reader) => {
    const made = known.get(reader) ?? { queries: prepare(reader) };
    known.set(reader, made);
    return made.queries;
  };
}
