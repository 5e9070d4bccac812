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

/** The event that was just done, or done before by the same form; null where nothing was. */
export function justDone(kept = ''): string | null {
  const { key, event } = flashFrom(kept);
  return (key === 'flash.done' || key === 'flash.repeated') && event !== '' ? event : null;
}
