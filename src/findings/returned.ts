/** Events that give work back to whoever did it, saying what is missing. */
const returns: ReadonlySet<string> = new Set(['SEND_BACK_CHECK', 'RETURN', 'RETURN_PLAN', 'REJECT_PLAN', 'RETURN_CLAIM', 'SEND_BACK', 'OBJECT', 'REOPEN']);
/** Events that answer them. */
const answers: ReadonlySet<string> = new Set(['REPORT_CHECK', 'ASSIGN', 'SUBMIT_PLAN', 'SIGN_PLAN', 'CLAIM', 'SIGN_CLAIM', 'PASS']);

export function isReturn(event: string): boolean {
  return returns.has(event);
}

/** What was given back and is not answered yet; null when nothing is. Takes events with the newest first. */
export function lastReturn<T extends { readonly type: string }>(events: readonly T[]): T | null {
  const last = events.find(({ type }) => returns.has(type) || answers.has(type));
  return last && returns.has(last.type) ? last : null;
}
