import type { Words } from '../words.js';

/** What else may be decided where this is waited for: a queue asks a question and does not answer it. */
const others: Readonly<Record<string, string>> = Object.freeze({
  CONFIRM: 'DISMISS', ACCEPT: 'RETURN', SIGN_PLAN: 'RETURN_PLAN', APPROVE_PLAN: 'REJECT_PLAN', SIGN_CLAIM: 'RETURN_CLAIM', PASS: 'SEND_BACK', CLOSE: 'SEND_BACK',
  GRANT: 'REFUSE', SUSPEND: 'REFUSE_SUSPENSION', TURN_CONTINUING: 'REFUSE_CONTINUING', REOPEN: 'REFUSE_REOPENING',
});

/** The event that decides the other way; undefined where there is only one way. */
export function otherDecision(event: string): string | undefined {
  return others[event];
}

/** The events that may be waited for where this one was done: itself, and what it decides the other way. */
export function questionsOf(event: string): readonly string[] {
  return [event, ...Object.keys(others).filter((asked) => others[asked] === event)];
}

/** What is asked, in words: both ways in which it may be decided. */
export function questionWords(event: string, t: Words): string {
  const other = others[event];
  return other === undefined ? t(`event.${event}`) : t('finding.either', { one: t(`event.${event}`), other: t(`event.${other}`) });
}
