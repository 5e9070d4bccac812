/** What the last write has to say on the next page, as a session keeps it: the key of its sentence, a number, and the event that was done. */
export interface Flash {
  readonly key: string;
  readonly number: string;
  readonly event: string;
}

export function flashFrom(kept: string): Flash {
  const [key = '', number = '', event = ''] = kept.split(' ');
  return { key, number, event };
}
