import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';

/** What a finding waits for first, and of whom. */
export interface Stuck {
  readonly event: string;
  readonly unitId: number | null;
  readonly role: string;
}

/** With whom, for what, and how to reach them. */
export function stuckWords(stuck: Stuck | undefined, tree: UnitTree, t: Words): string {
  if (!stuck) return '';
  const holder = stuck.unitId === null ? undefined : tree.unit(stuck.unitId);
  return [holder?.shortName ?? t(`role.${stuck.role}`), t(`queue.${stuck.event}`), holder?.phone].filter(Boolean).join(' ');
}
