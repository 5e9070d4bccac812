import type { FindingContext } from '../../finding.js';

/** Does the leader close it? A major finding always; another where its campaign says so. Else the office does. */
export function leaderCloses({ severity, switches }: Pick<FindingContext, 'severity' | 'switches'>): boolean {
  return severity === 'major' || switches.closedBy === 'leader';
}
