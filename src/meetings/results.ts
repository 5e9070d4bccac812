import type { meetingItems } from '../../db/schema/index.js';

export type MeetingResult = NonNullable<typeof meetingItems.$inferSelect['result']>;

/** What a meeting may say of a row, in the order in which it is asked. */
export const meetingResults: readonly MeetingResult[] = ['closed', 'basicallyClosed', 'sentBack', 'deferred'];

export function isResult(text: string): text is MeetingResult {
  return meetingResults.some((each) => each === text);
}
