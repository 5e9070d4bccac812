import { InvalidError, RefusedError, ZhenggaiError } from '../errors.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';

/** What the console says of an error: the sentences of the house, or what the error says itself. Never a stack. */
export function failureText(error: unknown, t: Words): string {
  if (error instanceof InvalidError || error instanceof RefusedError) return error.refusals.map((refusal) => sentenceOf(refusal, t)).join('\n');
  if (error instanceof ZhenggaiError) return `${t(`error.${error.code}`, error.params)}\n${t(`error.${error.code}.next`, error.params)}`;
  return error instanceof Error ? error.message : String(error);
}

/** Was it asked wrongly, rather than refused? Then the exit code is 2. */
export function isMisuse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_PARSE_ARGS');
}
