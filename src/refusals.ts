import type { Refusal } from '../workflows/types.js';
import type { Words } from './words.js';

/** A refusal as a sentence: what, where, what to do. Codes among its values become words first. */
export function sentenceOf(refusal: Refusal, t: Words): string {
  const { rule, params } = refusal;
  const worded: Record<string, string | number> = { ...params };
  if (typeof params['name'] === 'string' && rule.startsWith('field.')) worded['name'] = t(`field.${params['name']}`);
  if (typeof params['part'] === 'string') worded['part'] = t(`field.${params['part']}`);
  if (typeof params['event'] === 'string') worded['event'] = t(`event.${params['event']}`);
  if (typeof params['state'] === 'string') worded['state'] = t(`state.${params['state']}`);
  if (typeof params['by'] === 'string') worded['by'] = params['by'].split(' ').filter(Boolean).map((post) => postWords(post, t)).join(t('list.or'));
  return t(`rule.${rule}`, worded);
}

/** "office:host" → 主管办公室 */
function postWords(post: string, t: Words): string {
  return t(`post.${post.replace(':', '.')}`);
}
