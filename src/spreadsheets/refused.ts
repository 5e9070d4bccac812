import { UnreadableListError } from '../errors.js';
import type { Words } from '../words.js';

/** Why a file is not read as a list; each is a sentence `import.refused.<reason>` that says what to do. */
export type Reason = 'oldXls' | 'xlsb' | 'password' | 'broken' | 'wrongKind' | 'webPage' | 'json' | 'empty' | 'encoding' | 'noHeader' | 'noRows' | 'tooManyRows' | 'tooManyColumns' | 'tooBig' | 'tooSlow' | 'busy' | 'noSheet' | 'noPeopleHeader' | 'noPeople';

/** The refusal as an error: its params name the reason and what its sentence needs. */
export function refused(reason: Reason, params: Readonly<Record<string, string | number>> = {}): UnreadableListError {
  return new UnreadableListError(`unreadable list: ${reason}`, { reason, ...params });
}

/** The refusal in words: why this file is not read, and what to do. */
export function refusalOf(error: UnreadableListError, t: Words, name: string): { readonly what: string; readonly next: string } {
  const reason = String(error.params['reason'] ?? 'broken');
  return { what: `${name}: ${t(`import.refused.${reason}`, error.params)}`, next: t(`import.refused.${reason}.next`, error.params) };
}
