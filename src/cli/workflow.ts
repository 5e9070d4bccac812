import { certificateText } from '../../workflows/certificate.js';
import { check } from '../../workflows/check.js';
import { allDefinitions } from '../../workflows/registry.js';
import { consoleWords, say } from './house.js';

/** Proves every version that rows may use; exit code 1 when one is not sound. */
export function workflowCommand(): Promise<number> {
  const t = consoleWords();
  const results = allDefinitions.map((definition) => check(definition));
  for (const result of results) say(certificateText(result, t));
  return Promise.resolve(results.every((result) => result.kind === 'sound') ? 0 : 1);
}
